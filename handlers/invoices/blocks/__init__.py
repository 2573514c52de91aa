"""How invoices look in Slack: cards, lists, forms, payments that wait. Values in, Block Kit out."""
