"""What payments are matched with: invoices that are not settled, and those that were settled
lately.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from sqlalchemy import ColumnElement, Row, func, select

from storage.dialect import among
from storage.invoices.customers import customers
from storage.invoices.invoices import instalments, invoices, workspace_checked
from storage.turn import Turn

MOST_SETTLED = 100_000
Brief = Row[int, str, str, str | None, int | None, int]
_told = invoices.c
_BRIEFLY = (
    _told.id,
    _told.number,
    _told.folded,
    _told.ksef_number,
    _told.customer,
    _told.outstanding,
)
_TO_BE_PAID = (
    invoices.c.direction.in_(("receivable", "payable")),
    invoices.c.is_written_off.is_(False),
)


@dataclass(frozen=True)
class Item:
    """An invoice with what tells its payer. ``outstanding`` in minor units; aliases and accounts
    one a line.
    """

    id: int
    number: str
    direction: str
    customer: int | None
    currency: str
    outstanding: int
    first_due_on: date | None
    ksef_number: str | None
    name: str | None
    tax_id: str | None
    aliases: str | None
    accounts: str | None
    paid_from: str | None


def unsettled(turn: Turn) -> Sequence[Item]:
    """Every invoice, to us or from us, with something outstanding."""
    return _items(turn, invoices.c.outstanding != 0)


def settled_since(turn: Turn, day: date) -> Sequence[Item]:
    """Invoices issued since a day on which nothing is outstanding, the newest first, at most
    100,000.
    """
    settled = (invoices.c.outstanding == 0, invoices.c.issued_on >= day)
    return _items(turn, *settled, most=MOST_SETTLED, workspace=workspace_checked)


def some(turn: Turn, ids: Collection[int]) -> Sequence[Item]:
    """These invoices, settled or not."""
    return _items(turn, among(invoices.c.id, ids), workspace=workspace_checked)


def in_brief(turn: Turn) -> Sequence[Brief]:
    """Of every unsettled invoice, newest first: id, number and folded number, KSeF number,
    customer, outstanding.
    """
    query = select(*_BRIEFLY).where(
        invoices.c.workspace == turn.workspace, invoices.c.outstanding != 0, *_TO_BE_PAID
    )
    return sorted(turn.db.execute(query).all(), key=itemgetter(0), reverse=True)


def settled_in_brief(turn: Turn, day: date) -> Sequence[Brief]:
    """The same of those that :func:`settled_since` tells of."""
    conditions = (
        workspace_checked == turn.workspace,
        invoices.c.outstanding == 0,
        invoices.c.issued_on >= day,
    )
    newest = (
        select(*_BRIEFLY)
        .where(*conditions, *_TO_BE_PAID)
        .order_by(invoices.c.id.desc())
        .limit(MOST_SETTLED)
    )
    return turn.db.execute(newest).all()


def with_instalment_of(turn: Turn, amounts: Iterable[int], most: int) -> set[int]:
    """Ids of unsettled invoices that ask for one of these amounts, and for more."""
    conditions = (
        workspace_checked == turn.workspace,
        invoices.c.outstanding.not_in((0, instalments.c.amount)),
    )
    query = select(instalments.c.invoice).join(invoices, invoices.c.id == instalments.c.invoice)
    request = query.where(instalments.c.amount.in_(set(amounts)), *conditions).order_by(
        instalments.c.id.desc()
    )
    return set(turn.db.execute(request.limit(most)).scalars())


def in_instalments(turn: Turn, ids: Collection[int] | None = None) -> list[int]:
    """Ids of the unsettled invoices, all or some of them, that are paid in several parts."""
    these = [among(instalments.c.invoice, ids)] if ids is not None else []
    workspace = invoices.c.workspace if ids is None else workspace_checked
    several = (
        select(instalments.c.invoice)
        .join(invoices, invoices.c.id == instalments.c.invoice)
        .where(workspace == turn.workspace, invoices.c.outstanding != 0, *these)
        .group_by(instalments.c.invoice)
        .having(func.count() > 1)
    )
    return list(turn.db.execute(several).scalars())


def _items(
    turn: Turn,
    *conditions: ColumnElement[bool],
    most: int | None = None,
    workspace: ColumnElement[str] = invoices.c.workspace,
) -> Sequence[Item]:
    ours = [invoices.c[name] for name in Item.__dataclass_fields__ if name in invoices.c]
    theirs = [customers.c[name] for name in Item.__dataclass_fields__ if name not in invoices.c]
    query = (
        select(*ours, *theirs)
        .outerjoin(customers, customers.c.id == invoices.c.customer)
        .where(
            workspace == turn.workspace,
            *_TO_BE_PAID,
            *conditions,
        )
        .order_by(invoices.c.id.desc())
        .limit(most)
    )
    return [Item(**row._mapping) for row in turn.db.execute(query)]
