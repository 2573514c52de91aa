"""Invoices: reading their files, asking about them, matching payments."""
