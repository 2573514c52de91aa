"""Submitting a ticket: the one verb behind every way in."""

from collections.abc import Iterable
from dataclasses import replace

from bot.kit.catalogue import RequestType
from bot.kit.errors import Problem
from handlers.people.service import roles
from handlers.tickets.service import cards, followers, gate
from handlers.tickets.service.conversation import mirror
from handlers.tickets.service.lists import search
from handlers.tickets.service.work import approval, assignment, service_levels
from storage.people import people
from storage.people import roles as memberships
from storage.tickets import messages, tickets
from storage.tickets.messages import Message
from storage.tickets.tickets import Request, Ticket
from storage.turn import Turn

_MOST_OF_A_SUBJECT = 150


class NothingAsked(Problem):
    sentence = "Say in a few words what you need."
    field = "subject"


class NoSuchType(Problem):
    sentence = "Choose what you need."
    field = "type"


class CannotAsk(Problem):
    """On behalf of a guest, a bot, or nobody."""

    sentence = "Tickets can be made for members of this workspace alone."
    field = "requester"


def submit(turn: Turn, request: Request) -> Ticket:
    """A numbered ticket with its two cards. The same origin gives the ticket that it
    made before.
    """
    kind = turn.catalogue.request_types.get(request.request_type)
    if kind is None:
        raise NoSuchType()
    request = _tidied(turn, request)
    roles.triage_channel(
        turn, kind.department
    )  # asked before there is a number: others wait for the next one
    ticket = _noted(turn, request, kind)
    return _begin(turn, ticket, kind, request) if ticket else tickets.made_by(turn, request.origin)


def _begin(turn: Turn, ticket: Ticket, kind: RequestType, request: Request) -> Ticket:
    said = _note_description(turn, ticket, request)
    turn.record(
        "ticket.submitted",
        ticket.key,
        type=kind.key,
        number=ticket.number,
        requester=ticket.requester,
    )
    ticket = approval.begin(turn, ticket, kind, sender=turn.actor.id)
    ticket = assignment.assign_by_rule(turn, ticket)
    service_levels.begin(turn, ticket)
    followers.begin(turn, ticket, _followers(ticket, request.followers))
    cards.begin(turn, ticket)
    search.begin(turn, ticket, said)
    return ticket


def _noted(turn: Turn, request: Request, kind: RequestType) -> Ticket | None:
    is_private = (
        request.is_private
        or turn.catalogue.is_private(kind.key)
        or gate.is_from_private(turn, request.channel)
    )
    if is_private:
        gate.refuse_exposed(turn, kind.department)
    return tickets.submit(
        turn,
        _placed(turn, request, is_private),
        department=kind.department,
        is_private=is_private,
        priority=request.priority or kind.priority,
    )


def _tidied(turn: Turn, request: Request) -> Request:
    subject = " ".join(request.subject.split())
    if not subject:
        raise NothingAsked()
    if request.requester and not _may_ask(turn, request.requester):
        raise CannotAsk()
    followers.refuse_guests(turn, request.followers)
    return replace(
        request, subject=subject[:_MOST_OF_A_SUBJECT], description=request.description.strip()
    )


def _may_ask(turn: Turn, person: str) -> bool:
    existing = people.person(turn, person)
    return existing is not None and roles.may(turn, "ticket", "make", person=existing)


def _placed(turn: Turn, request: Request, is_private: bool) -> Request:
    """What is private, or would be read by outsiders, is followed in the direct message."""
    if request.channel and (is_private or memberships.is_open_to_outsiders(turn, request.channel)):
        return replace(request, channel=None, thread_ts=None)
    return request


def _note_description(turn: Turn, ticket: Ticket, request: Request) -> list[Message]:
    message = messages.add(
        turn,
        ticket,
        origin=request.origin,
        role="description",
        side="requester",
        author=ticket.requester,
        text=ticket.description or ticket.subject,
        files=request.files,
    )
    if message:
        mirror.carry_files(turn, message)
    return [message] if message else []


def _followers(ticket: Ticket, named: Iterable[str]) -> list[str]:
    """Whoever made it for somebody else follows it too."""
    return sorted({*named, ticket.author} - {ticket.requester})
