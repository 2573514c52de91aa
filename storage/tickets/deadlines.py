"""Deadlines of tickets: a row for each promise, with the working time spent on it and when to look
at it next.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    insert,
    select,
    update,
)

from storage.base import Id, Key, Moment, metadata
from storage.statements import Prepared
from storage.tickets.locks import hold_free
from storage.tickets.tickets import Ticket
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
    Column(
        "spent", BigInteger, nullable=False
    ),  # microseconds of working time before ``running_since``
    Column("running_since", Moment),  # none while it stands still
    Column("due_at", Moment),
    Column("next_at", Moment),  # when there is a warning to give, or the breach to tell
    Column("warned_at", Moment),
    Column("breached_at", Moment),
    Column("ended_at", Moment),
    UniqueConstraint("ticket", "kind"),
    Index(None, "workspace", "next_at"),
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


@dataclass(frozen=True)
class Promise:
    """By when it should be done, and whether that was missed: what was missed before a wait stays
    so after it.
    """

    by: datetime
    is_missed: bool


_BEGUN = Prepared(insert(deadlines).inline())
_OF_TICKET = Prepared(
    select(deadlines)
    .where(
        deadlines.c.workspace == bindparam("workspace"), deadlines.c.ticket == bindparam("ticket")
    )
    .order_by(deadlines.c.kind)
)


def begin(turn: Turn, ticket: Ticket, clocks: Mapping[Kind, Mapping[str, Any]]) -> None:
    """The clocks of a new ticket, as they are wound up; what is not told of one is nothing."""
    blank = {column.name: None for column in deadlines.c if column.name != "id"}
    here = {**blank, "workspace": turn.workspace, "ticket": ticket.id, "spent": 0}
    turn.writes.add(
        _BEGUN, *({**here, "kind": kind, **_stored(values)} for kind, values in clocks.items())
    )
    _due_known(turn)[ticket.id] = {
        kind: _promise(turn, values.get("due_at"), None) for kind, values in clocks.items()
    }


def of(turn: Turn, ticket: Ticket) -> list[Deadline]:
    """A ticket's deadlines, the first response before the resolution."""
    rows = _OF_TICKET.rows(turn.db, {"workspace": turn.workspace, "ticket": ticket.id})
    result = [_deadline(row) for row in rows]
    _due_known(turn)[ticket.id] = {
        item.kind: _promise(turn, item.due_at, item.breached_at) for item in result
    }
    return result


def due_of(turn: Turn, ticket: Ticket) -> Mapping[Kind, Promise | None]:
    """When a ticket's promises fall due, as far as their clocks run."""
    due_known = _due_known(turn)
    if ticket.id not in due_known:
        of(turn, ticket)
    return due_known[ticket.id]


def _promise(turn: Turn, due_at: datetime | None, breached_at: datetime | None) -> Promise | None:
    if due_at is None:
        return None
    by = min(due_at, breached_at or due_at)
    return Promise(by, is_missed=by <= turn.now)


def _due_known(turn: Turn) -> dict[int, dict[Kind, Promise | None]]:
    """What this turn has read of it already, for cards in several languages."""
    existing: dict[int, dict[Kind, Promise | None]] = turn.known.setdefault("due", {})
    return existing


def due(turn: Turn, ids: Iterable[int]) -> dict[tuple[int, Kind], Promise]:
    """When the promises of these tickets fall due, as far as their clocks run."""
    wanted = sorted(set(ids))
    running = (deadlines.c.workspace == turn.workspace, deadlines.c.due_at.is_not(None))
    query = select(
        *(deadlines.c[name] for name in ("ticket", "kind", "due_at", "breached_at"))
    ).where(*running)
    return {
        (row.ticket, row.kind): promise
        for start in range(0, len(wanted), _SLICE)
        for row in turn.db.execute(
            query.where(deadlines.c.ticket.in_(wanted[start : start + _SLICE]))
        )
        if (promise := _promise(turn, row.due_at, row.breached_at))
    }


def change(turn: Turn, deadline: Deadline, **values: Any) -> Deadline:
    _due_known(turn).pop(deadline.ticket, None)
    conditions = (deadlines.c.workspace == turn.workspace, deadlines.c.id == deadline.id)
    changed = update(deadlines).where(*conditions).values(_stored(values)).returning(*deadlines.c)
    return _deadline(turn.db.execute(changed).one())


def take_due(turn: Turn, most: int) -> list[Deadline]:
    """Those whose moment has come, each handed to one taker: who takes it decides its next moment.

    Tickets are held before their deadlines, as by everybody else; of those that somebody works on
    the next turn tells.
    """
    ripe = (deadlines.c.workspace == turn.workspace, deadlines.c.next_at <= turn.now)
    due = select(deadlines.c.ticket).where(*ripe).order_by(deadlines.c.next_at).limit(most)
    held = hold_free(turn, turn.db.execute(due).scalars())
    if not held:
        return []
    taken = (
        update(deadlines)
        .where(deadlines.c.ticket.in_(held), *ripe)
        .values(next_at=None)
        .returning(*deadlines.c)
    )
    return sorted(
        (_deadline(row) for row in turn.db.execute(taken)), key=lambda deadline: deadline.id
    )


def _stored(values: Mapping[str, Any]) -> dict[str, Any]:
    """Working time as microseconds."""
    return {
        name: value // _TICK if isinstance(value, timedelta) else value
        for name, value in values.items()
    }


def _deadline(row: Any) -> Deadline:
    facts = row._asdict()
    del facts["workspace"]
    target = None if row.target is None else row.target * _TICK
    return Deadline(**{**facts, "target": target, "spent": row.spent * _TICK})
