"""What is open, as reminders ask for it: whose it is, which invoices, and their instalments."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select

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


class Part(NamedTuple):
    """An instalment of an open invoice."""

    instalment: int
    invoice: int
    customer: int
    """0 stands for nobody who is known."""
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


def read(turn: Turn, direction: str, customers: Collection[int]) -> list[Invoice]:
    """What is open of these customers, and of nobody who is known where 0 is among them, of each
    the earliest due first.
    """
    existing = _find(turn, *_open(turn, direction), among(invoices.c.customer, customers))
    if 0 in customers:
        existing += _find(turn, *_open(turn, direction), invoices.c.customer.is_(None))
    return existing


def near(turn: Turn, direction: str, customers: Collection[int], until: date) -> list[Part]:
    """The instalments of these customers' open invoices that are due by a day or have none, were
    promised, or wait for somebody; of nobody who is known, where 0 is among them, of all.
    """
    open_ = _open(turn, direction)
    ways = [and_(among(invoices.c.customer, customers), _is_near(turn, customers, until))]
    if 0 in customers:
        ways.append(invoices.c.customer.is_(None))
    result: list[Part] = []
    for way in ways:
        result += _parts(turn, *open_, way)
    return result


def read_some(turn: Turn, ids: Collection[int]) -> list[Invoice]:
    """What is still open of these invoices, the earliest due first."""
    return _find(turn, among(invoices.c.id, ids), owed_checked) if ids else []


def _find(turn: Turn, *conditions: ColumnElement[bool]) -> list[Invoice]:
    return find(turn, UNGATED, *conditions, most=MOST, workspace=workspace_checked)


def _open(turn: Turn, direction: str) -> tuple[ColumnElement[bool], ...]:
    return (in_any_partition(turn), as_check(invoices.c.direction) == direction, owed_checked)


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
    return _parts(turn, among(instalments.c.invoice, ids))


def _parts(turn: Turn, *which: ColumnElement[bool]) -> list[Part]:
    query = (
        select(
            instalments.c.id.label("instalment"),
            instalments.c.invoice,
            func.coalesce(invoices.c.customer, 0).label("customer"),
            invoices.c.known_at,
        )
        .join(invoices, invoices.c.id == instalments.c.invoice)
        .where(workspace_checked == turn.workspace, *which)
        .order_by(*in_order)
    )
    return [Part(*row) for row in turn.db.execute(query).all()]
