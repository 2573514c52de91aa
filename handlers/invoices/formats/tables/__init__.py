"""Invoices as rows of a table: CSV and workbooks, read by the kit's reader of tables."""

from handlers.invoices.formats.tables.table import read, recognises

ASKED_LAST = True  # nearly any text could be a table

__all__ = ["ASKED_LAST", "read", "recognises"]
