"""Names of files that are opened to see whether invoices or a bank's statement are in them.

A name only says that it is worth looking; what a file is its content tells, in
``handlers/invoices/service/file_drop.py`` alone.
"""

from collections.abc import Mapping
from typing import Any

_OF_MONEY_ALONE = (".xml", ".sta", ".mt940", ".mt942", ".940", ".942", ".mt", ".swi")
_ENDINGS = (*_OF_MONEY_ALONE, ".csv", ".tsv", ".xlsx", ".txt", ".pdf", ".zip")


def may_hold_money(file: Mapping[str, Any]) -> bool:
    """By the name that a file came with, where it can be fetched."""
    return _name(file).endswith(_ENDINGS) and bool(file.get("url_private"))


def holds_nothing_else(file: Mapping[str, Any]) -> bool:
    """Invoices or a statement and nothing that somebody might send with a ticket."""
    return _name(file).endswith(_OF_MONEY_ALONE)


def _name(file: Mapping[str, Any]) -> str:
    return str(file.get("name") or "").lower()
