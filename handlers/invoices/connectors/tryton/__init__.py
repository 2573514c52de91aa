"""Tryton: its HTTP interface, and its invoices as we tell them."""
