"""Keeps both living cards of a ticket as the ticket stands; they are updated in place, never posted again."""

from bot.kit.words import Words
from handlers.people import roles
from handlers.tickets.blocks import card
from handlers.tickets.blocks.card import Look
from handlers.tickets.service import gate
from storage import people, ticket_messages
from storage.outbox import Under
from storage.tickets import Ticket
from storage.turn import Turn


def refresh(turn: Turn, ticket: Ticket) -> None:
    """Both cards show the ticket as it is now."""
    show_triage(turn, ticket)
    show_requester(turn, ticket)


def show_triage(turn: Turn, ticket: Ticket) -> None:
    """The card in the department's channel."""
    words = roles.words_of(turn, ticket.department)
    look = card.triage(of(turn, ticket, words), words)
    turn.show(
        ticket_messages.triage_card(ticket), triage_place(turn, ticket), look.text, look.blocks, subject=ticket.key
    )


def show_requester(turn: Turn, ticket: Ticket) -> None:
    """The card in the requester's thread, or in their direct message."""
    words = requesters_words(turn, ticket)
    look = card.requester(of(turn, ticket, words), words)
    to = ticket.channel or ticket.requester
    under = Under(channel=ticket.channel, ts=ticket.thread_ts) if ticket.channel else None
    turn.show(ticket_messages.requester_card(ticket), to, look.text, look.blocks, under=under, subject=ticket.key)


def triage_place(turn: Turn, ticket: Ticket) -> str:
    """The channel in which the department works."""
    return roles.triage_channel(turn, ticket.department)


def under_triage(ticket: Ticket) -> Under:
    """The agents' thread."""
    return Under(letter=ticket_messages.triage_card(ticket))


def under_requester(ticket: Ticket) -> Under:
    """The requester's thread: the one they wrote in, or that of the card in the direct message."""
    if ticket.channel:
        return Under(channel=ticket.channel, ts=ticket.thread_ts)
    return Under(letter=ticket_messages.requester_card(ticket))


def requesters_words(turn: Turn, ticket: Ticket) -> Words:
    """The requester's language in their direct message; a channel hears the department's."""
    return roles.words_of(turn, ticket.department) if ticket.channel else roles.words_for(turn, ticket.requester)


def of(turn: Turn, ticket: Ticket, words: Words) -> Look:
    """The ticket with its names, for a reader of ``words``."""
    wanted = [id for id in (ticket.requester, ticket.assignee) if id]
    known = people.persons(turn, wanted)
    kind = turn.catalogue.request_types.get(ticket.request_type)
    department = turn.catalogue.departments.get(ticket.department)
    return Look(
        ticket=ticket,
        number=gate.number(turn, ticket),
        request_type=kind.label.in_(words.language) if kind else ticket.request_type,
        department=department.name.in_(words.language) if department else ticket.department,
        requester=known[ticket.requester].name if ticket.requester in known else ticket.requester,
        assignee=known[ticket.assignee].name if ticket.assignee in known else ticket.assignee,
    )
