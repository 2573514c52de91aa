"""Service levels: promises in working time, standing still while a ticket waits, with a warning
before the breach.

A clock's state follows from the ticket alone, so every change of a ticket ends with :func:`follow`.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.kit.catalogue import Targets
from bot.kit.working_time import WorkCalendar, work_calendar
from handlers.tickets.service import cards
from handlers.tickets.service.conversation import target_notices
from storage.tickets import deadlines, tickets
from storage.tickets.deadlines import Deadline, Kind
from storage.tickets.tickets import Ticket
from storage.turn import Turn

_KINDS: tuple[Kind, Kind] = ("first_response", "resolution")
_BATCH = 200


@dataclass(frozen=True)
class _Clock:
    """How a deadline stands for a ticket as it is now."""

    target: timedelta | None
    is_running: bool
    has_ended: bool


def begin(turn: Turn, ticket: Ticket) -> None:
    """The clocks of a new ticket."""
    calendar = _calendar(turn, ticket)
    clocks = {}
    for kind in _KINDS:
        wound_up = Deadline(0, ticket.id, kind, None, timedelta(), *[None] * 6)
        clocks[kind] = _now(turn, wound_up, _clock(turn, ticket, kind), calendar, calendar)
    deadlines.begin(turn, ticket, clocks)


def follow(turn: Turn, ticket: Ticket, was: Ticket | None = None) -> None:
    """The clocks go, stand still or end as the ticket does; ``was`` is how it was, where its
    calendar differs.
    """
    old, new = _calendar(turn, was or ticket), _calendar(turn, ticket)
    for deadline in deadlines.of(turn, ticket):
        clock = _still_missed(deadline, _clock(turn, ticket, deadline.kind))
        if old is not new or _differs(deadline, clock):
            _set(turn, deadline, clock, old, new)


def spent(turn: Turn, ticket: Ticket, deadline: Deadline) -> timedelta:
    """The working time that a promise has cost until now."""
    return _spent(deadline, _calendar(turn, ticket), turn.now)


def tell_due(turn: Turn) -> None:
    """The clock's own work: warnings before, and what is missed."""
    near, missed = [], []
    for deadline in deadlines.take_due(turn, _BATCH):
        ticket = tickets.of_system(turn, deadline.ticket)
        if deadline.due_at is None:
            continue
        if turn.now >= deadline.due_at:
            deadlines.change(turn, deadline, breached_at=turn.now)
            turn.record("ticket.target_missed", ticket.key, kind=deadline.kind)
            missed.append((ticket, deadline))
            cards.show_triage(turn, ticket)
        else:
            deadlines.change(turn, deadline, warned_at=turn.now, next_at=deadline.due_at)
            turn.record("ticket.target_near", ticket.key, kind=deadline.kind)
            near.append((ticket, deadline))
    target_notices.near(turn, near)
    target_notices.missed(turn, missed)


def _clock(turn: Turn, ticket: Ticket, kind: Kind) -> _Clock:
    type_ = turn.catalogue.request_types.get(ticket.request_type)
    promised: Targets | None = getattr(type_, kind) if type_ else None
    has_ended = not ticket.is_open or (kind == "first_response" and ticket.answered_at is not None)
    return _Clock(
        target=promised.of(ticket.priority) if promised else None,
        is_running=not has_ended and ticket.state != "waiting",
        has_ended=has_ended,
    )


def _still_missed(deadline: Deadline, clock: _Clock) -> _Clock:
    """What was missed stays missed when more time is given afterwards."""
    promised = deadline.target
    if deadline.breached_at is None or promised is None:
        return clock
    has_more_time = clock.target is None or clock.target > promised
    return replace(clock, target=promised) if has_more_time else clock


def _differs(deadline: Deadline, clock: _Clock) -> bool:
    now = (deadline.target, deadline.running_since is not None, deadline.ended_at is not None)
    return now != (clock.target, clock.is_running, clock.has_ended)


def _set(
    turn: Turn,
    deadline: Deadline,
    clock: _Clock,
    old: WorkCalendar | None,
    new: WorkCalendar | None,
) -> None:
    deadlines.change(turn, deadline, **_now(turn, deadline, clock, old, new))


def _now(
    turn: Turn,
    deadline: Deadline,
    clock: _Clock,
    old: WorkCalendar | None,
    new: WorkCalendar | None,
) -> dict[str, Any]:
    """What a deadline becomes as its clock stands now."""
    used = _spent(deadline, old, turn.now)
    if clock.target != deadline.target:  # another promise: it can be near, and missed, anew
        deadline = replace(deadline, warned_at=None, breached_at=None)
    due = (
        new.add(turn.now, max(clock.target - used, timedelta()))
        if new and clock.target and clock.is_running
        else None
    )
    return {
        "target": clock.target,
        "spent": used,
        "running_since": turn.now if clock.is_running else None,
        "due_at": due,
        "next_at": _next(turn, deadline, clock, due, new),
        "warned_at": deadline.warned_at,
        "breached_at": deadline.breached_at,
        "ended_at": (deadline.ended_at or turn.now) if clock.has_ended else None,
    }


def _next(
    turn: Turn,
    deadline: Deadline,
    clock: _Clock,
    due: datetime | None,
    calendar: WorkCalendar | None,
) -> datetime | None:
    """The warning, else the breach; none after that."""
    if due is None or calendar is None or clock.target is None or deadline.breached_at:
        return None
    if deadline.warned_at:
        return due
    return max(
        calendar.add(due, -min(turn.catalogue.tickets.warn_before, clock.target / 2)), turn.now
    )


def _spent(deadline: Deadline, calendar: WorkCalendar | None, now: datetime) -> timedelta:
    if deadline.running_since is None or calendar is None:
        return deadline.spent
    return deadline.spent + calendar.between(deadline.running_since, now)


def _calendar(turn: Turn, ticket: Ticket) -> WorkCalendar | None:
    """When the department works; none for one that the catalogue has no more."""
    if ticket.department not in turn.catalogue.departments:
        return None
    return work_calendar(turn.catalogue.calendar_of(ticket.department))
