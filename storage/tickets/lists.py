"""Lists of tickets: a department's queue, a person's own; every list goes through the gate."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select, union, union_all

from storage.tickets.deadlines import deadlines
from storage.tickets.tickets import (
    OPEN,
    Ticket,
    in_queue,
    may_change,
    may_see,
    participants,
    ticket_of,
    tickets,
)
from storage.tickets.viewers import Viewer
from storage.turn import Turn

Which = Literal["all", "mine", "unassigned", "late"]


@dataclass(frozen=True)
class Head:
    """The beginning of a list, and how many it has in all."""

    tickets: list[Ticket]
    in_all: int

    @property
    def left_out(self) -> int:
        return self.in_all - len(self.tickets)


def queue(
    turn: Turn,
    viewer: Viewer,
    departments: Iterable[str],
    *,
    which: Which = "all",
    most: int,
    skip: int = 0,
) -> list[Ticket]:
    """What waits in those of the departments that the viewer works in, the most urgent first, then
    the oldest.
    """
    heads = [
        _queued(turn, department)
        .where(*_of(turn, viewer, which))
        .order_by(tickets.c.priority.desc(), tickets.c.id)
        .limit(most + skip)
        .subquery()
        for department in _own(viewer, departments)
    ]
    if not heads:
        return []
    merged = union_all(
        *(select(head) for head in heads)
    ).subquery()  # each is read from the index as far as needed
    query = select(merged).order_by(merged.c.priority.desc(), merged.c.id).limit(most).offset(skip)
    return [ticket_of(row) for row in turn.db.execute(query)]


def queue_length(
    turn: Turn, viewer: Viewer, departments: Iterable[str], *, which: Which = "all"
) -> int:
    some = _of(turn, viewer, which)
    counts = (
        select(func.count()).select_from(_queued(turn, department).where(*some).subquery())
        for department in _own(viewer, departments)
    )
    return sum(turn.db.execute(count).scalar_one() for count in counts)


def mine(turn: Turn, viewer: Viewer, *, most: int, skip: int = 0) -> list[Ticket]:
    """What somebody asked for, or follows: open ones first, the newest first."""
    ordered = (
        _asked_for(turn, viewer)
        .order_by(tickets.c.state.in_(OPEN).desc(), tickets.c.id.desc())
        .limit(most)
        .offset(skip)
    )
    return [ticket_of(row) for row in turn.db.execute(ordered)]


def asked_of(turn: Turn, viewer: Viewer, *, most: int, skip: int = 0) -> Head:
    """Somebody's own that wait for their answer, the newest first."""
    query = _asked_for(turn, viewer).where(tickets.c.state.in_(OPEN), _waits_for(viewer))
    return _head(turn, query.order_by(tickets.c.id.desc()), most, skip)


def under_way(turn: Turn, viewer: Viewer, *, most: int) -> Head:
    """The open ones among what somebody asked for, or follows, that do not wait for their answer;
    the newest first.
    """
    query = _asked_for(turn, viewer).where(tickets.c.state.in_(OPEN), not_(_waits_for(viewer)))
    return _head(turn, query.order_by(tickets.c.id.desc()), most)


def own_open(turn: Turn, viewer: Viewer, *, most: int) -> list[Ticket]:
    """Somebody's own open ones: those that wait for their answer first, then the newest."""
    own = (tickets.c.workspace == turn.workspace, tickets.c.requester == viewer.person)
    query = select(tickets).where(*own, tickets.c.state.in_(OPEN), may_see(turn, viewer))
    ordered = query.order_by(_waits_for(viewer).desc(), tickets.c.id.desc()).limit(most)
    return [ticket_of(row) for row in turn.db.execute(ordered)]


