"""What finance decides about reminders: policies switched on and off, pauses."""
