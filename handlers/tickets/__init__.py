"""Tickets: what is asked of a department, from the first word to the rating."""
