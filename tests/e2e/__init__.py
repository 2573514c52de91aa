"""Real processes and a real browser: the product as a stranger meets it."""
