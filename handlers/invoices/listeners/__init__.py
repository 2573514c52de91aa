"""The doors of invoices for people, by kind: questions, claims, customers, payments that wait,
files, columns.
"""

from handlers.invoices.doors import doors
from handlers.invoices.listeners import asking, claiming, columns, customers, dropping, waiting

__all__ = ["asking", "claiming", "columns", "customers", "doors", "dropping", "waiting"]
