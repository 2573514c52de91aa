"""Pure rules and values of tickets: states, fields, what people wrote."""
