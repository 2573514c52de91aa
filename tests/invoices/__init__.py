"""Invoices: formats, checks, import, answers."""
