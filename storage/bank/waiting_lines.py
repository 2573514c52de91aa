"""Lines of statements that wait for a person: of one account, of one import, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, select, update

from storage.bank.imports import statement_imports
from storage.bank.statements import Line, entries
from storage.turn import Turn

_COLUMNS = tuple(entries.c[name] for name in Line.__dataclass_fields__)


@dataclass(frozen=True)
class Filter:
    """Which of the lines that wait; None where all are meant."""

    account: str | None = None
    imported_at: datetime | None = None
    newest: int | None = None
    """The id after which nothing counts: what came after somebody looked."""


@dataclass(frozen=True)
class Import:
    """One file's lines, as many of them as wait. ``name`` is the file's, empty where several came
    at that moment.
    """

    at: datetime
    waiting: int
    name: str = ""


def page(turn: Turn, which: Filter, first: int, most: int) -> Sequence[Line]:
    """Some of the lines, the oldest first."""
    query = select(*_COLUMNS).where(*_waiting(turn, which))
    ordered = query.order_by(entries.c.booked_on, entries.c.id).offset(first).limit(most)
    return [Line(**row._mapping) for row in turn.db.execute(ordered)]


def count(turn: Turn, which: Filter) -> tuple[int, int]:
    """How many there are, and the id of the newest; 0 where there is none."""
    query = select(func.count(), func.coalesce(func.max(entries.c.id), 0))
    number, newest = turn.db.execute(query.where(*_waiting(turn, which))).one()
    return int(number), int(newest)


def accounts(turn: Turn) -> Sequence[str]:
    """The accounts of ours on which something waits."""
    query = select(entries.c.account).where(*_waiting(turn, Filter())).distinct()
    return list(turn.db.execute(query.order_by(entries.c.account)).scalars())


def imports(turn: Turn) -> Sequence[Import]:
    """The imports of which something waits, the newest first."""
    first, last = func.min(statement_imports.c.name), func.max(statement_imports.c.name)
    query = select(entries.c.at, func.count(), case((first == last, first), else_=""))
    of_file = entries.outerjoin(statement_imports, entries.c.import_id == statement_imports.c.id)
    mine = query.select_from(of_file).where(*_waiting(turn, Filter()))
    grouped = mine.group_by(entries.c.at).order_by(entries.c.at.desc())
    return [Import(*row) for row in turn.db.execute(grouped)]


def set_aside(turn: Turn, which: Filter) -> Sequence[int]:
    """All of them pay no invoice; the ids of those that still waited."""
    settled = update(entries).where(*_waiting(turn, which)).values(state="set_aside")
    return sorted(turn.db.execute(settled.returning(entries.c.id)).scalars())


def _waiting(turn: Turn, which: Filter) -> list[ColumnElement[bool]]:
    request = [
        entries.c.workspace == turn.workspace,
        entries.c.state.in_(("waiting", "partly")),
    ]
    if which.account is not None:
        request.append(entries.c.account == which.account)
    if which.imported_at is not None:
        request.append(entries.c.at == which.imported_at)
    if which.newest is not None:
        request.append(entries.c.id <= which.newest)
    return request
