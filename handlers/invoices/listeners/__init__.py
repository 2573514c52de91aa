"""The doors of invoices for people, by kind: questions, claims, customers, payments that wait, files."""

from handlers.invoices.doors import doors
from handlers.invoices.listeners import asking, claiming, customers, dropping, waiting

__all__ = ["asking", "claiming", "customers", "doors", "dropping", "waiting"]
