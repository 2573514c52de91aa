"""Booking payments: once each, whoever tells of them, and taking one back."""

from dataclasses import dataclass
from datetime import date

from storage import invoices, payments
from storage.turn import Turn


@dataclass(frozen=True)
class Payment:
    """Money on an invoice: minor units of its currency, signed as the invoice is; ``reference`` is its source's own."""

    invoice: int
    amount: int
    booked_on: date
    source: str
    reference: str


def book(turn: Turn, payment: Payment) -> bool:
    """Book a payment; false when this reference of this source is booked on this invoice already."""
    if not payments.book(turn, payment.invoice, payment.amount, payment.booked_on, payment.source, payment.reference):
        return False
    invoices.refresh(turn, [payment.invoice])
    turn.record("invoice.paid", f"invoice:{payment.invoice}", amount=payment.amount, source=payment.source)
    return True