def _asked_for(turn: Turn, viewer: Viewer) -> Select[Any]:
    """What somebody asked for, or follows; each way has its index."""
    here = tickets.c.workspace == turn.workspace
    conditions = (
        select(tickets.c.id).where(here, tickets.c.requester == viewer.person),
        select(tickets.c.id).where(here, tickets.c.author == viewer.person),
        select(participants.c.ticket).where(
            participants.c.person == viewer.person, participants.c.role == "follower"
        ),
    )
    checked = (
        func.coalesce(tickets.c.workspace, "") == turn.workspace
    )  # no way in: SQLite would read all tickets
    return select(tickets).where(
        checked, tickets.c.id.in_(union(*conditions)), may_see(turn, viewer)
    )


def _waits_for(viewer: Viewer) -> ColumnElement[bool]:
    """Whether a ticket waits for this requester's answer; never NULL: it is negated too."""
    waits = func.coalesce(tickets.c.waiting_for, "") == "requester"
    return and_(tickets.c.requester == viewer.person, waits)


def assigned(turn: Turn, viewer: Viewer, *, most: int) -> Head:
    """The open tickets that wait for this person's work, the most urgent first."""
    conditions = (
        tickets.c.workspace == turn.workspace,
        tickets.c.assignee == viewer.person,
        in_queue(),
    )
    query = select(tickets).where(*conditions, may_change(viewer))
    return _head(turn, query.order_by(tickets.c.priority.desc(), tickets.c.id), most)


def _head(turn: Turn, query: Select[Any], most: int, skip: int = 0) -> Head:
    """Counted by the database in the same question."""
    counted = query.add_columns(func.count().over().label("in_all")).limit(most).offset(skip)
    rows = turn.db.execute(counted).all()
    return Head([ticket_of(row) for row in rows], rows[0].in_all if rows else 0)


def open_private(turn: Turn, departments: Iterable[str]) -> list[Ticket]:
    """The private tickets on which these departments work, for the bot's own cards."""
    conditions = (tickets.c.workspace == turn.workspace, tickets.c.department.in_(set(departments)))
    query = select(tickets).where(
        *conditions, tickets.c.is_private.is_(True), tickets.c.state.in_(OPEN)
    )
    return [ticket_of(row) for row in turn.db.execute(query.order_by(tickets.c.id))]


def left_behind(turn: Turn, departments: Iterable[str]) -> list[tuple[str, int]]:
    """Departments beside these with open tickets that nobody has, and how many."""
    free = (
        tickets.c.workspace == turn.workspace,
        tickets.c.state.in_(OPEN),
        tickets.c.assignee.is_(None),
    )
    counted = select(tickets.c.department, func.count().label("open")).where(*free)
    unknown = counted.where(tickets.c.department.not_in(set(departments))).group_by(
        tickets.c.department
    )
    return [
        (row.department, row.open)
        for row in turn.db.execute(unknown.order_by(tickets.c.department))
    ]


def _own(viewer: Viewer, departments: Iterable[str]) -> list[str]:
    """The gate of queues: only those that the viewer works."""
    return sorted(viewer.departments.intersection(departments))


def _queued(turn: Turn, department: str) -> Select[tuple[object, ...]]:
    here = (tickets.c.workspace == turn.workspace, tickets.c.department == department)
    return select(tickets).where(*here, in_queue())


def _of(turn: Turn, viewer: Viewer, which: Which) -> list[ColumnElement[bool]]:
    """What narrows a queue: to the viewer's own, to nobody's, to those with a missed promise."""
    match which:
        case "mine":
            return [tickets.c.assignee == viewer.person]
        case "unassigned":
            return [tickets.c.assignee.is_(None)]
        case "late":
            missed = or_(deadlines.c.breached_at.is_not(None), deadlines.c.due_at < turn.now)
            here = (deadlines.c.workspace == turn.workspace, deadlines.c.ended_at.is_(None))
            return [tickets.c.id.in_(select(deadlines.c.ticket).where(*here, missed))]
        case _:
            return []


def id_of(turn: Turn, number: int) -> int:
    """The id of a ticket by its number, for the command line; KeyError where there is none."""
    conditions = (tickets.c.workspace == turn.workspace, tickets.c.number == number)
    row = turn.db.execute(select(tickets.c.id).where(*conditions)).scalar_one_or_none()
    if row is None:
        raise KeyError(number)
    return int(row)
