"""What a requester does with their own ticket: add, complete, nudge, close, reopen, rate."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot.kit.errors import Problem
from handlers.approvals.service import chain_state
from handlers.people.model import permissions
from handlers.people.model.permissions import Tie
from handlers.tickets.blocks.form import MOST_OF_A_STORY
from handlers.tickets.blocks.stars import STARS
from handlers.tickets.model import message_text, states
from handlers.tickets.service import cards, gate
from handlers.tickets.service.conversation import (
    notifications,
    rating_notices,
    reopening,
    thread,
)
from handlers.tickets.service.follow_up import settle
from handlers.tickets.service.lists import search
from handlers.tickets.service.submission import NoSuchType
from handlers.tickets.service.work import approval, changes
from storage.tickets import tickets
from storage.tickets.tickets import Ticket
from storage.turn import Turn

BETWEEN_NUDGES = timedelta(hours=4)


class NothingAdded(Problem):
    sentence = "Write something, or add a file."
    field = "text"


class NudgedAlready(Problem):
    sentence = "The department was reminded of {number} not long ago. Please give it a little time."


class OwnWork(Problem):
    sentence = "You worked on {number} yourself; others rate it."


class RatedAlready(Problem):
    sentence = "{number} has its rating already. Thank you!"


class NotRatedYet(Problem):
    sentence = "Choose 1 to 5."


class TakenUp(Problem):
    """Somebody has answered, or asked for more: the department decides from now on."""

    sentence = "{number} is being worked on already. Write there what you need instead."


class DecidedOn(Problem):
    """Whoever approves has spoken of it as what it is."""

    sentence = "Somebody has decided on {number} already. Write there what you need instead."


class TooLateToReopen(Problem):
    sentence = "{number} cannot be reopened any more. Please open a new ticket."


def add(turn: Turn, id: int, origin: str, text: str, files: Sequence[Mapping[str, Any]]) -> Ticket:
    """More about it, as if it were written in the thread."""
    ticket = gate.own(turn, id)
    if not text.strip() and not files:
        raise NothingAdded()
    return thread.write(turn, ticket, "requester", origin, text, files)


def complete(
    turn: Turn,
    id: int,
    origin: str,
    subject: str,
    description: str,
    fields: Mapping[str, Any],
    files: Sequence[Mapping[str, Any]],
) -> Ticket:
    """What was lacking is there now, and the agents are told; files that came before stay."""
    ticket = gate.own(turn, id)
    states.after("edit", ticket, gate.number(turn, ticket))
    tidy = " ".join(subject.split()) or ticket.subject
    _, beyond = message_text.divided(ticket.description, MOST_OF_A_STORY)
    text = "\n".join(filter(None, [description.strip(), beyond]))
    if "".join(text.split()) == "".join(ticket.description.split()):
        text = ticket.description  # left as it was: its blanks too
    merged = {
        **{key: value for key, value in ticket.fields.items() if isinstance(value, list)},
        **fields,
    }
    changed = [key for key, value in merged.items() if value != ticket.fields.get(key)]
    was = ticket
    ticket = tickets.change(turn, was, subject=tidy[:150], description=text, fields=merged)
    turn.record("ticket.completed", ticket.key, fields=changed)
    thread.write_files(turn, ticket, origin, files)
    search.index(turn, ticket)
    notifications.completed(turn, ticket)
    ticket = approval.look_anew(turn, was, ticket)
    return reopening.requester_came_back(turn, ticket)


def choose_type(turn: Turn, id: int, request_type: str) -> Ticket:
    """Another type than the one that its words let expect, and another again after a slip; an
    approval that only the former wanted is taken back, unless somebody has spoken in it.
    """
    ticket = gate.own(turn, id)
    number = gate.number(turn, ticket)
    states.after("edit", ticket, number)
    kind = turn.catalogue.request_types.get(request_type)
    if kind is None:
        raise NoSuchType()
    if not cards.is_type_open(turn, ticket):
        is_decided_on = chain_state.has_votes(turn, ticket.key)
        raise DecidedOn(number=number) if is_decided_on else TakenUp(number=number)
    if kind.key == ticket.request_type:
        return ticket
    approval.withdraw(turn, ticket)
    if ticket.waiting_for == "approval":
        state = states.after("release", ticket, number)
        ticket = tickets.change(turn, ticket, state=state, waiting_for=None)
    return changes.become(turn, ticket, kind, kind.priority, is_type_guessed=True)


def nudge(turn: Turn, id: int) -> Ticket:
    """The agents are reminded, and those whose approval is waited for, at most once in a while."""
    ticket = gate.own(turn, id)
    states.after("edit", ticket, gate.number(turn, ticket))
    if ticket.nudged_at and turn.now < ticket.nudged_at + BETWEEN_NUDGES:
        raise NudgedAlready(number=gate.number(turn, ticket))
    ticket = tickets.change(turn, ticket, nudged_at=turn.now)
    turn.record("ticket.nudged", ticket.key)
    notifications.nudged(turn, ticket)
    approval.remind(turn, ticket)
    return ticket


def close(turn: Turn, id: int) -> Ticket:
    """Resolved: it is fine. Still open: it is not needed any more."""
    ticket = gate.own(turn, id)
    if ticket.is_open:
        return _cancel(turn, ticket)
    state = states.after("close", ticket, gate.number(turn, ticket))
    ticket = tickets.change(turn, ticket, state=state, ended_at=turn.now)
    turn.record("ticket.closed", ticket.key)
    return settle(turn, ticket)


def reopen(turn: Turn, id: int) -> Ticket:
    """It is not fine after all; later than the catalogue's days a linked ticket goes on with it."""
    ticket = gate.own(turn, id)
    states.after("reopen", ticket, gate.number(turn, ticket))
    if not reopening.may_reopen(turn, ticket):
        if ticket.state == "closed" and turn.actor.id == ticket.requester:
            origin = f"after:reopening:{ticket.id}:{ticket.resolve_count}"
            return reopening.follow_up(turn, ticket, origin, ticket.description)
        raise TooLateToReopen(number=gate.number(turn, ticket))
    notifications.reopened(turn, ticket)
    return reopening.reopen(turn, ticket)


