"""Reminders, from the office's side and inside."""
