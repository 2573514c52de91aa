"""What is open, as reminders ask for it: whose it is, which invoices, and their instalments."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select

from storage.dialect import among, as_check
from storage.invoices.instalments import in_order, instalments
from storage.invoices.invoices import (
    UNGATED,
    Invoice,
    find,
    in_any_partition,
    invoices,
    is_owed,
    of_customers,
    owed_checked,
    workspace_checked,
)
from storage.reminders.reminders import rows
from storage.turn import Turn

MOST = 100_000


@dataclass(frozen=True)
class Part:
    """An instalment of an open invoice."""

    instalment: int
    invoice: int
    known_at: datetime


def open_ids(turn: Turn, customer: int) -> list[int]:
    """The open invoices of a customer."""
    query = select(invoices.c.id).where(of_customers(turn, [customer]), owed_checked)
    return list(turn.db.execute(query).scalars())


def open_customers(turn: Turn, direction: str) -> list[int]:
    """Everybody with something open; 0 stands for nobody who is known."""
    conditions = (
        invoices.c.workspace == turn.workspace,
        invoices.c.direction == direction,
        is_owed,
    )
    customer = func.coalesce(invoices.c.customer, 0)
    return list(
        turn.db.execute(select(customer).where(*conditions).distinct().order_by(customer)).scalars()
    )


def read(
    turn: Turn, direction: str, customers: Collection[int], until: date | None = None
) -> list[Invoice]:
    """What is open of these customers, and of nobody who is known where 0 is among them, of each
    the earliest due first. With a day, of those who are known, only what is due by then or without
    a day, what was promised, and what waits for somebody.
    """
    is_theirs = among(invoices.c.customer, customers)
    near = [_is_near(turn, customers, until)] if until else []
    existing = _open(turn, direction, is_theirs, *near)
    if 0 in customers:
        existing += _open(turn, direction, invoices.c.customer.is_(None))
    return existing


def _open(turn: Turn, direction: str, *which: ColumnElement[bool]) -> list[Invoice]:
    is_open = (as_check(invoices.c.direction) == direction, owed_checked)
    way = (in_any_partition(turn), *which)
    return find(turn, UNGATED, *way, *is_open, most=MOST, workspace=workspace_checked)


def _is_near(turn: Turn, customers: Collection[int], until: date) -> ColumnElement[bool]:
    waiting = select(rows.c.invoice).where(
        rows.c.workspace == turn.workspace,
        among(rows.c.customer, customers),
        rows.c.state == "held",
    )
    return or_(
        invoices.c.first_due_on <= until,
        invoices.c.first_due_on.is_(None),
        invoices.c.promised_until.is_not(None),
        invoices.c.id.in_(waiting),
    )


def parts_of(turn: Turn, ids: Collection[int]) -> list[Part]:
    """The instalments of invoices, in the order in which an invoice names them."""
    query = (
        select(instalments.c.id.label("instalment"), instalments.c.invoice, invoices.c.known_at)
        .join(invoices, invoices.c.id == instalments.c.invoice)
        .where(workspace_checked == turn.workspace, among(instalments.c.invoice, ids))
        .order_by(*in_order)
    )
    return [Part(**row._mapping) for row in turn.db.execute(query)]
