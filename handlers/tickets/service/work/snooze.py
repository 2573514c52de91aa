"""Tickets that rest: snoozed until a day or until something happens; and those that close by
themselves.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.kit.errors import Problem
from handlers.tickets.model import states
from handlers.tickets.service import gate
from handlers.tickets.service.conversation import notifications
from handlers.tickets.service.follow_up import settle
from storage.tickets import deadlines, tickets
from storage.tickets.tickets import Ticket
from storage.turn import Turn

UNTIL_SOMETHING_HAPPENS = datetime(9999, 1, 1, tzinfo=UTC)
_MORNING = time(8)
_BATCH = 200


class NotAhead(Problem):
    sentence = "Choose a day after today."
    field = "until"


def soon(turn: Turn, preset: str) -> date | datetime | None:
    """In two hours, tomorrow or on Monday, where the actor is; None where none is chosen."""
    today = turn.now.astimezone(ZoneInfo(turn.actor.timezone)).date()
    match preset:
        case "hours":
            return turn.now + timedelta(hours=2)
        case "tomorrow":
            return today + timedelta(days=1)
        case "monday":
            return today + timedelta(days=7 - today.weekday())
        case _:
            return None


def snooze(turn: Turn, id: int, until: date | datetime | None) -> Ticket:
    """Out of the queue until a moment, the morning of a day (where the actor is), or until the
    requester writes.
    """
    ticket = gate.to_work_on(turn, id)
    states.after("snooze", ticket, gate.number(turn, ticket))
    moment = UNTIL_SOMETHING_HAPPENS
    if isinstance(until, datetime):
        moment = until
    elif until:
        moment = datetime.combine(until, _MORNING, ZoneInfo(turn.actor.timezone)).astimezone(UTC)
        if moment <= turn.now:
            raise NotAhead()
    turn.record("ticket.snoozed", ticket.key)
    return settle(turn, tickets.change(turn, ticket, snoozed_until=moment))


def missed_meanwhile(turn: Turn, ticket: Ticket) -> datetime | None:
    """The first promise that is missed while it rests; the lead hears of it then."""
    until = ticket.snoozed_until
    promises = [promise for promise in deadlines.due_of(turn, ticket).values() if promise]
    missed = [each.by for each in promises if not each.is_missed and until and each.by < until]
    return min(missed, default=None)


def wake_up(turn: Turn, id: int) -> Ticket:
    """An agent wants it back in the queue now."""
    return settle(turn, wake(turn, gate.to_work_on(turn, id)))


def wake(turn: Turn, ticket: Ticket) -> Ticket:
    """Something happened: it is in the queue again."""
    if ticket.snoozed_until is None:
        return ticket
    turn.record("ticket.woken", ticket.key)
    return tickets.change(turn, ticket, snoozed_until=None)


def wake_due(turn: Turn) -> None:
    """The clock's own work: the day has come for these."""
    for id in tickets.due_to_wake(turn, _BATCH):
        ticket = wake(turn, tickets.of_system(turn, id))
        notifications.woken(turn, ticket)
        settle(turn, ticket)


def close_due(turn: Turn) -> None:
    """The clock's own work: resolved long enough, and nobody objected."""
    before = turn.now - timedelta(days=turn.catalogue.tickets.reopen_days)
    for id in tickets.due_to_close(turn, before, _BATCH):
        ticket = tickets.of_system(turn, id)
        state = states.after("close", ticket, gate.number(turn, ticket))
        ticket = tickets.change(turn, ticket, state=state, ended_at=turn.now)
        turn.record("ticket.closed", ticket.key)
        settle(turn, ticket)
