"""What can be done with documents, a file per verb."""
