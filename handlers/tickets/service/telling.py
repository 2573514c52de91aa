"""Tells people what happened to a ticket, in its threads. Nobody is called by what they did themselves."""

from bot.kit.markup import Mrkdwn
from handlers.tickets import speech
from handlers.tickets.blocks import notes
from handlers.tickets.blocks.card import Card
from handlers.tickets.service import cards, gate
from storage.tickets import Ticket
from storage.turn import Turn


def resolved(turn: Turn, ticket: Ticket, answer: str) -> None:
    words = cards.requesters_words(turn, ticket)
    sentence = words.mark("{agent} resolved {number}.", agent=turn.actor.name, number=gate.number(turn, ticket))
    tell_requester(turn, ticket, f"resolved:{ticket.rounds}", sentence, answer)


def tell_requester(turn: Turn, ticket: Ticket, once: str, sentence: Mrkdwn, answer: str = "") -> None:
    """A sentence in the requester's thread; it calls the requester unless it was their own doing."""
    look = notes.told(sentence, speech.shown(answer), called(turn, ticket.requester))
    _tell(turn, ticket, f"{ticket.key}:requester:{once}", look, to_requester=True)


def tell_agents(turn: Turn, ticket: Ticket, once: str, sentence: Mrkdwn, answer: str = "") -> None:
    """A sentence in the triage thread; it calls the assignee unless it was their own doing."""
    look = notes.told(sentence, speech.shown(answer), called(turn, ticket.assignee))
    _tell(turn, ticket, f"{ticket.key}:agents:{once}", look, to_requester=False)


def called(turn: Turn, person: str | None) -> str | None:
    """The person to mention: not the one who acts."""
    return person if person != turn.actor.id else None


def _tell(turn: Turn, ticket: Ticket, key: str, look: Card, *, to_requester: bool) -> None:
    under = cards.under_requester(ticket) if to_requester else cards.under_triage(ticket)
    to = (ticket.channel or ticket.requester) if to_requester else cards.triage_place(turn, ticket)
    turn.tell(to, look.text, look.blocks, once=key, under=under, subject=ticket.key)
