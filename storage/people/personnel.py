"""Personnel files: what a certificate says of an employee, as HR imported it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Table, select

from storage.base import Json, Key, Moment, metadata
from storage.dialect import upsert
from storage.turn import Turn

personnel_files = Table(
    "personnel_files",
    metadata,
    Column("workspace", Key, primary_key=True),
    Column("person", Key, primary_key=True),
    Column("facts", Json, nullable=False),
    Column("by_person", Key, nullable=False),
    Column("at", Moment, nullable=False),
)


def get(turn: Turn, person: str) -> dict[str, Any] | None:
    """The facts of somebody's file, or None where there is none."""
    conditions = (
        personnel_files.c.workspace == turn.workspace,
        personnel_files.c.person == person,
    )
    facts = turn.db.execute(select(personnel_files.c.facts).where(*conditions)).scalar_one_or_none()
    return None if facts is None else dict(facts)


def save(turn: Turn, person: str, facts: Mapping[str, Any]) -> None:
    """The file as it stands from now on."""
    row = {
        "workspace": turn.workspace,
        "person": person,
        "facts": dict(facts),
        "by_person": turn.actor.id,
        "at": turn.now,
    }
    kept = upsert(turn.db, personnel_files).values(row)
    turn.db.execute(kept.on_conflict_do_update(index_elements=["workspace", "person"], set_=row))
