"""Tickets found, listed, exported and read."""