def rate(turn: Turn, id: int, stars: int) -> Ticket:
    """One rating, of somebody else's work, after the end."""
    ticket = to_rate(turn, id)
    if stars not in STARS:
        raise NotRatedYet()
    ticket = tickets.change(turn, ticket, rating=stars)
    turn.record("ticket.rated", ticket.key, rating=stars)
    rating_notices.rated(turn, ticket)
    return settle(turn, ticket)


def comment(turn: Turn, id: int, text: str) -> Ticket:
    """A word about the rating that one has given."""
    ticket = to_rate(turn, id, again=True)
    ticket = tickets.change(turn, ticket, rating_comment=text.strip())
    turn.record("ticket.rating_explained", ticket.key)
    rating_notices.explained(turn, ticket)
    return settle(turn, ticket)


def to_rate(turn: Turn, id: int, *, again: bool = False) -> Ticket:
    """The actor's own ticket, if they may rate it now; ``again``, if they may say more of the
    rating that it has.
    """
    ticket = gate.own(turn, id)
    number = gate.number(turn, ticket)
    ties: tuple[Tie, ...] = ("requester",) if ticket.requester == turn.actor.id else ("author",)
    if not permissions.may(set(ties), "ticket", "rate"):
        raise gate.OnlyRequester(number=number)
    if ticket.state not in ("resolved", "closed"):
        raise states.StillOpen(number=number)
    if ticket.assignee == turn.actor.id:
        raise OwnWork(number=number)
    if ticket.rating is None and again:
        raise NotRatedYet()
    given = ticket.rating_comment if again else ticket.rating
    if given:
        raise RatedAlready(number=number)
    return ticket


def _cancel(turn: Turn, ticket: Ticket) -> Ticket:
    state = states.after("cancel", ticket, gate.number(turn, ticket))
    approval.withdraw(turn, ticket)
    ticket = tickets.change(
        turn, ticket, state=state, waiting_for=None, snoozed_until=None, ended_at=turn.now
    )
    turn.record("ticket.cancelled", ticket.key)
    notifications.cancelled(turn, ticket)
    return settle(turn, ticket)
