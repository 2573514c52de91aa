"""Invoices as rows of a table: CSV and workbooks, read by the kit's reader of tables."""
