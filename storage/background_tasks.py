"""Background tasks: slow work that turns record and workers do outside any transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
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
    select,
    update,
)

from storage.base import Id, Json, Key, Moment, metadata
from storage.dialect import among, skipping_locked, upsert_of
from storage.outbox import AT_ONCE
from storage.statements import Prepared, Writes

tasks = Table(
    "background_tasks",
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
    Index(None, "state", "next_at", "id"),
)


@dataclass(frozen=True)
class Task:
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
    writes.add(_planned, row)


@Prepared
def _planned(dialect: str) -> Any:
    return (
        upsert_of(dialect, tasks)
        .inline()
        .on_conflict_do_nothing(index_elements=["workspace", "name", "key"])
    )


def claim(db: Connection, now: datetime, lease: timedelta, most: int) -> list[Task]:
    """Take work whose hour has come, or whose worker has not come back within its lease."""
    taken = _take(db, "claimed", now, lease, most)
    if len(taken) < most:
        taken += _take(db, "due", now, lease, most - len(taken))
    return sorted(taken, key=lambda task: task.id)


def _take(db: Connection, state: str, now: datetime, lease: timedelta, most: int) -> list[Task]:
    """The first of one state, along its index: however many wait behind them costs nothing."""
    ripe = (
        select(tasks.c.id)
        .where(tasks.c.state == state, tasks.c.next_at <= now)
        .order_by(tasks.c.next_at, tasks.c.id)
        .limit(most)
    )
    ids = skipping_locked(db, ripe).scalars().all()
    if not ids:
        return []
    taken = (
        update(tasks)
        .where(among(tasks.c.id, ids))
        .values(state="claimed", next_at=now + lease, attempts=tasks.c.attempts + 1)
        .returning(tasks.c.id, tasks.c.workspace, tasks.c.name, tasks.c.payload, tasks.c.attempts)
    )
    return [Task(**row._mapping) for row in db.execute(taken)]


def finish(db: Connection, task: Task) -> bool:
    """Mark it done; false when another worker was first."""
    return _settle(db, task, state="done", error=None)


def fail(db: Connection, task: Task, error: str) -> bool:
    """Give it up; false when another worker was first."""
    return _settle(db, task, state="failed", error=error)


def postpone(db: Connection, task: Task, at: datetime, error: str) -> None:
    """Try again at ``at``."""
    _settle(db, task, state="due", next_at=at, error=error)


def forget(db: Connection, workspace: str, state: str, before: datetime, most: int) -> int:
    """Drop at most so many that were settled in this state before a moment; how many that were.

    A settled background task keeps the end of its last lease in ``next_at``: the moment of its
    settling, or minutes after.
    """
    old = (tasks.c.workspace == workspace, tasks.c.state == state, tasks.c.next_at < before)
    ids = select(tasks.c.id).where(*old).order_by(tasks.c.next_at).limit(most)
    return db.execute(delete(tasks).where(tasks.c.id.in_(ids))).rowcount


def _settle(db: Connection, task: Task, **values: Any) -> bool:
    conditions = (
        tasks.c.id == task.id,
        tasks.c.state == "claimed",
        tasks.c.attempts == task.attempts,
    )
    return db.execute(update(tasks).where(*conditions).values(**values)).rowcount == 1
