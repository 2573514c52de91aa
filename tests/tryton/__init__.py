"""A real Tryton on loopback: installed from PyPI into a cache, seeded through its own ORM."""
