"""What the headings of tables mean, as people confirmed it; and the tables that they sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, String, Table, Text, delete, insert, select, update

from storage.base import Id, Json, Key, Moment, metadata
from storage.dialect import upsert
from storage.turn import Turn

column_mappings = Table(
    "column_mappings",
    metadata,
    Column("workspace", Key, primary_key=True),
    Column("key", String(64), primary_key=True),  # of the headings
    Column("layout", Json, nullable=False),
    Column("by_person", Key, nullable=False),
    Column("at", Moment, nullable=False),
)

sent_tables = Table(
    "sent_tables",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace", Key, nullable=False),
    Column("file", Key, nullable=False),
    Column("name", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("channel", Key, nullable=False),
    Column("ts", Key, nullable=False),
    Column(
        "layouts", Json, nullable=False
    ),  # what it may be, the likelier first, with a few rows to show
    Column("state", String(16), nullable=False),  # waiting, taken
    Column("by_person", Key, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "workspace", "at"),
)


@dataclass(frozen=True)
class Kept:
    """A layout as it was confirmed."""

    key: str
    layout: Mapping[str, Any]
    by_person: str
    at: datetime


@dataclass(frozen=True)
class Sent:
    """A table that somebody sent: where it is fetched from, where it is spoken of, and what it may
    be.
    """

    file: str
    name: str
    url: str
    channel: str
    ts: str
    layouts: list[Mapping[str, Any]]
    state: str
    by_person: str
    id: int = 0


def keep(turn: Turn, key: str, layout: Mapping[str, Any]) -> None:
    """Remember what these headings mean, in place of what was remembered."""
    row = {
        "workspace": turn.workspace,
        "key": key,
        "layout": dict(layout),
        "by_person": turn.actor.id,
        "at": turn.now,
    }
    kept = upsert(turn.db, column_mappings).values(row)
    turn.db.execute(kept.on_conflict_do_update(index_elements=["workspace", "key"], set_=row))


def known(turn: Turn, keys: Iterable[str]) -> dict[str, Kept]:
    """What is remembered of these headings."""
    conditions = (
        column_mappings.c.workspace == turn.workspace,
        column_mappings.c.key.in_(set(keys)),
    )
    columns = [column_mappings.c[name] for name in Kept.__dataclass_fields__]
    return {
        row.key: Kept(**row._mapping)
        for row in turn.db.execute(select(*columns).where(*conditions))
    }


def add(turn: Turn, sent: Sent) -> int:
    """Note a table; its id."""
    row = {name: getattr(sent, name) for name in Sent.__dataclass_fields__ if name != "id"}
    added = insert(sent_tables).values({**row, "workspace": turn.workspace, "at": turn.now})
    return int(turn.db.execute(added.returning(sent_tables.c.id)).scalar_one())


def get(turn: Turn, table: int) -> Sent | None:
    """A table by its id; None when it was forgotten."""
    columns = [sent_tables.c[name] for name in Sent.__dataclass_fields__]
    query = select(*columns).where(
        sent_tables.c.workspace == turn.workspace, sent_tables.c.id == table
    )
    row = turn.db.execute(query).one_or_none()
    return Sent(**row._mapping) if row else None


def change(
    turn: Turn, table: int, layouts: list[Mapping[str, Any]], *, from_: Iterable[str]
) -> bool:
    """Its columns are confirmed as these; false when somebody was first, or it was forgotten."""
    conditions = (
        sent_tables.c.workspace == turn.workspace,
        sent_tables.c.id == table,
        sent_tables.c.state.in_(set(from_)),
    )
    return (
        turn.db.execute(
            update(sent_tables).where(*conditions).values(layouts=layouts, state="taken")
        ).rowcount
        == 1
    )


def forget(turn: Turn, before: datetime, most: int) -> None:
    """Drop the oldest tables that were sent before a moment: their rows are nobody's business any
    longer.
    """
    old = (sent_tables.c.workspace == turn.workspace, sent_tables.c.at < before)
    ids = select(sent_tables.c.id).where(*old).order_by(sent_tables.c.at).limit(most)
    turn.db.execute(delete(sent_tables).where(sent_tables.c.id.in_(ids)))
