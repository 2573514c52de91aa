"""Booking payments: once each, whoever tells of them; taking one back; how far payments
are known.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.ledger.service import booking, outstanding_amounts, payment_watches
from handlers.ledger.service.bank.own_accounts import CONFIRMED, known_by_source
from storage.invoices import payments
from storage.invoices.payments import Booked
from storage.reminders import reminders
from storage.turn import Turn

HAND = "hand"  # the source of what a person enters
SAME_MONEY = timedelta(days=7)  # so far apart the books and the bank may date one transfer


@dataclass(frozen=True)
class Payment:
    """Money on an invoice: minor units of its currency, signed as the invoice is; ``reference`` is
    its source's own.
    """

    invoice: int
    amount: int
    booked_on: date
    source: str
    reference: str


def book(turn: Turn, payment: Payment) -> bool:
    """Book a payment; false when this reference of this source is booked on this
    invoice already.
    """
    return bool(book_all(turn, [payment]))


def book_more(turn: Turn, payment: Payment) -> None:
    """Book a payment; one that stands there under the same reference grows by so much."""
    if not book(turn, payment):
        payments.grow(turn, payment.invoice, payment.amount, payment.source, payment.reference)
        _told(turn, [payment])


def book_all(turn: Turn, told: Iterable[Payment]) -> list[Payment]:
    """Book payments; those that were not booked before."""
    new = [
        item
        for item in told
        if payments.book(
            turn, item.invoice, item.amount, item.booked_on, item.source, item.reference
        )
    ]
    _told(turn, new)
    return new


def _told(turn: Turn, new: Sequence[Payment]) -> None:
    paid = {item.invoice for item in new}
    outstanding_amounts.refresh(turn, paid)
    touched = booking.follow_payments(turn, paid) | paid
    for item in new:
        turn.record(
            "invoice.paid", f"invoice:{item.invoice}", amount=item.amount, source=item.source
        )
    payment_watches.tell_paid(turn, touched)


def take_back(turn: Turn, payment: int) -> Booked | None:
    """A booking no longer stands: the invoice is open by so much again. What it was; None if it is
    back already.
    """
    return next(iter(take_back_all(turn, [payment])), None)


def take_back_all(turn: Turn, ids: Collection[int]) -> list[Booked]:
    """The same of many bookings; those that stood until now."""
    taken = payments.take_back(turn, ids)
    touched = {booked.invoice for booked in taken}
    outstanding_amounts.refresh(turn, touched)
    reminders.look_again(turn, booking.follow_payments(turn, touched) | touched)
    for booked in taken:
        turn.record(
            "invoice.payment_taken_back",
            f"invoice:{booked.invoice}",
            amount=booked.amount,
            source=booked.source,
        )
    return taken


def confirm_known(turn: Turn) -> None:
    """Finance says that everything that was paid until now is booked."""
    for source in known_by_source(turn) or (CONFIRMED,):
        payments.note_known_until(turn, source, turn.now)
    turn.record("payments.confirmed", "payments:known")
