"""Files that somebody was asked to bring by a day."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    Date,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
    select,
    update,
)

from storage.base import Id, Key, Moment, metadata
from storage.dialect import skipping_locked, upsert
from storage.turn import Turn

wanted_files = Table(
    "wanted_files",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace", Key, nullable=False),
    Column("origin", Key, nullable=False),  # the form that asked: it asks once
    Column("requester", Key, nullable=False),
    Column("holder", Key, nullable=False),  # who is to bring it
    Column("what", Text, nullable=False),
    Column("kind", Key, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("state", String(16), nullable=False),  # open, brought, declined, cancelled, unbrought
    Column("next_at", Moment, nullable=False),  # when the holder is reminded
    Column("asked_at", Moment, nullable=False),
    Column("document", Id),
    UniqueConstraint("workspace", "origin"),
    Index(None, "workspace", "state", "next_at"),
)


@dataclass(frozen=True)
class Wanted:
    """A file that somebody is to bring."""

    id: int
    requester: str
    holder: str
    what: str
    kind: str
    due_on: date
    state: str
    next_at: datetime
    document: int | None


_COLUMNS = [wanted_files.c[name] for name in Wanted.__dataclass_fields__]


def add(turn: Turn, **facts: Any) -> int | None:
    """Note that the actor wants a file; its id, or None where this form asked before."""
    row = {
        **facts,
        "workspace": turn.workspace,
        "requester": turn.actor.id,
        "state": "open",
        "asked_at": turn.now,
    }
    written = upsert(turn.db, wanted_files).values(row)
    once = written.on_conflict_do_nothing(index_elements=["workspace", "origin"])
    added: int | None = turn.db.execute(once.returning(wanted_files.c.id)).scalar()
    return added


def get(turn: Turn, wanted: int) -> Wanted | None:
    this = (wanted_files.c.workspace == turn.workspace, wanted_files.c.id == wanted)
    row = turn.db.execute(select(*_COLUMNS).where(*this)).one_or_none()
    return Wanted(**row._mapping) if row else None


def due(turn: Turn, most: int) -> list[Wanted]:
    """Those whose holder is to be reminded now."""
    ripe = (
        wanted_files.c.workspace == turn.workspace,
        wanted_files.c.state == "open",
        wanted_files.c.next_at <= turn.now,
    )
    oldest = select(*_COLUMNS).where(*ripe).order_by(wanted_files.c.next_at).limit(most)
    rows = skipping_locked(turn.db, oldest)
    return [Wanted(**row._mapping) for row in rows]


def remind_at(turn: Turn, wanted: int, moment: datetime) -> None:
    """The holder is reminded next at this moment."""
    this = (wanted_files.c.workspace == turn.workspace, wanted_files.c.id == wanted)
    turn.db.execute(update(wanted_files).where(*this).values(next_at=moment))


def settle(turn: Turn, wanted: int, state: str, document: int | None = None) -> bool:
    """It is no longer open; false where it was not any more."""
    still_open = (
        wanted_files.c.workspace == turn.workspace,
        wanted_files.c.id == wanted,
        wanted_files.c.state == "open",
    )
    settled = update(wanted_files).where(*still_open).values(state=state, document=document)
    return turn.db.execute(settled).rowcount == 1
