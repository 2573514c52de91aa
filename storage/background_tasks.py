"""Errands: slow work that turns record and workers do outside any transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    delete,
    or_,
    select,
    update,
)

from storage.base import Id, Json, Key, Moment, metadata
from storage.dialect import skipping_locked, upsert_of
from storage.outbox import AT_ONCE
from storage.writes import Writes

errands = Table(
    "errands",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace", Key, nullable=False),
    Column("name", Key, nullable=False),
    Column("key", Key, nullable=False),
    Column("payload", Json, nullable=False),
    Column("state", String(16), nullable=False),  # due, claimed, done, failed
    Column("attempts", Integer, nullable=False),
    Column("next_at", Moment, nullable=False),
    Column("error", Text),
    UniqueConstraint("workspace", "name", "key"),
    Index(None, "state", "next_at"),
)


@dataclass(frozen=True)
class Errand:
    """Work in a worker's hands; ``attempts`` counts this one."""

    id: int
    workspace: str
    name: str
    payload: Mapping[str, Any]
    attempts: int


def plan(writes: Writes, workspace: str, name: str, key: str, payload: Mapping[str, Any]) -> None:
    """Record work; the same work (workspace, name, key) is recorded once."""
    row = {
        "workspace": workspace,
        "name": name,
        "key": key,
        "payload": dict(payload),
        "state": "due",
        "attempts": 0,
        "next_at": AT_ONCE,
    }
    writes.add(_planned(writes.dialect), row)


@cache
def _planned(dialect: str) -> Any:
    return (
        upsert_of(dialect, errands)
        .inline()
        .on_conflict_do_nothing(index_elements=["workspace", "name", "key"])
    )


def claim(db: Connection, now: datetime, lease: timedelta, most: int) -> list[Errand]:
    """Take work whose hour has come, or whose worker has not come back within its lease."""
    ripe = select(errands.c.id).where(
        or_(errands.c.state == "due", errands.c.state == "claimed"), errands.c.next_at <= now
    )
    ids = skipping_locked(db, ripe.order_by(errands.c.id).limit(most))
    taken = (
        update(errands)
        .where(errands.c.id.in_(ids))
        .values(state="claimed", next_at=now + lease, attempts=errands.c.attempts + 1)
        .returning(
            errands.c.id, errands.c.workspace, errands.c.name, errands.c.payload, errands.c.attempts
        )
    )
    return sorted(
        (Errand(**row._mapping) for row in db.execute(taken)), key=lambda errand: errand.id
    )


def finish(db: Connection, errand: Errand) -> bool:
    """Mark it done; false when another worker was first."""
    return _settle(db, errand, state="done", error=None)


def fail(db: Connection, errand: Errand, error: str) -> bool:
    """Give it up; false when another worker was first."""
    return _settle(db, errand, state="failed", error=error)


def postpone(db: Connection, errand: Errand, at: datetime, error: str) -> None:
    """Try again at ``at``."""
    _settle(db, errand, state="due", next_at=at, error=error)


def forget(db: Connection, workspace: str, state: str, before: datetime, most: int) -> int:
    """Drop at most so many that were settled in this state before a moment; how many that were.

    A settled errand keeps the end of its last lease in ``next_at``: the moment of its settling, or
    minutes after.
    """
    old = (errands.c.workspace == workspace, errands.c.state == state, errands.c.next_at < before)
    ids = select(errands.c.id).where(*old).order_by(errands.c.next_at).limit(most)
    return db.execute(delete(errands).where(errands.c.id.in_(ids))).rowcount


def _settle(db: Connection, errand: Errand, **values: Any) -> bool:
    mine = (
        errands.c.id == errand.id,
        errands.c.state == "claimed",
        errands.c.attempts == errand.attempts,
    )
    return db.execute(update(errands).where(*mine).values(**values)).rowcount == 1
