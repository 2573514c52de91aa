"""The routes of documents for people: what they ask for, and what lies in the archive."""

from handlers.documents import jobs
from handlers.documents.listeners import archive, balance_round, mail, rates, requests
from handlers.documents.routes import routes

__all__ = ["archive", "balance_round", "jobs", "mail", "rates", "requests", "routes"]
