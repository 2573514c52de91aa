"""How reminders look: the message, the overview of policies, the forms, the reasons."""
