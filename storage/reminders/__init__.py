"""What is remembered of reminders: rows, messages, switches."""
