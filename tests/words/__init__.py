"""Plain words, as people write them."""
