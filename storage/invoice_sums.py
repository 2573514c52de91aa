"""Sums of what is open, by direction, currency and how near it is; always through the gate."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import ColumnElement, case, exists, func, or_, select

from storage.customers import customers
from storage.invoices import Gate, Invoice, find, instalments, invoices, is_owed
from storage.turn import Turn

When = Literal["overdue", "due_soon", "held", "other"]
MOST = 500


@dataclass(frozen=True)
class Sum:
    """How many invoices, and how much of them is open, in minor units."""

    direction: str
    currency: str
    when: When
    count: int
    amount: int


def in_one_part(turn: Turn, gate: Gate, today: date, soon: date) -> list[Sum]:
    """Of invoices with one date: disputed or promised (held), overdue, due up to ``soon``, or later
    and undated.
    """
    due_on = invoices.c.first_due_on
    is_held = or_(invoices.c.disputed.is_not(None), invoices.c.promised_until >= today)
    when = case(
        (is_held, "held"), (due_on < today, "overdue"), (due_on <= soon, "due_soon"), else_="other"
    )
    by = (invoices.c.direction, invoices.c.currency, when.label("when"))
    found = (
        select(
            *by, func.count().label("invoices"), func.sum(invoices.c.outstanding).label("amount")
        )
        .outerjoin(customers, customers.c.id == invoices.c.customer)
        .where(invoices.c.workspace == turn.workspace, gate.condition(), is_owed, ~_has_parts())
        .group_by(*by)
        .order_by(*by)
    )
    return [
        Sum(row.direction, row.currency, row.when, int(row.invoices), int(row.amount))
        for row in turn.db.execute(found)
    ]


def in_parts(turn: Turn, gate: Gate) -> list[Invoice]:
    """Open invoices with several dates, whose nearness only their state tells."""
    return find(turn, gate, is_owed, _has_parts(), most=MOST)


def open_ones(turn: Turn, gate: Gate, direction: str, most: int, after: int = 0) -> list[Invoice]:
    """What is open in one direction, the earliest due first; the first ``after`` of them are passed
    over.
    """
    return find(turn, gate, is_owed, invoices.c.direction == direction, most=most, after=after)


def _has_parts() -> ColumnElement[bool]:
    later = (
        instalments.c.invoice == invoices.c.id,
        instalments.c.due_on.is_distinct_from(invoices.c.first_due_on),
    )
    return exists().where(*later)
