"""What is open, for parties, a direction and a day: the one question to the database.

What is kept outstanding on an invoice answers for it, unless something moved it after the day or it
is paid in instalments; those few are read whole. The cost grows with what is open and with what
moved since, and not with all invoices.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    case,
    exists,
    func,
    or_,
    select,
    true,
    union,
)
from sqlalchemy.sql.selectable import ScalarSelect

from storage.dialect import among
from storage.invoices.invoices import (
    REPLACEMENT,
    UNGATED,
    Invoice,
    by_ids,
    corrections,
    in_any_partition,
    invoices,
    workspace_checked,
)
from storage.invoices.payments import payments
from storage.invoices.write_offs import write_offs
from storage.turn import Turn

_AT_ONCE = 1_000  # invoices that are read whole


@dataclass(frozen=True)
class Question:
    """``customers`` whose items are asked for; None for everybody's."""

    direction: str
    day: date
    customers: Collection[int] | None


@dataclass(frozen=True)
class Bounds:
    """Due days before ``late`` are over; those before ``today`` are due now, before ``soon``
    soon.
    """

    late: date
    today: date
    soon: date


@dataclass(frozen=True)
class Sum:
    """So many invoices, and how much is open on them, signed, in minor units.

    ``near``: ``overdue, due_today, due_soon, later``, or ``credit``.
    """

    customer: int | None
    currency: str
    near: str
    is_held: bool
    count: int
    amount: int


class Item(NamedTuple):
    """An invoice that is to be paid in one part. ``changed``: by what corrects it, signed."""

    id: int
    customer: int | None
    number: str
    kind: str
    issued_on: date | None
    due_on: date | None
    currency: str
    to_pay: int
    changed: int
    outstanding: int
    is_held: bool


def sums(turn: Turn, question: Question, bounds: Bounds, *, by_customer: bool) -> list[Sum]:
    """Sums of what the kept figures answer for; :func:`read_whole` gives the rest."""
    near = case(
        (invoices.c.outstanding < 0, "credit"),
        (invoices.c.first_due_on < bounds.late, "overdue"),
        (invoices.c.first_due_on < bounds.today, "due_today"),
        (invoices.c.first_due_on < bounds.soon, "due_soon"),
        else_="later",
    )
    keys = (
        invoices.c.currency,
        near.label("near"),
        _is_held(question).label("is_held"),
    )
    whose = [invoices.c.customer] if by_customer else []
    wanted = select(*keys, func.count(), func.sum(invoices.c.outstanding), *whose)
    wanted = wanted.where(*_plain(turn, question)).group_by(*keys, *whose)
    return [_sum(*row) for row in turn.db.execute(wanted)]


def _sum(
    currency: str, near: str, is_held: bool, count: int, amount: int, customer: int | None = None
) -> Sum:
    return Sum(customer, currency, near, bool(is_held), int(count), int(amount))


def items(turn: Turn, question: Question) -> list[Item]:
    """The invoices that the kept figures answer for; :func:`read_whole` gives the rest."""
    facts = invoices.c
    wanted = select(
        facts.id,
        facts.customer,
        facts.number,
        facts.kind,
        facts.issued_on,
        facts.first_due_on,
        facts.currency,
        facts.to_pay,
        _changed(turn),
        facts.outstanding,
        _is_held(question),
    )
    return [Item(*row) for row in turn.db.execute(wanted.where(*_plain(turn, question)))]


def read_whole(turn: Turn, question: Question) -> Iterator[Invoice]:
    """The invoices of which only all their facts say what is open on the day."""
    ids = iter(turn.db.execute(_other_ids(turn, question)).scalars().all())
    while some := list(islice(ids, _AT_ONCE)):
        yield from by_ids(turn, UNGATED, some, most=len(some))


def page(turn: Turn, question: Question, most: int, after: int) -> list[int]:
    """Ids of what is to be paid on the day, the earliest due first, from the ``after``-th on."""
    order = (invoices.c.first_due_on.is_(None), invoices.c.first_due_on, invoices.c.id)
    is_owed = or_(invoices.c.issued_on.is_(None), invoices.c.issued_on <= question.day)
    wanted = select(invoices.c.id).where(
        *_scope(turn, question), *_OPEN, invoices.c.outstanding > 0, is_owed
    )
    return list(turn.db.execute(wanted.order_by(*order).limit(most).offset(after)).scalars())


_OPEN = (
    invoices.c.outstanding != 0,  # the words of the partial indexes
    invoices.c.is_written_off.is_(False),
)
_issued = invoices.alias("issued")


