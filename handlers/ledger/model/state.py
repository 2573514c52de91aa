"""The state of an invoice: one pure function of what is known of it and the day."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from handlers.ledger.model import amounts
from handlers.ledger.model.due_days import effective_due
from handlers.ledger.model.instalments import Instalment, instalments_of
from storage.invoices.invoices import REPLACEMENT, Invoice

Status = Literal[
    "cancelled",
    "written_off",
    "draft",
    "paid",
    "overpaid",
    "disputed",
    "promised",
    "overdue",
    "due_today",
    "due_soon",
    "partly_paid",
    "open",
]


@dataclass(frozen=True)
class Part:
    """An instalment: what was asked for on a day, and what is left of it. Minor units.

    On a free day it may still be paid until the next working day, which is the day that counts.
    """

    due_on: date | None
    amount: int
    outstanding: int
    effective_due_on: date | None = None
    instalment: Instalment | None = None
    """Which of several it is."""


@dataclass(frozen=True)
class State:
    """``asked`` is what is to be paid after corrections; ``overdue_days`` count from the day that
    counts of the oldest unpaid instalment, and ``overdue`` is what is left of all that are late.
    """

    status: Status
    corrected: bool
    asked: int
    paid: int
    outstanding: int
    overdue: int
    overdue_days: int
    due_on: date | None
    effective_due_on: date | None
    parts: tuple[Part, ...]


def state_of(invoice: Invoice, today: date, due_soon_days: int, country: str) -> State:
    """What holds for an invoice on a day. The first status that applies, in the order of
    ``Status``.

    Corrections lower or raise what is asked, from the last instalment backwards; payments fill the
    instalments from the first onwards, and what was paid on an invoice that this one replaces does
    so too; money that was given back, and not only taken off what was paid, is left of the last
    one. A document that says itself that it is paid is taken at its word. Where money is to be
    given back, nothing is due.
    """
    asked_amount, outstanding = amounts.asked(invoice), amounts.outstanding(invoice)
    paid = asked_amount - outstanding
    parts = parts_of(invoice, country)
    following = _next_due(parts) if outstanding > 0 else None
    next_due = following.effective_due_on if following else None
    due = following or _last_due(parts)
    return State(
        status=_status(invoice, asked_amount, paid, next_due, today, due_soon_days),
        corrected=bool(invoice.corrected_by),
        asked=asked_amount,
        paid=paid,
        outstanding=outstanding,
        overdue=_late(parts, outstanding, today),
        overdue_days=max(0, (today - next_due).days) if next_due else 0,
        due_on=due.due_on if due else None,
        effective_due_on=due.effective_due_on if due else None,
        parts=parts,
    )


def parts_of(invoice: Invoice, country: str) -> tuple[Part, ...]:
    """The instalments with what is left of each, the earliest first."""
    return _parts_as_paid(invoice, country)


def first_unpaid_day(invoice: Invoice) -> date | None:
    """The due day of the first instalment with something left; of the first one where nothing is.

    None where the only one left has no day.
    """
    parts = _parts_as_paid(invoice, "")
    return next((part for part in parts if part.outstanding > 0), parts[0]).due_on


def _next_due(parts: tuple[Part, ...]) -> Part | None:
    for part in parts:
        if part.outstanding > 0 and part.due_on:
            return part
    return None


def _last_due(parts: tuple[Part, ...]) -> Part | None:
    for part in reversed(parts):
        if part.due_on:
            return part
    return None


def _late(parts: tuple[Part, ...], outstanding: int, today: date) -> int:
    """What is left of the instalments that are late, never more than of the whole."""
    late = 0
    for part in parts:
        is_late = part.effective_due_on is not None and part.effective_due_on < today
        if is_late and part.outstanding > 0:
            late += part.outstanding
    return max(0, min(late, outstanding))


def _status(
    invoice: Invoice, asked_amount: int, paid: int, due_on: date | None, today: date, soon: int
) -> Status:
    if invoice.is_cancelled and asked_amount <= 0 and paid == 0:
        return "cancelled"
    if invoice.is_written_off:
        return "written_off"
    if invoice.is_draft:
        return "draft"
    if asked_amount == paid:
        return "paid"
    if paid > asked_amount and (paid > 0 or not amounts.is_credit(invoice)):
        return "overpaid"
    return _open_status(invoice, paid, due_on, today, soon)


def _open_status(
    invoice: Invoice, paid: int, due_on: date | None, today: date, soon: int
) -> Status:
    if invoice.disputed:
        return "disputed"
    if invoice.promised_until and invoice.promised_until >= today:
        return "promised"
    days = (due_on - today).days if due_on else None
    if days is not None and days < 0:
        return "overdue"
    if days == 0:
        return "due_today"
    if days is not None and days <= soon:
        return "due_soon"
    return "partly_paid" if paid > 0 else "open"


def _parts_as_paid(invoice: Invoice, country: str) -> tuple[Part, ...]:
    asked_amount, outstanding = amounts.asked(invoice), amounts.outstanding(invoice)
    elsewhere = max(invoice.spent, 0) if invoice.kind == REPLACEMENT else 0
    paid = asked_amount - outstanding + elsewhere
    return _parts(invoice, asked_amount + elsewhere, paid, country)


def _parts(invoice: Invoice, asked_amount: int, paid: int, country: str) -> tuple[Part, ...]:
    planned = list(invoice.instalments) or [(None, invoice.to_pay)]
    asked_of = [amount for _, amount in planned]
    change = asked_amount - sum(asked_of)
    asked_of[-1] += max(change, 0)
    _lower(asked_of, -min(change, 0))
    left, parts = max(paid, 0), []
    for (due_on, _), amount, which in zip(planned, asked_of, instalments_of(planned), strict=True):
        covered = min(left, amount) if amount > 0 else 0
        left -= covered
        effective = effective_due(due_on, country) if due_on else None
        parts.append(Part(due_on, amount, amount - covered, effective, which))
    if paid < 0:
        parts[-1] = replace(parts[-1], outstanding=parts[-1].outstanding - paid)
    return tuple(parts)


def _lower(asked_of: list[int], by: int) -> None:
    """Take from the last instalments first; what no instalment can carry makes the last one
    negative.
    """
    for i in reversed(range(len(asked_of))):
        taken = min(by, max(asked_of[i], 0))
        asked_of[i] -= taken
        by -= taken
    asked_of[-1] -= by
