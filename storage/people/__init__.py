"""What is remembered of people, channels and roles."""
