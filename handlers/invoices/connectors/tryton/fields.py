"""Which of Tryton's fields are read, and what each row must have: a field that may not be read is
left out silently.
"""

from collections.abc import Mapping
from typing import Any

from handlers.invoices.connectors.problems import MayNotRead

INVOICE = "account.invoice"
LINE = "account.move.line"
KEPT_REPORT = (
    "invoice_report_cache"  # printed when it was posted, as ODT or, where it is set up so, as PDF
)
_MONEY = ("debit", "credit", "amount_second_currency", "second_currency.code", "reconciliation")
_OWN = (
    "number",
    "type",
    "state",
    "reference",
    "invoice_date",
    "total_amount",
    "untaxed_amount",
    "tax_amount",
    "amount_to_pay",
    "reconciled",
)
_RELATED = (
    "currency.code",
    "company.currency.code",
    "company.party.name",
    "tax_identifier.code",
    "party.name",
    "party_tax_identifier.code",
    "invoice_address.country.code",
    "origin_invoices.number",
    "origin_invoices.state",
    "cancel_move.date",
    "cancel_move.origin",
)


def _within(relation: str, *names: str) -> list[str]:
    return [f"{relation}.{name}" for name in names]


FIELDS = (
    *_OWN,
    *_RELATED,
    *_within("lines_to_pay", "maturity_date", *_MONEY),
    *_within("payment_lines", "date", "move_origin", *_MONEY),
    *_within("reconciliation_lines", "date", "move_origin", *_MONEY),
)
WHERE_TO_WRITE = (
    "party.lang.code",
    *_within("party.contact_mechanisms", "type", "value", "invoice"),
)
"""Whoever has closed these to us is not asked to open them."""
_REQUIRED: Mapping[str, str] = {
    **dict.fromkeys(
        ("id", "number", "type", "state", "total_amount", "amount_to_pay", "invoice_date"), INVOICE
    ),
    "currency": "currency.currency",
    "party": "party.party",
    "company": "company.company",
    "lines_to_pay": LINE,
    "payment_lines": LINE,
    "reconciliation_lines": LINE,
}


def check(row: Mapping[str, Any]) -> None:
    """Refuse a row from which something is missing: without its lines a paid invoice would look
    unpaid.
    """
    for name, model in _REQUIRED.items():
        if name not in row:
            raise MayNotRead(source="Tryton", what=model)
    for name in ("lines_to_pay", "payment_lines", "reconciliation_lines"):
        for line in row[name]:
            if not isinstance(line, Mapping) or "debit" not in line or "credit" not in line:
                raise MayNotRead(source="Tryton", what=LINE)
