"""Deadlines of tickets: a row for each promise, with the working time spent on it and when to look at it next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import BigInteger, Column, ForeignKey, Index, String, Table, UniqueConstraint, insert, select, update

from storage.base import Id, Key, Moment, metadata
from storage.dialect import skipping_locked
from storage.tickets import Ticket
from storage.turn import Turn

Kind = Literal["first_response", "resolution"]

_TICK = timedelta(microseconds=1)
_SLICE = 5000  # ids in one question: databases take so many and no more

deadlines = Table(
    "ticket_deadlines",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace", Key, nullable=False),
    Column("ticket", Id, ForeignKey("tickets.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("target", BigInteger),  # microseconds of working time; none where nothing is promised
    Column("spent", BigInteger, nullable=False),  # microseconds of working time before ``running_since``
    Column("running_since", Moment),  # none while it stands still
    Column("due_at", Moment),
    Column("next_at", Moment),  # when there is a warning to give, or the breach to tell
    Column("warned_at", Moment),
    Column("breached_at", Moment),
    Column("ended_at", Moment),
    UniqueConstraint("ticket", "kind"),
    Index(None, "workspace", "next_at"),
    Index(None, "workspace", "kind", "ended_at"),
)


@dataclass(frozen=True)
class Deadline:
    """A promise to the requester."""

    id: int
    ticket: int
    kind: Kind
    target: timedelta | None
    spent: timedelta
    running_since: datetime | None
    due_at: datetime | None
    next_at: datetime | None
    warned_at: datetime | None
    breached_at: datetime | None
    ended_at: datetime | None


def begin(turn: Turn, ticket: Ticket, kind: Kind, **values: Any) -> Deadline:
    """A clock that is wound up; it stands still unless told."""
    row = {"workspace": turn.workspace, "ticket": ticket.id, "kind": kind, "spent": 0, **_stored(values)}
    return _deadline(turn.db.execute(insert(deadlines).values(row).returning(*deadlines.c)).one())


def of(turn: Turn, ticket: Ticket) -> list[Deadline]:
    """A ticket's deadlines, the first response before the resolution."""
    mine = (deadlines.c.workspace == turn.workspace, deadlines.c.ticket == ticket.id)
    return [_deadline(row) for row in turn.db.execute(select(deadlines).where(*mine).order_by(deadlines.c.kind))]


def due(turn: Turn, ids: Iterable[int]) -> dict[tuple[int, Kind], datetime]:
    """When the promises of these tickets fall due, as far as their clocks run."""
    wanted = sorted(set(ids))
    running = (deadlines.c.workspace == turn.workspace, deadlines.c.due_at.is_not(None))
    found = select(deadlines.c.ticket, deadlines.c.kind, deadlines.c.due_at).where(*running)
    return {
        (row.ticket, row.kind): row.due_at
        for start in range(0, len(wanted), _SLICE)
        for row in turn.db.execute(found.where(deadlines.c.ticket.in_(wanted[start : start + _SLICE])))
    }


def change(turn: Turn, deadline: Deadline, **values: Any) -> Deadline:
    mine = (deadlines.c.workspace == turn.workspace, deadlines.c.id == deadline.id)
    changed = update(deadlines).where(*mine).values(_stored(values)).returning(*deadlines.c)
    return _deadline(turn.db.execute(changed).one())


def take_due(turn: Turn, most: int) -> list[Deadline]:
    """Those whose moment has come, each handed to one taker: who takes it decides its next moment."""
    due = select(deadlines.c.id).where(deadlines.c.workspace == turn.workspace, deadlines.c.next_at <= turn.now)
    ids = turn.db.execute(skipping_locked(turn.db, due.order_by(deadlines.c.next_at).limit(most))).scalars().all()
    if not ids:
        return []
    taken = update(deadlines).where(deadlines.c.id.in_(ids)).values(next_at=None).returning(*deadlines.c)
    return sorted((_deadline(row) for row in turn.db.execute(taken)), key=lambda deadline: deadline.id)


def _stored(values: dict[str, Any]) -> dict[str, Any]:
    """Working time as microseconds."""
    return {name: value // _TICK if isinstance(value, timedelta) else value for name, value in values.items()}


def _deadline(row: Any) -> Deadline:
    facts = {name: value for name, value in row._mapping.items() if name in Deadline.__dataclass_fields__}
    target = None if row.target is None else row.target * _TICK
    return Deadline(**{**facts, "target": target, "spent": row.spent * _TICK})
