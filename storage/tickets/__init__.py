"""What is remembered of tickets: tables, and every query on them."""
