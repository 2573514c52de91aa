"""Working on a ticket: take it, resolve it."""

from bot.kit.errors import Problem
from handlers.tickets import states
from handlers.tickets.service import cards, gate, telling
from storage import people, tickets
from storage.tickets import Ticket
from storage.turn import Turn


class AlreadyTaken(Problem):
    """Somebody was first."""

    sentence = "{agent} was first: {number} is already taken."


class YoursAlready(Problem):
    sentence = "You have {number} already."


def take(turn: Turn, id: int) -> Ticket:
    """The actor works on it from now on; the second who wants it is told who was first."""
    ticket = gate.to_work_on(turn, id)
    state = states.after("take", ticket, gate.number(turn, ticket))
    taken = tickets.take(turn, id)
    if taken is None:
        raise _taken(turn, ticket)
    ticket = tickets.change(turn, taken, state=state)
    turn.record("ticket.taken", ticket.key)
    cards.refresh(turn, ticket)
    return ticket


def resolve(turn: Turn, id: int, answer: str = "") -> Ticket:
    """Done: the requester is told, with the agent's last words."""
    ticket = gate.to_work_on(turn, id)
    state = states.after("resolve", ticket, gate.number(turn, ticket))
    ticket = tickets.change(
        turn,
        ticket,
        state=state,
        waiting_for=None,
        assignee=ticket.assignee or turn.actor.id,
        rounds=ticket.rounds + 1,
        resolved_at=turn.now,
        answered_at=ticket.answered_at or turn.now,
    )
    turn.record("ticket.resolved", ticket.key)
    telling.resolved(turn, ticket, answer.strip())
    cards.refresh(turn, ticket)
    return ticket


def _taken(turn: Turn, ticket: Ticket) -> Problem:
    number = gate.number(turn, ticket)
    if ticket.assignee == turn.actor.id:
        return YoursAlready(number=number)
    first = people.person(turn, ticket.assignee) if ticket.assignee else None
    return AlreadyTaken(agent=first.name if first else str(ticket.assignee), number=number)
