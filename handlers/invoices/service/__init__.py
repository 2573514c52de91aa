"""What can be done with invoices, a file per verb."""
