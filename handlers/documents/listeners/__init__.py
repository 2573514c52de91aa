"""The routes of documents for people."""
