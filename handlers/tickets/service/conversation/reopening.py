"""How a ticket turns when somebody speaks: waits end, resolved tickets are opened again, or a new
one follows.
"""

from datetime import timedelta
from typing import Any

from handlers.people.service import roles
from handlers.tickets.model import pleasantries, states
from handlers.tickets.service import cards, gate
from handlers.tickets.service.follow_up import settle
from handlers.tickets.service.submission import submit
from handlers.tickets.service.work import approval, snooze
from storage.tickets import tickets
from storage.tickets.messages import Message
from storage.tickets.tickets import Request, Ticket
from storage.turn import Turn


def agent_spoke(turn: Turn, ticket: Ticket, message: Message) -> Ticket:
    """The first word to the requester is the first response; whoever says it has the ticket, where
    nobody had it.
    """
    changed: dict[str, Any] = {}
    if ticket.answered_at is None:
        changed["answered_at"] = turn.now
    if ticket.is_open and ticket.assignee is None and _may_have(turn, ticket):
        state = states.after("take", ticket, gate.number(turn, ticket))
        changed |= {"state": state, "assignee": turn.actor.id, "assigned_at": turn.now}
        turn.record("ticket.taken", ticket.key)
    return settle(turn, tickets.change(turn, ticket, **changed)) if changed else ticket


def _may_have(turn: Turn, ticket: Ticket) -> bool:
    return turn.actor.id != ticket.requester and roles.is_agent(turn, ticket.department)


def requester_spoke(turn: Turn, ticket: Ticket, message: Message) -> Ticket:
    """It wakes, a wait for them ends; more than a thanks after the end opens it again, or a new
    one.
    """
    if ticket.is_open:
        rests = ticket.snoozed_until or ticket.waiting_for == "requester"
        return requester_came_back(turn, ticket) if rests else ticket
    if pleasantries.is_pleasantry(message.text) and not message.files:
        return ticket
    if ticket.state != "cancelled" and may_reopen(turn, ticket):
        return reopen(turn, ticket)
    if turn.actor.id == ticket.requester:
        return follow_up(turn, ticket, f"after:{message.id}", message.text)
    return ticket


def follow_up(turn: Turn, ticket: Ticket, origin: str, text: str) -> Ticket:
    """A new ticket after one that ended too long ago to be opened again; the two know of each
    other.
    """
    return submit(
        turn,
        Request(
            origin=origin,
            request_type=ticket.request_type,
            subject=ticket.subject,
            description=text,
            requester=ticket.requester,
            channel=ticket.channel,
            thread_ts=ticket.thread_ts,
            linked_to=ticket.id,
            is_private=ticket.is_private,
        ),
    )


def requester_came_back(turn: Turn, ticket: Ticket) -> Ticket:
    """It wakes, and a wait for the requester ends: who wanted changes is asked again."""
    changed = snooze.wake(turn, ticket)
    if ticket.state == "waiting" and ticket.waiting_for == "requester":
        state = states.after("answer", ticket, gate.number(turn, ticket))
        changed = tickets.change(turn, changed, state=state, waiting_for=None)
        turn.record("ticket.answered", ticket.key)
        changed = approval.ask_again(turn, changed)
    return settle(turn, changed)


def may_reopen(turn: Turn, ticket: Ticket) -> bool:
    """Whether it can still be opened again, and not only be followed by a new one: never what was
    refused.
    """
    grace = timedelta(days=turn.catalogue.tickets.reopen_days)
    ended = ticket.resolved_at or ticket.ended_at
    is_ended = states.is_possible("reopen", ticket) and ended is not None
    is_in_time = ended is not None and turn.now <= ended + grace
    return is_ended and is_in_time and not cards.is_refused(turn, ticket)


def reopen(turn: Turn, ticket: Ticket) -> Ticket:
    """Somebody works on it again; one that nobody had is new, and one whose approval was taken
    back, or given to what has been changed since, is approved anew.
    """
    was_cancelled = ticket.state == "cancelled"
    move: states.Move = "restore" if was_cancelled and ticket.assignee is None else "reopen"
    state = states.after(move, ticket, gate.number(turn, ticket))
    ticket = tickets.change(
        turn, ticket, state=state, resolved_at=None, ended_at=None, rating=None, rating_comment=None
    )
    turn.record("ticket.reopened", ticket.key)
    return settle(turn, approval.begin_anew(turn, ticket))
