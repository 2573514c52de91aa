"""Documents that are made for many at once."""
