"""Formats of invoice documents: bytes in, values out. No database, no Slack."""
