"""Deliveries that changed something, and what was answered; by them a request is idempotent.

A retry of Slack, which brings the same delivery again, gets the same answer and changes nothing.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, Text, bindparam, delete, func, insert, select

from storage.base import Json, Key, Moment, metadata
from storage.statements import Prepared
from storage.turn import Turn

deliveries = Table(
    "deliveries",
    metadata,
    Column("workspace", Key, primary_key=True),
    Column("key", Key, primary_key=True),
    Column("answer", Json, nullable=False),
    Column("at", Moment, nullable=False, index=True),
)


_ANSWER = Prepared(
    select(deliveries.c.answer).where(
        deliveries.c.workspace == bindparam("workspace"), deliveries.c.key == bindparam("wanted")
    )
)
_HELD = Prepared(
    select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("copies", type_=Text), 0)))
)
_NOTED = Prepared(insert(deliveries).inline())


def answer_to(turn: Turn, key: str) -> Mapping[str, Any] | None:
    """What this delivery was answered before, or None. Another copy of it waits here until the turn
    ends.
    """
    if turn.db.dialect.name == "postgresql":  # SQLite has one writer at a time anyway
        _HELD.rows(turn.db, {"copies": f"{turn.workspace} {key}"})
    answer: Mapping[str, Any] | None = _ANSWER.value(
        turn.db, {"workspace": turn.workspace, "wanted": key}
    )
    return answer


def note(turn: Turn, key: str, answer: Mapping[str, Any]) -> None:
    """Remember the answer; a second note of the same key fails, and its turn with it."""
    turn.writes.add(
        _NOTED, {"workspace": turn.workspace, "key": key, "answer": dict(answer), "at": turn.now}
    )


def forget(turn: Turn, before: datetime) -> None:
    """Drop what Slack will not deliver again."""
    turn.db.execute(
        delete(deliveries).where(deliveries.c.workspace == turn.workspace, deliveries.c.at < before)
    )
