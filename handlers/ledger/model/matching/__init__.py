"""Which open invoices a bank entry pays: read from its title, payer, account and amount. Pure."""
