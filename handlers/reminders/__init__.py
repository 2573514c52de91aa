"""Payment-due reminders: when they go, when they are silent, and why."""
