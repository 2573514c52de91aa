"""What words mean: numbers, days, amounts and names in them, and what is wanted."""
