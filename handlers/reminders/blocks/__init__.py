"""How reminders look: the letter, the overview of policies, the forms, the reasons."""
