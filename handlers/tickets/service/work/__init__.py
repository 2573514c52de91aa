"""What agents do with a ticket, and what time does with it."""
