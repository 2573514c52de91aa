"""What moved a customer's account: each document, correction, payment and write-off with its day,
so that the balance before and these make the balance after.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from handlers.ledger.model.amounts import outstanding
from handlers.ledger.model.open_items import as_of, moving_days
from storage.invoices import invoices
from storage.invoices.invoices import UNGATED, Invoice
from storage.turn import Turn

Cause = Literal["document", "correction", "payment", "write_off", "settlement"]
_MOST = 100_000
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Movement:
    """By how much what they owe us became more or (negative) less on a day. Minor units."""

    on: date
    cause: Cause
    number: str
    currency: str
    amount: int


def movements(
    turn: Turn, customer: int, first_day: date, last_day: date
) -> tuple[dict[str, int], list[Movement]]:
    """The balance of each currency before the first day, and what moved it until the last one, both
    counted. Receivables alone.
    """
    before: dict[str, int] = {}
    moved: list[Movement] = []
    for invoice in invoices.of_customer(turn, UNGATED, customer, most=_MOST):
        if invoice.direction != "receivable" or invoice.is_draft:
            continue
        opening = _left(invoice, first_day - _DAY)
        before[invoice.currency] = before.get(invoice.currency, 0) + opening
        moved += _of_invoice(invoice, first_day, last_day)
    return before, sorted(moved, key=lambda each: (each.on, each.number))


def _left(invoice: Invoice, day: date) -> int:
    then = as_of(invoice, day)
    return 0 if then.is_written_off else outstanding(then)


def _of_invoice(invoice: Invoice, first_day: date, last_day: date) -> Iterator[Movement]:
    days = moving_days(invoice)
    days.update(filter(None, (invoice.issued_on, invoice.written_off_on)))
    for day in sorted(day for day in days if first_day <= day <= last_day):
        rest = _left(invoice, day) - _left(invoice, day - _DAY)
        if not rest:
            continue
        for movement in _told(invoice, day):
            rest -= movement.amount
            yield movement
        if rest:
            yield Movement(day, _cause(invoice, day), invoice.number, invoice.currency, rest)


def _told(invoice: Invoice, day: date) -> Iterator[Movement]:
    """What payments and corrections of that day did."""
    for on, amount in invoice.payments:
        if on == day and amount:
            yield Movement(day, "payment", invoice.number, invoice.currency, -amount)
    for change in invoice.changes:
        if change.issued_on == day and change.amount:
            yield Movement(day, "correction", change.number, invoice.currency, change.amount)


def _cause(invoice: Invoice, day: date) -> Cause:
    """What a change of that day is that neither a payment nor a correction explains."""
    if day == invoice.issued_on:
        return "document"
    return "write_off" if day == invoice.written_off_on else "settlement"
