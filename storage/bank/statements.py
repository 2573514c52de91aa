"""Entries of bank statements: each once, whatever file brought it, and whether it found its
invoice.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Date,
    Index,
    Select,
    String,
    Table,
    Text,
    UniqueConstraint,
    case,
    false,
    func,
    select,
    update,
)

from storage import bulk
from storage.base import Id, Key, Moment, metadata
from storage.dialect import skipping_locked
from storage.invoices.invoices import invoices
from storage.invoices.payments import payments
from storage.turn import Turn

ASKED_AT_ONCE = 10_000  # keys in one statement: PostgreSQL takes 65,535 of them, SQLite 32,766

entries = Table(
    "statement_entries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace", Key, nullable=False),
    Column(
        "key", String(32), nullable=False
    ),  # of the line: by its reference, or by its title where it has none
    Column("title_key", String(32), nullable=False),
    Column("has_reference", Boolean, nullable=False),
    Column("account", String(64), nullable=False),  # ours
    Column("booked_on", Date, nullable=False),
    Column("amount", BigInteger, nullable=False),  # signed: money in is positive
    Column("currency", String(3), nullable=False),
    Column("title", Text, nullable=False),
    Column("counterparty", Text, nullable=False),
    Column("counterparty_account", Text, nullable=False),
    Column("state", String(16), nullable=False),  # waiting, matched, partly, set_aside, taken_apart
    Column("at", Moment, nullable=False),
    Column(
        "count_key", String(32), index=True
    ),  # of a collective booking, or of the one that this is a part of
    Column(
        "whole_key", String(32), index=True
    ),  # of a part: the collective booking's key by its reference; '' without
    Column("transfers", BigInteger),  # that a collective booking stands for, where it is kept whole
    Column("import_id", Id, index=True),  # the file that brought it
    Column("by_hand", Boolean, nullable=False, server_default=false()),  # booked by a click
    UniqueConstraint("workspace", "key"),
    Index(None, "workspace", "title_key"),
    Index(None, "workspace", "state", "booked_on"),
)


STATES = ("waiting", "matched", "partly", "set_aside")
"""Of lines that are money; what was taken apart is so no longer."""
NO_ACCOUNT = "statement"  # the source of payments of a statement that does not tell its account


@dataclass(frozen=True)
class Line:
    """One line of a statement as it is kept. Amount in minor units, signed."""

    key: str
    title_key: str
    has_reference: bool
    account: str
    booked_on: date
    amount: int
    currency: str
    title: str
    counterparty: str
    counterparty_account: str
    state: str = "waiting"
    count_key: str | None = None
    whole_key: str | None = None
    transfers: int | None = None
    id: int = 0

    @property
    def source(self) -> str:
        """Of the payments that it makes."""
        return self.account or NO_ACCOUNT


_FIELDS = tuple(name for name in Line.__dataclass_fields__ if name != "id")
_KEPT = ("id", "workspace", "at", "import_id", *_FIELDS)


def add(turn: Turn, lines: Sequence[Line], at: datetime, import_id: int) -> list[Line]:
    """Keep lines; those that were not there already, with their ids. ``at`` is one moment for the
    lines of one file and no other.

    Whoever keeps lines at the same time waits until this turn ends (:func:`bulk.reserve`).
    """
    if not lines:
        return []
    ids = bulk.reserve(turn.db, entries, len(lines))
    of_all = (turn.workspace, bulk.moment(turn.db, at), import_id)
    rows = [(id_, *of_all, *_values(line)) for id_, line in zip(ids, lines, strict=True)]
    fresh = bulk.insert_new(turn.db, entries, _KEPT, rows)
    return [replace(line, id=id_) for id_, line in zip(ids, lines, strict=True) if id_ in fresh]


def _values(line: Line) -> Iterator[Any]:
    for name in _FIELDS:
        value = getattr(line, name)
        yield value.isoformat() if isinstance(value, date) else value


def known_keys(turn: Turn, keys: Iterable[str]) -> set[str]:
    """Those of the keys that are kept."""
    return {row.key for row in _found(turn, select(entries.c.key), entries.c.key, keys)}


def known_titles(turn: Turn, title_keys: Iterable[str]) -> Mapping[str, bool]:
    """Those of the titles' keys that are kept, and whether that line carried a reference."""
    query = select(entries.c.title_key, entries.c.has_reference)
    return {
        row.title_key: row.has_reference
        for row in _found(turn, query, entries.c.title_key, title_keys)
    }


