"""The ledger: statements, matching, state, interest."""
