"""The ledger: what is owed, what was paid, how the two meet."""