def collectives(turn: Turn, keys: Iterable[str], count_keys: Iterable[str]) -> Sequence[Line]:
    """Lines that are kept whole, by their own key or by their count's."""
    wholes = select(*_COLUMNS).where(entries.c.whole_key.is_(None))
    return _either(turn, wholes, (entries.c.key, keys), (entries.c.count_key, count_keys))


def parts(turn: Turn, keys: Iterable[str], count_keys: Iterable[str]) -> Sequence[Line]:
    """Lines that are parts of collective bookings with these keys."""
    of_wholes = select(*_COLUMNS).where(entries.c.whole_key.isnot(None))
    return _either(turn, of_wholes, (entries.c.whole_key, keys), (entries.c.count_key, count_keys))


def told_apart(turn: Turn, whole: Line, most: int) -> list[Line]:
    """Single transfers of a collective booking's account, day, currency and direction that other
    files told.
    """
    told_at = select(entries.c.at).where(entries.c.id == whole.id).scalar_subquery()
    first, last = (1, whole.amount) if whole.amount > 0 else (whole.amount, -1)
    smaller = entries.c.amount.between(first, last)
    conditions = (entries.c.workspace == turn.workspace, entries.c.state.in_(STATES))
    same = (entries.c.booked_on == whole.booked_on, entries.c.account == whole.account)
    alike = (
        entries.c.currency == whole.currency,
        entries.c.count_key.is_(None),
        smaller,
        entries.c.at != told_at,
    )
    query = select(*_COLUMNS).where(*conditions, *same, *alike).order_by(entries.c.id).limit(most)
    return [Line(**row._mapping) for row in turn.db.execute(query)]


def booked_wholes(turn: Turn, days: Iterable[date]) -> Sequence[Line]:
    """Collective bookings of these days that stand on invoices."""
    conditions = (entries.c.workspace == turn.workspace, entries.c.state.in_(("matched", "partly")))
    wholes = (
        entries.c.booked_on.in_(set(days)),
        entries.c.count_key.isnot(None),
        entries.c.whole_key.is_(None),
    )
    query = select(*_COLUMNS).where(*conditions, *wholes).order_by(entries.c.id)
    return [Line(**row._mapping) for row in turn.db.execute(query)]


def _either(
    turn: Turn, request: Select[Any], *named: tuple[Column[Any], Iterable[str]]
) -> Sequence[Line]:
    """The lines that one of the columns names, each once, in the order in which they came."""
    result = {row.id: row for column, keys in named for row in _found(turn, request, column, keys)}
    return [Line(**row._mapping) for _, row in sorted(result.items())]


def _found(
    turn: Turn, request: Select[Any], column: Column[Any], keys: Iterable[str]
) -> Iterator[Any]:
    """The rows with one of these keys; a file has more keys than a statement takes."""
    left = iter(set(keys))
    while some := list(islice(left, ASKED_AT_ONCE)):
        yield from turn.db.execute(
            request.where(entries.c.workspace == turn.workspace, column.in_(some))
        )


def get(turn: Turn, entry: int) -> Line | None:
    """One line by its id."""
    return _one(turn, entries.c.id == entry)


def hold(turn: Turn, entry: int) -> Line | None:
    """One line by its id; nobody else books or settles it until the turn ends."""
    return _one(turn, entries.c.id == entry, hold=True)


def hold_by_key(turn: Turn, key: str) -> Line | None:
    """The same by its key, which is the reference of the payments that it made."""
    return _one(turn, entries.c.key == key, hold=True)


def _one(turn: Turn, which: ColumnElement[bool], *, hold: bool = False) -> Line | None:
    query = select(*_COLUMNS).where(entries.c.workspace == turn.workspace, which)
    row = turn.db.execute(query.with_for_update() if hold else query).one_or_none()
    return Line(**row._mapping) if row else None


def used(turn: Turn, line: Line) -> int:
    """What of a line stands on invoices, signed as lines are: what pays a supplier is money out."""
    signed = case((invoices.c.direction == "payable", -payments.c.amount), else_=payments.c.amount)
    conditions = (
        payments.c.workspace == turn.workspace,
        payments.c.source == line.source,
        payments.c.reference == line.key,
    )
    standing = select(func.coalesce(func.sum(signed), 0)).join(
        invoices, invoices.c.id == payments.c.invoice
    )
    return int(
        turn.db.execute(
            standing.where(*conditions, payments.c.taken_back_at.is_(None))
        ).scalar_one()
    )


