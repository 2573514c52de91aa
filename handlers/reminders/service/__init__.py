"""What can be done with reminders."""
