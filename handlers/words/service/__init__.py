"""What follows from words: who is named in them, what is answered."""
