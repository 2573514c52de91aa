"""What payments are matched with: invoices that are not settled, those that were settled
lately, and those that were written off.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select

from storage.dialect import among
from storage.invoices.customers import customers
from storage.invoices.instalments import instalments
from storage.invoices.invoices import (
    in_any_partition,
    invoices,
    partitions,
    workspace_checked,
)
from storage.invoices.search import begins
from storage.turn import Turn

MOST_SETTLED = 100_000
_ASKED_AT_ONCE = 10_000
_RANGES_AT_ONCE = 100
_IS_OURS = invoices.c.direction.in_(("receivable", "payable"))
_EXPECTED = (_IS_OURS, invoices.c.is_written_off.is_(False))


@dataclass(frozen=True)
class Item:
    """An invoice with what tells its payer. ``to_pay`` and ``outstanding`` in minor units; aliases
    and accounts one a line.
    """

    id: int
    number: str
    direction: str
    customer: int | None
    currency: str
    to_pay: int
    outstanding: int
    is_written_off: bool
    first_due_on: date | None
    ksef_number: str | None
    name: str | None
    tax_id: str | None
    aliases: str | None
    accounts: str | None
    paid_from: str | None


class Named(NamedTuple):
    """An invoice that something names."""

    id: int
    customer: int | None
    outstanding: int


def unsettled(turn: Turn) -> Sequence[Item]:
    """Every invoice, to us or from us, with something outstanding; a written off one says so."""
    return _items(turn, invoices.c.outstanding != 0)


def settled_since(turn: Turn, day: date) -> Sequence[Item]:
    """Invoices issued since a day on which nothing is outstanding, the newest first, at most
    100,000.
    """
    settled = (invoices.c.outstanding == 0, _issued_since(day))
    return _items(turn, *settled, most=MOST_SETTLED, workspace=workspace_checked)


def some(turn: Turn, ids: Collection[int]) -> Sequence[Item]:
    """These invoices, settled or not."""
    return _items(turn, among(invoices.c.id, ids), workspace=workspace_checked)


def with_numbers(turn: Turn, numbers: Collection[str], since: date) -> list[Named]:
    """Those of these folded numbers that are unsettled, and those settled that were issued since a
    day.
    """
    return _named(turn, invoices.c.folded, numbers, since)


def with_references(turn: Turn, references: Collection[str], since: date) -> list[Named]:
    """The same by their KSeF numbers."""
    return _named(turn, invoices.c.ksef_number, references, since)


def with_beginnings(turn: Turn, beginnings: Iterable[str], since: date) -> list[Named]:
    """The same of folded numbers that begin so."""
    return _in_ranges(turn, invoices.c.folded, beginnings, since)


def with_ends(turn: Turn, ends: Iterable[str], since: date) -> list[Named]:
    """The same of folded numbers that end so."""
    backwards = [end[::-1] for end in ends]
    if not backwards:
        return []
    return _in_ranges(turn, invoices.c.tail, backwards, since, in_any_partition(turn))


def _named(
    turn: Turn, column: ColumnElement[Any], keys: Collection[str], since: date
) -> list[Named]:
    left, result = iter(sorted(keys)), list[Named]()
    while some_ := list(islice(left, _ASKED_AT_ONCE)):
        which = (invoices.c.workspace == turn.workspace, among(column, some_))
        result += _rows(turn, _told_since(since).where(*which))
    return result


def _in_ranges(
    turn: Turn,
    column: ColumnElement[str],
    beginnings: Iterable[str],
    since: date,
    *way: ColumnElement[bool],
) -> list[Named]:
    left, result = iter(sorted(set(beginnings))), list[Named]()
    while some_ := list(islice(left, _RANGES_AT_ONCE)):
        fitting = or_(*(begins(column, each) for each in some_))
        which = (invoices.c.workspace == turn.workspace, *way, fitting)
        result += _rows(turn, _told_since(since).where(*which))
    return result


def _told_since(since: date) -> Select[Any]:
    is_known = or_(invoices.c.outstanding != 0, _issued_since(since))
    return select(invoices.c.id, invoices.c.customer, invoices.c.outstanding).where(
        is_known, _IS_OURS
    )


def _issued_since(day: date) -> ColumnElement[bool]:
    """Without an issue day, the day on which the invoice came to be known is taken for it."""
    known_since = datetime.combine(day, time(), UTC)
    came_since = and_(invoices.c.issued_on.is_(None), invoices.c.known_at >= known_since)
    return or_(invoices.c.issued_on >= day, came_since)


def _rows(turn: Turn, query: Select[Any]) -> list[Named]:
    return [Named(*row) for row in turn.db.execute(query)]


def of_customers_since(turn: Turn, customers_: Collection[int | None], since: date) -> list[Named]:
    """What is unsettled of these customers, and what is settled and was issued since a day; of
    None what is nobody's.
    """
    wanted = among(invoices.c.customer, [who for who in customers_ if who is not None])
    if None in customers_:
        wanted = or_(wanted, invoices.c.customer.is_(None))
    theirs = (in_any_partition(turn), wanted, workspace_checked == turn.workspace)
    return _rows(turn, _told_since(since).where(*theirs))


def newest_of(turn: Turn, customers_: Collection[int], most: int) -> set[int]:
    """The ids of so many unsettled invoices of each of these customers."""
    return _newest(turn, invoices.c.customer, customers_, most)


def newest_outstanding(turn: Turn, amounts: Collection[int], most: int) -> set[int]:
    """The ids of so many invoices of which each of these amounts is outstanding."""
    return _newest(turn, invoices.c.outstanding, amounts, most)


def _newest(turn: Turn, column: ColumnElement[int], values: Collection[int], most: int) -> set[int]:
    """All at once where there are few; else partition by partition, until there is enough of
    each.
    """
    wanted = {value for value in values if value}
    if not wanted:
        return set()
    existing, enough = partitions(turn), most * len(wanted)
    found: dict[int, list[int]] = {value: [] for value in wanted}
    rows = _with_values(turn, column, wanted, existing, enough)
    if len(rows) < enough:
        _sort_out(rows, found)
        return _first(found, most)
    for partition in reversed(existing):
        wanted = {value for value, ids in found.items() if len(ids) < most}
        if not wanted:
            break
        _sort_out(_with_values(turn, column, wanted, [partition], None), found)
    return _first(found, most)


def _with_values(
    turn: Turn,
    column: ColumnElement[int],
    values: Collection[int],
    partitions_: Collection[int],
    most: int | None,
) -> Sequence[Row[int, int]]:
    which = (
        invoices.c.partition_no.in_(partitions_),
        invoices.c.outstanding != 0,  # the words of the partial indexes
        column.in_(values),
        workspace_checked == turn.workspace,
    )
    query = select(column, invoices.c.id).where(*which, *_EXPECTED).limit(most)
    return turn.db.execute(query).all()


def _sort_out(rows: Iterable[Row[int, int]], by_value: dict[int, list[int]]) -> None:
    for value, id_ in sorted(rows, key=itemgetter(1), reverse=True):
        by_value[value].append(id_)


def _first(by_value: dict[int, list[int]], most: int) -> set[int]:
    return {id_ for ids in by_value.values() for id_ in ids[:most]}


def with_instalment_of(turn: Turn, amounts: Iterable[int], most: int) -> set[int]:
    """Ids of unsettled invoices paid in several parts, one of which is one of these amounts."""
    conditions = (
        workspace_checked == turn.workspace,
        invoices.c.outstanding.not_in((0, instalments.c.amount)),
        invoices.c.is_written_off.is_(False),
    )
    query = select(instalments.c.invoice).join(invoices, invoices.c.id == instalments.c.invoice)
    request = query.where(instalments.c.amount.in_(set(amounts)), *conditions).order_by(
        instalments.c.id.desc()
    )
    return set(turn.db.execute(request.limit(most)).scalars())


def in_instalments(turn: Turn, ids: Collection[int] | None = None) -> list[int]:
    """Ids of the unsettled invoices, all or some of them, that are paid in several parts and were
    not written off.
    """
    these = [among(instalments.c.invoice, ids)] if ids is not None else []
    workspace = invoices.c.workspace if ids is None else workspace_checked
    several = (
        select(instalments.c.invoice)
        .join(invoices, invoices.c.id == instalments.c.invoice)
        .where(workspace == turn.workspace, invoices.c.outstanding != 0, *_EXPECTED, *these)
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
            _IS_OURS,
            *conditions,
        )
        .order_by(invoices.c.id.desc())
        .limit(most)
    )
    return [Item(**row._mapping) for row in turn.db.execute(query)]