def _scope(turn: Turn, question: Question) -> list[ColumnElement[bool]]:
    """The direction is named: it is a way into the index of what is open."""
    if question.customers is None:
        return [
            invoices.c.workspace == turn.workspace,
            invoices.c.direction == question.direction,
        ]
    return [
        in_any_partition(turn),
        among(invoices.c.customer, set(question.customers)),
        workspace_checked == turn.workspace,
        func.coalesce(invoices.c.direction, "") == question.direction,
    ]


def _plain(turn: Turn, question: Question) -> list[ColumnElement[bool]]:
    conditions = [*_scope(turn, question), *_OPEN, invoices.c.is_split.is_(False)]
    if not _has_anything_moved(turn, question.day):
        return conditions
    if question.customers is None:
        return [*conditions, invoices.c.id.not_in(_moved_ids(turn, question.day))]
    return [*conditions, ~_is_moved(question.day)]


def _other_ids(turn: Turn, question: Question) -> Select[int] | CompoundSelect[int]:
    split = and_(*_OPEN, invoices.c.is_split == true())
    query = select(invoices.c.id).where(*_scope(turn, question))
    if not _has_anything_moved(turn, question.day):
        return query.where(split)
    if question.customers is None:
        moved = invoices.c.id.in_(_moved_ids(turn, question.day))
        return union(query.where(split), query.where(moved))
    return query.where(or_(split, _is_moved(question.day)))


def _is_held(question: Question) -> ColumnElement[bool]:
    """Disputed, or promised for a day to come."""
    promised = func.coalesce(invoices.c.promised_until >= question.day, False)
    return or_(invoices.c.disputed.is_not(None), promised)


def _changed(turn: Turn) -> ColumnElement[int]:
    """By how much corrections change what an invoice asks for, less what it gives to others."""
    netted = _sum_of(corrections.c.amount, corrections.c.invoice)
    share = case(
        (invoices.c.kind == REPLACEMENT, func.coalesce(corrections.c.share, 0)),
        else_=corrections.c.amount,
    )
    spent = _sum_of(share, corrections.c.by_invoice)
    return func.coalesce(netted, 0) - func.coalesce(spent, 0)


def _sum_of(amount: ColumnElement[int], of: ColumnElement[int]) -> ScalarSelect[int]:
    query = select(func.sum(amount)).where(of == invoices.c.id)
    return query.select_from(corrections).correlate(invoices).scalar_subquery()


def _has_anything_moved(turn: Turn, day: date) -> bool:
    """Whether any document, payment or write-off is of a later day: than today, hardly ever."""
    paid = select(payments.c.id).where(*_paid_after(day), payments.c.workspace == turn.workspace)
    issued = select(invoices.c.id).where(
        invoices.c.workspace == turn.workspace, invoices.c.issued_on > day
    )
    written_off = select(write_offs.c.id).where(
        *_written_off_after(day), write_offs.c.workspace == turn.workspace
    )
    return any(turn.db.execute(item.limit(1)).first() for item in (paid, issued, written_off))


def _moved_ids(turn: Turn, day: date) -> CompoundSelect[int]:
    """What was issued, paid, written off or corrected after a day."""
    workspace = turn.workspace
    issued = invoices.alias()
    by = corrections.join(_issued, _issued.c.id == corrections.c.by_invoice)
    return union(
        select(issued.c.id).where(issued.c.workspace == workspace, issued.c.issued_on > day),
        select(payments.c.invoice).where(payments.c.workspace == workspace, *_paid_after(day)),
        select(write_offs.c.invoice).where(
            write_offs.c.workspace == workspace, *_written_off_after(day)
        ),
        select(corrections.c.invoice)
        .select_from(by)
        .where(
            _issued.c.workspace == workspace,
            _issued.c.issued_on > day,
            corrections.c.invoice.is_not(None),
        ),
    )


def _is_moved(day: date) -> ColumnElement[bool]:
    """The same of an invoice that is looked at anyway."""
    paid = exists().where(payments.c.invoice == invoices.c.id, *_paid_after(day))
    written_off = exists().where(write_offs.c.invoice == invoices.c.id, *_written_off_after(day))
    corrected = exists().where(
        corrections.c.invoice == invoices.c.id,
        _issued.c.id == corrections.c.by_invoice,
        _issued.c.issued_on > day,
    )
    return or_(func.coalesce(invoices.c.issued_on > day, False), paid, corrected, written_off)


def _written_off_after(day: date) -> tuple[ColumnElement[bool], ...]:
    return write_offs.c.on_day > day, write_offs.c.undone_at.is_(None)


def _paid_after(day: date) -> tuple[ColumnElement[bool], ...]:
    return payments.c.booked_on > day, payments.c.taken_back_at.is_(None)
