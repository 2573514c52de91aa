"""Lists of tickets: a department's queue, a person's own; every list goes through the gate."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, func, or_, select

from storage.tickets import OPEN, Ticket, Viewer, may_see, participants, ticket_of, tickets
from storage.turn import Turn

_AWAKE = tickets.c.snoozed_until.is_(None)


def queue(turn: Turn, viewer: Viewer, departments: Iterable[str], *, most: int, skip: int = 0) -> list[Ticket]:
    """Open tickets of those of the departments that the viewer works in, the most urgent first, then the oldest."""
    found = select(tickets).where(*_queued(turn, viewer, departments))
    ordered = found.order_by(tickets.c.priority.desc(), tickets.c.id).limit(most).offset(skip)
    return [ticket_of(row) for row in turn.db.execute(ordered)]


def queue_length(turn: Turn, viewer: Viewer, departments: Iterable[str]) -> int:
    counted = select(func.count()).select_from(tickets).where(*_queued(turn, viewer, departments))
    return turn.db.execute(counted).scalar_one()


def mine(turn: Turn, viewer: Viewer, *, most: int, skip: int = 0) -> list[Ticket]:
    """What somebody asked for, or follows: open ones first, the newest first."""
    followed = select(participants.c.ticket).where(
        participants.c.person == viewer.person, participants.c.role == "follower"
    )
    own = or_(tickets.c.requester == viewer.person, tickets.c.author == viewer.person, tickets.c.id.in_(followed))
    found = select(tickets).where(tickets.c.workspace == turn.workspace, own, may_see(viewer))
    ordered = found.order_by(tickets.c.state.in_(OPEN).desc(), tickets.c.id.desc()).limit(most).offset(skip)
    return [ticket_of(row) for row in turn.db.execute(ordered)]


def assigned(turn: Turn, viewer: Viewer, *, most: int) -> list[Ticket]:
    """The open tickets that wait for this person's work, the most urgent first."""
    own = (tickets.c.workspace == turn.workspace, tickets.c.assignee == viewer.person, tickets.c.state.in_(OPEN))
    found = select(tickets).where(*own, _AWAKE, may_see(viewer))
    ordered = found.order_by(tickets.c.priority.desc(), tickets.c.id).limit(most)
    return [ticket_of(row) for row in turn.db.execute(ordered)]


def _queued(turn: Turn, viewer: Viewer, departments: Iterable[str]) -> Sequence[ColumnElement[bool]]:
    inside = sorted(viewer.departments.intersection(departments))
    return (
        tickets.c.workspace == turn.workspace,
        tickets.c.department.in_(inside),
        tickets.c.state.in_(OPEN),
        _AWAKE,
        may_see(viewer),
    )
