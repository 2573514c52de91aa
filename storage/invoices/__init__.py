"""What is remembered of invoices, payments, statements and customers."""
