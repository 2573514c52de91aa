"""Bank accounts of ours, and the files of statements that were imported."""
