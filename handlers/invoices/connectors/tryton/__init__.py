"""Tryton: its settings, its HTTP interface, and its invoices as we tell them."""

from handlers.invoices.connectors.tryton.connector import connect
from handlers.invoices.connectors.tryton.settings import Settings

__all__ = ["Settings", "connect"]
