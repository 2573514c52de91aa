"""What Home shows to whom."""
