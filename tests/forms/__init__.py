"""What scripts and people's monitoring rely on: the command line as a process, its facts, sentences
and statuses.
"""
