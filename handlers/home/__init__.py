"""Home: what waits for a person, what is theirs, what they can do; and the answer to "help"."""
