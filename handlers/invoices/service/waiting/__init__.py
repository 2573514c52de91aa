"""Payments that wait for a person: the board and its window."""
