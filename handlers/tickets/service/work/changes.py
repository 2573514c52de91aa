"""Changing what a ticket is: its type and with it its department, its priority, its followers."""

from collections.abc import Sequence

from bot.kit.catalogue import Priority, RequestType
from bot.kit.errors import Problem
from handlers.people.service import roles
from handlers.tickets.blocks import card
from handlers.tickets.model import states
from handlers.tickets.service import cards, followers, gate
from handlers.tickets.service.conversation import notifications
from handlers.tickets.service.follow_up import settle
from handlers.tickets.service.submission import NoSuchType
from handlers.tickets.service.work import approval, assignment
from storage.tickets import messages, tickets
from storage.tickets.tickets import Ticket
from storage.turn import Turn


class NothingChanged(Problem):
    sentence = "Nothing changed: {number} has these settings already."


def retype(turn: Turn, id: int, request_type: str, priority: Priority | None) -> Ticket:
    """Another type, department or priority; clocks go on with what they have used up."""
    ticket = gate.to_work_on(turn, id)
    states.after("edit", ticket, gate.number(turn, ticket))
    kind = turn.catalogue.request_types.get(request_type)
    if kind is None:
        raise NoSuchType()
    priority = priority or kind.priority
    if (kind.key, priority) == (ticket.request_type, ticket.priority):
        raise NothingChanged(number=gate.number(turn, ticket))
    is_still_open = ticket.is_type_guessed and kind.key == ticket.request_type
    return become(turn, ticket, kind, priority, is_type_guessed=is_still_open)


def become(
    turn: Turn, ticket: Ticket, kind: RequestType, priority: Priority, *, is_type_guessed: bool
) -> Ticket:
    """The ticket is of another type or priority from now on, whoever decided that; what is still
    ``is_type_guessed`` may be said otherwise by its requester.
    """
    if ticket.is_private or turn.catalogue.is_private(kind.key):
        gate.refuse_exposed(turn, kind.department)
    chosen = {"request_type": kind.key, "is_type_guessed": is_type_guessed, "priority": priority}
    changed = tickets.change(turn, ticket, **chosen)
    turn.record("ticket.retyped", ticket.key, type=kind.key, priority=priority)
    if turn.catalogue.is_private(kind.key) and not ticket.is_private:
        changed = _make_private(turn, changed)
    if kind.department != ticket.department:
        changed = _transfer(turn, ticket, changed, kind)
    if kind.key != ticket.request_type:
        changed = approval.begin(turn, changed, kind)
    return settle(turn, changed, was=ticket)


def follow(turn: Turn, id: int, persons: Sequence[str]) -> Ticket:
    """These people, and nobody else, see its progress from now on."""
    ticket = gate.to_work_on(turn, id)
    followers.refuse_guests(turn, persons)
    followers.end(
        turn, ticket, set(tickets.participants_of(turn, ticket, "follower")) - set(persons)
    )
    followers.begin(turn, ticket, persons)
    return ticket


def _transfer(turn: Turn, was: Ticket, ticket: Ticket, kind: RequestType) -> Ticket:
    """To another department: its card leaves the one channel and appears in the other, with what
    was said so far.
    """
    _leave(turn, was, kind)
    state = states.after("transfer", was, gate.number(turn, was))
    waits = approval.is_pending(turn, ticket)
    ticket = tickets.change(
        turn,
        ticket,
        department=kind.department,
        state="waiting" if waits else state,
        waiting_for=ticket.waiting_for if waits else None,
        assignee=None,
        snoozed_until=None,
        triage_card_no=ticket.triage_card_no + 1,
    )
    turn.record("ticket.transferred", ticket.key, department=kind.department)
    cards.show_triage(turn, ticket)
    notifications.history(turn, ticket)
    return assignment.assign_by_rule(turn, ticket)


def _leave(turn: Turn, was: Ticket, kind: RequestType) -> None:
    """What stays in the old channel says where it went, and no more."""
    if cards.is_exposed(turn, was):
        return  # nothing stands there
    words = roles.words_of(turn, was.department)
    name = turn.catalogue.departments[kind.department].name.in_(words.language)
    look = card.moved(gate.number(turn, was), name, words)
    place = cards.triage_place(turn, was)
    turn.show(messages.triage_card(was), place, look.text, look.blocks, subject=was.key)


def _make_private(turn: Turn, ticket: Ticket) -> Ticket:
    """Whatever was posted where others read is taken back, and who only followed follows no more.
    It stays private.
    """
    turn.record("ticket.made_private", ticket.key)
    followers.end(turn, ticket, tickets.participants_of(turn, ticket, "follower"))
    posted = messages.posted_beneath(turn, ticket)
    for message in (*posted, *messages.copies_for_others(turn, ticket)):
        turn.withdraw(message)
    messages.leave_thread(turn, ticket)
    requester_card_no = ticket.requester_card_no + 1 if ticket.channel else ticket.requester_card_no
    return tickets.change(
        turn,
        ticket,
        is_private=True,
        channel=None,
        thread_ts=None,
        requester_card_no=requester_card_no,
    )
