"""Connectors: accounting systems that invoices and payments are read from, each in a room of its
own.
"""
