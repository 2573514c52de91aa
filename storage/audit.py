"""Audit: what happened, append-only. Rows hold opaque ids and codes."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Index, Row, Table, insert, select

from storage.base import Id, Json, Key, Moment, metadata
from storage.dialect import among
from storage.statements import Prepared, Writes

events = Table(
    "events",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace", Key, nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor", Key, nullable=False),
    Column("event", Key, nullable=False),
    Column("subject", Key, nullable=False),
    Column("facts", Json, nullable=False),
    Index(None, "workspace", "subject", "id"),
)


_APPENDED = Prepared(insert(events).inline())


def append(
    writes: Writes,
    workspace: str,
    at: datetime,
    actor: str,
    event: str,
    subject: str,
    facts: Mapping[str, Any],
) -> None:
    """Add one event; it commits with the change that it tells of."""
    row = {
        "workspace": workspace,
        "at": at,
        "actor": actor,
        "event": event,
        "subject": subject,
        "facts": dict(facts),
    }
    writes.add(_APPENDED, row)


def history(db: Connection, workspace: str, subject: str) -> list[Row[Any]]:
    """The events of one subject, oldest first: rows of ``at, actor, event, facts``."""
    query = select(events.c.at, events.c.actor, events.c.event, events.c.facts).where(
        events.c.workspace == workspace, events.c.subject == subject
    )
    return list(db.execute(query.order_by(events.c.id)))


def noted(db: Connection, workspace: str, event: str, subjects: Collection[str]) -> list[Row[Any]]:
    """The events of one kind about any of these: rows of ``subject, facts``."""
    query = select(events.c.subject, events.c.facts).where(
        events.c.workspace == workspace, among(events.c.subject, subjects), events.c.event == event
    )
    return list(db.execute(query))
