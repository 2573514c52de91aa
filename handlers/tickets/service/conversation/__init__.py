"""What people write about a ticket, and what they are told."""
