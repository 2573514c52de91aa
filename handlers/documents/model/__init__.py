"""Pure rules and values of documents."""
