"""Pure rules and values of invoice documents."""
