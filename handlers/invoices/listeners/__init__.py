"""The routes of invoices for people, by kind: questions, claims, customers, payments that wait,
files, columns.
"""

from handlers.invoices import jobs
from handlers.invoices.listeners import (
    claims,
    columns,
    customers,
    file_drop,
    payment_board,
    questions,
    statement_files,
)
from handlers.invoices.routes import routes

__all__ = [
    "claims",
    "columns",
    "customers",
    "file_drop",
    "jobs",
    "payment_board",
    "questions",
    "routes",
    "statement_files",
]
