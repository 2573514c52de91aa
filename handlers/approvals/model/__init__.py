"""When a step is settled, and what an approval is about. Pure."""
