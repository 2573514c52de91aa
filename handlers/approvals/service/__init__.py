"""What can be done with approvals, a file per verb."""
