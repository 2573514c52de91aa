"""What a customer owes for paying late: interest and compensation on each instalment, worked out
from the ledger's amounts, corrections and payments.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.kit.money import Money
from handlers.ledger.model import interest as law
from handlers.ledger.model.debtor_kinds import debtor_of
from handlers.ledger.model.instalments import Instalment
from handlers.ledger.model.interest import Change, Compensation, Debtor, Line, Rate
from handlers.ledger.model.open_items import as_of, moving_days
from handlers.ledger.model.state import Part, parts_of
from handlers.ledger.rates import book
from storage.invoices import customers, invoices
from storage.invoices.invoices import UNGATED, Invoice
from storage.turn import Turn

_MOST = 100_000
_BEFORE_ALL = date.min + timedelta(days=1)


Since = Callable[[int], date | None]


def never(invoice: int) -> date | None:
    """Nobody has asked before."""
    return None


@dataclass(frozen=True)
class Claim:
    """What an instalment that was late until a day has earned, line by line.

    ``compensation`` is asked for once, with the first day of delay.
    """

    invoice: int
    number: str
    country: str
    due_on: date
    effective_due_on: date
    lines: tuple[Line, ...]
    compensation: Compensation | None
    instalment: Instalment | None = None

    @property
    def interest(self) -> Money:
        return sum((line.interest for line in self.lines[1:]), self.lines[0].interest)


def claims(
    turn: Turn, customer: int, until: date, since: Since = never, country: str = ""
) -> list[Claim]:
    """Every claim of a customer's, the earliest due first; ``since`` tells of an invoice the last
    day that was asked for before, ``country`` the one whose law alone is wanted. What is disputed
    is left out. Raises NoRate.
    """
    rates, debtor = book.interest_rates(turn), debtor_of(customers.get(turn, customer).debtor)
    existing = invoices.of_customer(turn, UNGATED, customer, most=_MOST)
    results: list[Claim] = []
    for invoice in existing:
        if _counts(invoice, until) and country in ("", country_of(turn, invoice)):
            days = (since(invoice.id) or _BEFORE_ALL, until)
            results += _of_invoice(turn, invoice, debtor, days, rates)
    return sorted(results, key=lambda claim: (claim.effective_due_on, claim.invoice))


def _counts(invoice: Invoice, until: date) -> bool:
    if invoice.direction != "receivable" or invoice.is_draft or invoice.disputed is not None:
        return False
    then = as_of(invoice, until)
    return not then.is_written_off


def country_of(turn: Turn, invoice: Invoice) -> str:
    """The country of our tax number on the invoice: its law holds."""
    seller: Mapping[str, Any] = invoice.document.get("seller") or {}
    tax_id = str(seller.get("tax_id") or "")
    written = tax_id[:2] if tax_id[:2].isalpha() else ""
    return written or str(seller.get("country") or "") or turn.catalogue.company.country


def _of_invoice(
    turn: Turn, invoice: Invoice, debtor: Debtor, days: tuple[date, date], rates: list[Rate]
) -> Iterator[Claim]:
    since, until = days
    country = country_of(turn, invoice)
    table = law.table_of(country, debtor, invoice.currency)
    for place, part in enumerate(_parts(invoice, until, country)):
        due_on, effective = part.due_on, part.effective_due_on
        if due_on is None or effective is None or effective >= until:
            continue
        start = max(effective, since)
        owed, changes = _course(invoice, place, start, until, country)
        lines = law.interest(owed, start, until, table, rates, changes)
        if not lines:
            continue
        is_new = effective >= since
        compensation = _compensation(turn, invoice, part, country, debtor) if is_new else None
        if compensation is None and not any(line.interest for line in lines):
            continue  # whoever asks for nothing now asks for these days later
        yield Claim(
            invoice.id,
            invoice.number,
            country,
            due_on,
            effective,
            tuple(lines),
            compensation,
            part.instalment,
        )


def _parts(invoice: Invoice, day: date, country: str) -> tuple[Part, ...]:
    return parts_of(as_of(invoice, day), country)


def _course(
    invoice: Invoice, place: int, start: date, until: date, country: str
) -> tuple[Money, list[Change]]:
    """What was left of an instalment at the end of a day, and how it changed until another."""

    def left(day: date) -> Money:
        parts = _parts(invoice, day, country)
        return Money(parts[place].outstanding if place < len(parts) else 0, invoice.currency)

    owed = before = left(start)
    changes: list[Change] = []
    for day in sorted(moving_days(invoice)):
        if not start < day <= until:
            continue
        changes.append(Change(day, left(day) - before))
        before = left(day)
    return owed, changes


def _compensation(
    turn: Turn, invoice: Invoice, part: Part, country: str, debtor: Debtor
) -> Compensation | None:
    """Hungary's is claimed in practice only where somebody decides so: the catalogue says it."""
    is_left = law.law_of(country) == "HU" and not turn.catalogue.company.hungarian_compensation
    if part.effective_due_on is None or is_left:
        return None
    amount = Money(part.amount, invoice.currency)
    exchange = book.exchange_rates(turn)
    return law.compensation(country, debtor, amount, part.effective_due_on, exchange)
