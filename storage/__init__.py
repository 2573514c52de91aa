"""What Zaplecze remembers: tables and every query on them."""
