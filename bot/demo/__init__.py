"""The demo: a fictional company, its books and its first morning."""
