"""Connectors: what every one of them keeps to, and what the ledger makes of what they tell."""
