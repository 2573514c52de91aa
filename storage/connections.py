"""Connections to other systems that tell invoices: up to where each was read."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, Text, select

from storage.base import Key, Moment, metadata
from storage.dialect import upsert
from storage.turn import Turn

connections = Table(
    "connections",
    metadata,
    Column("workspace", Key, primary_key=True),
    Column("source", Key, primary_key=True),  # tryton
    Column("read_until", Moment),  # changes of the source up to here are known, by its own clock
    Column("compared_at", Moment),  # when everything was last compared
    Column("error", Text),  # why the last reading failed, as one sentence
)


def read_until(turn: Turn, source: str) -> datetime | None:
    """Up to where this source's changes are known; None before the first reading."""
    return _facts(turn, source).get("read_until")


def compared_at(turn: Turn, source: str) -> datetime | None:
    """When everything of this source was last compared."""
    return _facts(turn, source).get("compared_at")


def note(turn: Turn, source: str, **facts: Any) -> None:
    """Set what is known of a connection: read_until, compared_at, error."""
    row = {"workspace": turn.workspace, "source": source, **facts}
    unique = ["workspace", "source"]
    turn.db.execute(upsert(turn.db, connections).values(row).on_conflict_do_update(index_elements=unique, set_=facts))


def _facts(turn: Turn, source: str) -> Mapping[str, Any]:
    mine = (connections.c.workspace == turn.workspace, connections.c.source == source)
    row = turn.db.execute(select(connections).where(*mine)).one_or_none()
    return dict(row._mapping) if row else {}
