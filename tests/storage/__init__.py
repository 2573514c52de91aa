"""What is remembered, on both databases."""
