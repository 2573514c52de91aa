"""Changes of the tables' shape, one file each."""
