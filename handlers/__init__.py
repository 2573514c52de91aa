"""What Zaplecze does: one folder per feature."""
