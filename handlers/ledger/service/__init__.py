"""What can be done with the ledger, a file per verb."""