def waiting(turn: Turn, most: int | None = 100) -> Sequence[Line]:
    """Lines that wait for a person, the oldest first; all of them where no most is told."""
    conditions = (entries.c.workspace == turn.workspace, entries.c.state.in_(("waiting", "partly")))
    query = (
        select(*_COLUMNS).where(*conditions).order_by(entries.c.booked_on, entries.c.id).limit(most)
    )
    return [Line(**row._mapping) for row in turn.db.execute(query)]


def hold_untouched(turn: Turn, before: int, most: int) -> Sequence[Line]:
    """The newest waiting lines before one, no booking of which anybody took back, the oldest of
    them first.

    Nobody else books them until the turn ends; those that somebody has in hand now are left out.
    """
    undone = select(payments.c.id).where(
        payments.c.workspace == turn.workspace,
        payments.c.source.in_((entries.c.account, NO_ACCOUNT)),
        payments.c.reference == entries.c.key,
        payments.c.taken_back_at >= entries.c.at,  # with an import: before the line came again
    )
    conditions = (
        entries.c.workspace == turn.workspace,
        entries.c.state.in_(("waiting", "partly")),
        entries.c.id < before,
    )
    newest = (
        select(*_COLUMNS)
        .where(*conditions, ~undone.exists())
        .order_by(entries.c.booked_on.desc(), entries.c.id.desc())
        .limit(most)
    )
    return [Line(**row._mapping) for row in skipping_locked(turn.db, newest)][::-1]


def paid_elsewhere(
    turn: Turn, amounts: Iterable[int], first: date, last: date, most: int
) -> set[int]:
    """Invoices that carry one of these amounts, booked in these days, of which no line told."""
    query = _told_elsewhere(turn, first, last).where(payments.c.amount.in_(set(amounts)))
    return set(turn.db.execute(query.limit(most)).scalars())


def of_customers_paid_elsewhere(
    turn: Turn, customers: Collection[int], first: date, last: date, most: int
) -> set[int]:
    """The same of any amount, of invoices of these customers."""
    query = (
        _told_elsewhere(turn, first, last)
        .join(invoices, invoices.c.id == payments.c.invoice)
        .where(invoices.c.customer.in_(customers))
    )
    return set(turn.db.execute(query.limit(most)).scalars())


def _told_elsewhere(turn: Turn, first: date, last: date) -> Select[Any]:
    """The invoices of payments booked in these days of which no line told, the newest first."""
    line = select(entries.c.id).where(
        entries.c.workspace == turn.workspace, entries.c.key == payments.c.reference
    )
    conditions = (
        payments.c.workspace == turn.workspace,
        payments.c.taken_back_at.is_(None),
        ~line.exists(),
        payments.c.booked_on.between(first, last),
    )
    return select(payments.c.invoice).where(*conditions).order_by(payments.c.id.desc())


def aside(turn: Turn, most: int = 100) -> Sequence[Line]:
    """Lines that somebody said pay no invoice, the newest first."""
    conditions = (entries.c.workspace == turn.workspace, entries.c.state == "set_aside")
    query = (
        select(*_COLUMNS)
        .where(*conditions)
        .order_by(entries.c.booked_on.desc(), entries.c.id.desc())
        .limit(most)
    )
    return [Line(**row._mapping) for row in turn.db.execute(query)]


def count_aside(turn: Turn) -> int:
    """How many lines were set aside."""
    conditions = (entries.c.workspace == turn.workspace, entries.c.state == "set_aside")
    return turn.db.execute(
        select(func.count()).select_from(entries).where(*conditions)
    ).scalar_one()


def settle(
    turn: Turn,
    entry: int,
    state: str,
    *,
    from_: Iterable[str] = ("waiting", "partly"),
    by_hand: bool = False,
) -> bool:
    """Give a line another state, by a person's click where that is told; false when somebody else
    was first. On one that waits nothing stands that anybody booked.
    """
    conditions = (
        entries.c.workspace == turn.workspace,
        entries.c.id == entry,
        entries.c.state.in_(set(from_)),
    )
    changed: dict[str, object] = {"state": state}
    if by_hand or state == "waiting":
        changed["by_hand"] = by_hand
    return turn.db.execute(update(entries).where(*conditions).values(changed)).rowcount == 1


_COLUMNS = tuple(entries.c[name] for name in Line.__dataclass_fields__)
