"""Pure rules and values of reminders: the decision, its rules and facts, stages, slots."""
