"""Home and help, as people meet them."""
