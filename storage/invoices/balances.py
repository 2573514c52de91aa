"""What is open, for parties, a direction and a day: the one question to the database.

What is kept outstanding on an invoice answers for it, unless something moved it after the day or it
is paid in instalments; those few are read whole. The cost grows with what is open and with what
moved since, and not with all invoices.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Select,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    true,
    union,
    union_all,
)

from storage.dialect import among, as_check
from storage.invoices.invoices import (
    REPLACEMENT,
    UNGATED,
    Invoice,
    by_ids,
    corrections,
    in_any_partition,
    invoices,
    is_split,
    workspace_checked,
)
from storage.invoices.payments import payments
from storage.invoices.write_offs import write_offs
from storage.turn import Turn

_AT_ONCE = 1_000  # invoices that are read whole


@dataclass(frozen=True)
class Question:
    """``customers`` whose items are asked for; None for everybody's. Of customers both directions
    can be asked for at once: None. What is open on the invoices ``apart`` is summed apart, customer
    by customer.
    """

    direction: str | None
    day: date
    customers: Collection[int] | None
    apart: Collection[int] = ()


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
    is_apart: bool = False


class Item(NamedTuple):
    """An invoice that is to be paid in one part; ``is_held`` is 1 where it is."""

    id: int
    customer: int | None
    number: str
    kind: str
    issued_on: date | None
    due_on: date | None
    currency: str
    to_pay: int
    outstanding: int
    direction: str
    is_held: int


def sums(
    turn: Turn, question: Question, bounds: Bounds, *, by_customer: bool
) -> tuple[list[Sum], Sequence[int]]:
    """Sums of what the kept figures answer for, and the ids of the invoices to be read whole."""
    near = case(
        (invoices.c.outstanding < 0, 0),
        (invoices.c.first_due_on < bounds.late, 1),
        (invoices.c.first_due_on < bounds.today, 2),
        (invoices.c.first_due_on < bounds.soon, 3),
        else_=4,
    )
    keys = (
        invoices.c.currency,
        near.label("near"),
        _is_held(question).label("is_held"),
    )
    whose: list[ColumnElement[Any]] = [invoices.c.customer] if by_customer else []
    if question.apart:
        whose.append(among(invoices.c.id, question.apart).label("is_apart"))
    counted = select(invoices.c.is_split, *keys, func.count(), func.sum(invoices.c.outstanding))
    has_moved = _has_anything_moved(turn, question.day)
    kept = _kept(turn, question, has_moved=has_moved)
    grouped = counted.add_columns(*whose).where(*kept)
    rows = turn.db.execute(grouped.group_by(invoices.c.is_split, *keys, *whose)).all()
    whole = (
        _ids(turn, select(invoices.c.id).where(*kept, is_split))
        if any(row.is_split for row in rows)
        else []
    )
    moved = _moved(turn, question) if has_moved else []
    return [_sum(*row[1:]) for row in rows if not row.is_split], [*whole, *moved]


def _sum(
    currency: str,
    near: int,
    is_held: bool,
    count: int,
    amount: int,
    customer: int | None = None,
    is_apart: bool = False,
) -> Sum:
    near_by, counted = _NEAR[near], int(count)
    return Sum(customer, currency, near_by, bool(is_held), counted, int(amount), bool(is_apart))


_NEAR = ("credit", "overdue", "due_today", "due_soon", "later")


def items(turn: Turn, question: Question) -> tuple[Sequence[Item], Sequence[int]]:
    """The invoices that the kept figures answer for, and the ids of those to be read whole."""
    has_moved = _has_anything_moved(turn, question.day)
    query = _item_rows(question).where(*_kept(turn, question, has_moved=has_moved))
    rows = cast(Sequence[Item], turn.db.execute(query).all())
    whole = [row[0] for row in rows if row[-1] == _SPLIT]
    plain = [row for row in rows if row[-1] != _SPLIT] if whole else rows
    return plain, [*whole, *(_moved(turn, question) if has_moved else ())]


_SPLIT = 2  # in the place of whether it is held


def _item_rows(question: Question) -> Select[Any]:
    """In the order of :class:`Item`: ten thousand rows are taken as they come."""
    facts = invoices.c
    held = case((facts.is_split == true(), _SPLIT), (_is_held(question), 1), else_=0)
    days = (facts.issued_on, facts.first_due_on)
    amounts = (facts.to_pay, facts.outstanding)
    return select(
        *(facts.id, facts.customer, facts.number, facts.kind),
        *(*days, facts.currency, *amounts, facts.direction, held),
    )


def changed(turn: Turn, ids: Collection[int]) -> dict[int, int]:
    """By how much corrections change what each invoice asks for, less what it gives to others;
    those that nothing changes are left out.
    """
    share = case(
        (invoices.c.kind == REPLACEMENT, func.coalesce(corrections.c.share, 0)),
        else_=corrections.c.amount,
    )
    netted = select(corrections.c.invoice, func.sum(corrections.c.amount))
    netted = netted.where(among(corrections.c.invoice, ids)).group_by(corrections.c.invoice)
    spent = select(corrections.c.by_invoice, -func.sum(share)).join(
        invoices, invoices.c.id == corrections.c.by_invoice
    )
    spent = spent.where(among(corrections.c.by_invoice, ids)).group_by(corrections.c.by_invoice)
    changes: dict[int, int] = {}
    if ids:
        for id_, amount in turn.db.execute(union_all(netted, spent)):
            changes[id_] = changes.get(id_, 0) + int(amount)
    return changes


def read_whole(turn: Turn, ids: Sequence[int]) -> Iterator[Invoice]:
    """The invoices of which only all their facts say what is open on a day."""
    left = iter(ids)
    while some := list(islice(left, _AT_ONCE)):
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
    theirs = [
        in_any_partition(turn),
        _is_any_of(question.customers),
        workspace_checked == turn.workspace,
    ]
    if question.direction is None:
        return theirs
    return [*theirs, as_check(invoices.c.direction) == question.direction]


def _is_any_of(customers: Collection[int]) -> ColumnElement[bool]:
    """One customer is named as such: a list hides from PostgreSQL how few the rows are."""
    if len(customers) == 1:
        return invoices.c.customer == next(iter(customers))
    return among(invoices.c.customer, set(customers))


def _kept(turn: Turn, question: Question, *, has_moved: bool) -> list[ColumnElement[bool]]:
    """What is open by the kept figures; what moved after the day apart."""
    conditions = [*_scope(turn, question), *_OPEN]
    if not has_moved:
        return conditions
    if question.customers is None:
        return [*conditions, invoices.c.id.not_in(_moved_ids(turn, question.day))]
    return [*conditions, ~_is_moved(question.day)]


def _moved(turn: Turn, question: Question) -> Sequence[int]:
    query = select(invoices.c.id).where(*_scope(turn, question))
    if question.customers is None:
        return _ids(turn, query.where(invoices.c.id.in_(_moved_ids(turn, question.day))))
    return _ids(turn, query.where(_is_moved(question.day)))


def _ids(turn: Turn, query: Select[int]) -> Sequence[int]:
    return turn.db.execute(query).scalars().all()


def _is_held(question: Question) -> ColumnElement[bool]:
    """Disputed, or promised for a day to come."""
    promised = func.coalesce(invoices.c.promised_until >= question.day, False)
    return or_(invoices.c.is_disputed, promised)


def _has_anything_moved(turn: Turn, day: date) -> bool:
    """Whether any document, payment or write-off is of a later day: than today, hardly ever."""
    paid = select(payments.c.id).where(*_paid_after(day), payments.c.workspace == turn.workspace)
    issued = select(invoices.c.id).where(
        invoices.c.workspace == turn.workspace, invoices.c.issued_on > _spelled(day)
    )
    written_off = select(write_offs.c.id).where(
        *_written_off_after(day), write_offs.c.workspace == turn.workspace
    )
    query = select(or_(paid.exists(), issued.exists(), written_off.exists()))
    return bool(turn.db.execute(query).scalar())


def _moved_ids(turn: Turn, day: date) -> CompoundSelect[int]:
    """What was issued, paid, written off or corrected after a day."""
    workspace = turn.workspace
    issued = invoices.alias()
    by = corrections.join(_issued, _issued.c.id == corrections.c.by_invoice)
    return union(
        select(issued.c.id).where(
            issued.c.workspace == workspace, issued.c.issued_on > _spelled(day)
        ),
        select(payments.c.invoice).where(payments.c.workspace == workspace, *_paid_after(day)),
        select(write_offs.c.invoice).where(
            write_offs.c.workspace == workspace, *_written_off_after(day)
        ),
        select(corrections.c.invoice)
        .select_from(by)
        .where(
            _issued.c.workspace == workspace,
            _issued.c.issued_on > _spelled(day),
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


def _spelled(day: date) -> ColumnElement[date]:
    """A day that is told in the statement itself: prepared for any day, PostgreSQL reads the whole
    table for the few rows that are of a later one.
    """
    return bindparam(None, day, Date, literal_execute=True)


def _written_off_after(day: date) -> tuple[ColumnElement[bool], ...]:
    return write_offs.c.on_day > _spelled(day), write_offs.c.undone_at.is_(None)


def _paid_after(day: date) -> tuple[ColumnElement[bool], ...]:
    return payments.c.booked_on > _spelled(day), payments.c.taken_back_at.is_(None)
