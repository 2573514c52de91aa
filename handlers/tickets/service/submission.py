"""Submitting a ticket: the one verb behind every door."""

from dataclasses import replace

from bot.kit.errors import Problem
from handlers.tickets.service import cards
from storage import roles, ticket_messages, tickets
from storage.tickets import Request, Ticket
from storage.turn import Turn


class NothingAsked(Problem):
    sentence = "Say in a few words what you need."
    field = "subject"


class NoSuchType(Problem):
    sentence = "Choose what you need."
    field = "type"


def submit(turn: Turn, request: Request) -> Ticket:
    """A numbered ticket with its two cards. The same origin gives the ticket that it made before."""
    known = tickets.made_by(turn, request.origin)
    return known or _submit(turn, request)


def _submit(turn: Turn, request: Request) -> Ticket:
    kind = turn.catalogue.request_types.get(request.request_type)
    if kind is None:
        raise NoSuchType()
    is_private = turn.catalogue.is_private(kind.key)
    ticket = tickets.submit(
        turn,
        _placed(turn, _tidied(request), is_private),
        department=kind.department,
        is_private=is_private,
        priority=request.priority or kind.priority,
    )
    if ticket is None:  # the same delivery was quicker in another instance
        return submit(turn, request)
    turn.record("ticket.submitted", ticket.key, type=kind.key, number=ticket.number, requester=ticket.requester)
    _note_description(turn, ticket)
    cards.refresh(turn, ticket)
    return ticket


def _tidied(request: Request) -> Request:
    subject = " ".join(request.subject.split())
    if not subject:
        raise NothingAsked()
    return replace(request, subject=subject[:150], description=request.description.strip())


def _placed(turn: Turn, request: Request, is_private: bool) -> Request:
    """What is private, or would be read by outsiders, is followed in the direct message."""
    if request.channel and (is_private or roles.is_open_to_outsiders(turn, request.channel)):
        return replace(request, channel=None, thread_ts=None)
    return request


def _note_description(turn: Turn, ticket: Ticket) -> None:
    ticket_messages.add(
        turn,
        ticket,
        origin=f"{ticket.key}:description",
        role="description",
        side="requester",
        author=ticket.requester,
        text=ticket.description or ticket.subject,
    )
