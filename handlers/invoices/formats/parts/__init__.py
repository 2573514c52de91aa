"""What the readers of XML invoices are put together from."""
