"""The company's catalogue and books."""

from tests.books import books, desk, rules

__all__ = ["books", "desk", "rules"]
