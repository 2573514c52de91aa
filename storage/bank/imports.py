"""Imported files of statements: what each told of freshness, and taking one back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Index, Table, Text, delete, func, insert, select, update

from storage.bank.statements import Line, entries
from storage.base import Id, Json, Key, Moment, metadata
from storage.dialect import among
from storage.invoices.payments import sources
from storage.turn import Turn

statement_imports = Table(
    "statement_imports",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace", Key, nullable=False),
    Column("name", Text, nullable=False),  # of the file
    Column("known_until", Json, nullable=False),  # by account of ours
    Column("by_person", Key, nullable=False),
    Column("at", Moment, nullable=False),
    Column("taken_back_at", Moment),
    Index(None, "workspace", "at"),
)


@dataclass(frozen=True)
class Import:
    """One file that was imported; ``known_until`` is up to when it tells of each account."""

    id: int
    name: str
    by_person: str
    at: datetime
    known_until: dict[str, datetime]
    taken_back_at: datetime | None
    lines: int = 0


def add(turn: Turn, name: str, known_until: dict[str, datetime]) -> int:
    """Note that a file is imported; its id."""
    row = {
        "workspace": turn.workspace,
        "name": name,
        "known_until": {source: until.isoformat() for source, until in known_until.items()},
        "by_person": turn.actor.id,
        "at": turn.now,
    }
    added = insert(statement_imports).values(row).returning(statement_imports.c.id)
    return int(turn.db.execute(added).scalar_one())


def hold(turn: Turn, import_id: int) -> Import | None:
    """One import; nobody else takes it back until the turn ends."""
    mine = (
        statement_imports.c.workspace == turn.workspace,
        statement_imports.c.id == import_id,
    )
    row = turn.db.execute(select(*_COLUMNS).where(*mine).with_for_update()).one_or_none()
    return _import(*row) if row else None


def newest(turn: Turn, most: int) -> Sequence[Import]:
    """The latest imports that stand, the newest first, each with how many lines it brought."""
    lines = (
        select(func.count())
        .where(entries.c.workspace == turn.workspace, entries.c.import_id == statement_imports.c.id)
        .scalar_subquery()
    )
    standing = (
        statement_imports.c.workspace == turn.workspace,
        statement_imports.c.taken_back_at.is_(None),
    )
    query = select(*_COLUMNS, lines).where(*standing)
    rows = turn.db.execute(query.order_by(statement_imports.c.id.desc()).limit(most))
    return [_import(*row) for row in rows]


def lines_of(turn: Turn, import_id: int) -> list[tuple[Line, bool]]:
    """The lines that a file brought, and whether somebody booked each by hand; nobody else settles
    them until the turn ends.
    """
    columns = [entries.c[name] for name in Line.__dataclass_fields__]
    mine = (entries.c.workspace == turn.workspace, entries.c.import_id == import_id)
    query = select(*columns, entries.c.by_hand).where(*mine).order_by(entries.c.id)
    rows = turn.db.execute(query.with_for_update())
    return [(Line(*row[:-1]), bool(row[-1])) for row in rows]


def take_back(turn: Turn, import_: Import, gone: Mapping[str, datetime]) -> None:
    """Its lines are there no longer, and of its accounts is known what others told.

    ``gone`` is since when lines of each account are missing with it: a later import tells no
    further, since what came again in it was not kept twice.
    """
    mine = (entries.c.workspace == turn.workspace, entries.c.import_id == import_.id)
    turn.db.execute(delete(entries).where(*mine))
    taken = update(statement_imports).where(
        statement_imports.c.workspace == turn.workspace, statement_imports.c.id == import_.id
    )
    turn.db.execute(taken.values(taken_back_at=turn.now))
    others = [_still_known(turn, item, import_, gone) for item in _standing(turn)]
    for source in import_.known_until:
        told = [known[source] for known in others if source in known]
        _know_again(turn, source, told)


def _still_known(
    turn: Turn, other: Import, import_: Import, gone: Mapping[str, datetime]
) -> dict[str, datetime]:
    """Up to when another import tells of each account once the lines of this one are gone."""
    if other.id < import_.id:
        return other.known_until
    known = {
        source: min(until, gone.get(source, until)) for source, until in other.known_until.items()
    }
    if known != other.known_until:
        mine = (
            statement_imports.c.workspace == turn.workspace,
            statement_imports.c.id == other.id,
        )
        told = {source: until.isoformat() for source, until in known.items()}
        turn.db.execute(update(statement_imports).where(*mine).values(known_until=told))
    return known


def accounts_left(turn: Turn, accounts: Collection[str]) -> set[str]:
    """Those of the accounts of which any line is kept."""
    conditions = (entries.c.workspace == turn.workspace, among(entries.c.account, accounts))
    return set(turn.db.execute(select(entries.c.account).where(*conditions).distinct()).scalars())


def _standing(turn: Turn) -> Sequence[Import]:
    standing = (
        statement_imports.c.workspace == turn.workspace,
        statement_imports.c.taken_back_at.is_(None),
    )
    return [_import(*row) for row in turn.db.execute(select(*_COLUMNS).where(*standing))]


def _know_again(turn: Turn, source: str, told: Sequence[datetime]) -> None:
    turn.known.pop("payment_sources", None)
    mine = (sources.c.workspace == turn.workspace, sources.c.source == source)
    otherwise = turn.db.execute(select(sources.c.told_otherwise).where(*mine)).scalar_one_or_none()
    known = max([*told, *([otherwise] if otherwise else [])], default=None)
    if known is None:
        turn.db.execute(delete(sources).where(*mine))
    else:
        turn.db.execute(update(sources).where(*mine).values(known_until=known))


def _import(
    id_: int,
    name: str,
    by_person: str,
    at: datetime,
    known_until: dict[str, str],
    taken_back_at: datetime | None,
    lines: int = 0,
) -> Import:
    known = {source: datetime.fromisoformat(until) for source, until in known_until.items()}
    return Import(id_, name, by_person, at, known, taken_back_at, lines)


_COLUMNS = (
    statement_imports.c.id,
    statement_imports.c.name,
    statement_imports.c.by_person,
    statement_imports.c.at,
    statement_imports.c.known_until,
    statement_imports.c.taken_back_at,
)
