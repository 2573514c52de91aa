"""Rates of late interest and of the euro: those that are shipped, and those that people entered."""
