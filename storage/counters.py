"""Counters: numbers without gaps, one row a series. The row's lock makes those who count wait for
each other.
"""

from typing import Any

from sqlalchemy import Column, Integer, Table, select, update

from storage.base import Key, metadata
from storage.dialect import upsert_of
from storage.statements import Prepared
from storage.turn import Turn

counters = Table(
    "counters",
    metadata,
    Column("workspace", Key, primary_key=True),
    Column("name", Key, primary_key=True),
    Column("value", Integer, nullable=False),
)


def following(turn: Turn, name: str) -> int:
    """The next number of a series: 1, 2, 3, … A turn that fails gives its number back."""
    row = {"workspace": turn.workspace, "name": name, "value": 1}
    return int(_counted.value(turn.db, row))


@Prepared
def _counted(dialect: str) -> Any:
    first = upsert_of(dialect, counters)
    counted = first.on_conflict_do_update(
        index_elements=["workspace", "name"], set_={"value": counters.c.value + 1}
    )
    return counted.returning(counters.c.value)


def value(turn: Turn, name: str) -> int:
    """How far a series is; 0 before it begins."""
    conditions = (counters.c.workspace == turn.workspace, counters.c.name == name)
    reached = turn.db.execute(select(counters.c.value).where(*conditions)).scalar()
    return int(reached or 0)


def put(turn: Turn, name: str, number: int) -> None:
    """Let a series be that far."""
    row = {"workspace": turn.workspace, "name": name, "value": number}
    kept = upsert_of(turn.db.dialect.name, counters).values(row)
    where = ["workspace", "name"]
    turn.db.execute(kept.on_conflict_do_update(index_elements=where, set_={"value": number}))


def give_back(turn: Turn, name: str) -> None:
    """Undo :func:`following` within the same turn: the number was not needed after all."""
    conditions = (counters.c.workspace == turn.workspace, counters.c.name == name)
    turn.db.execute(update(counters).where(*conditions).values(value=counters.c.value - 1))
