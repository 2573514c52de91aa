"""A ticket and what was said in it, as plain facts for a document; notes of agents are left out."""

from typing import Any

from bot.kit.words import Words
from handlers.tickets.blocks.card import STATES
from handlers.tickets.model.message_text import mentioned, plain
from handlers.tickets.service import cards, gate
from handlers.tickets.service.lists import search
from storage.people import people
from storage.tickets import lists, messages, tickets
from storage.tickets.messages import Message
from storage.tickets.tickets import Ticket
from storage.turn import BOT, Turn


def transcript(turn: Turn, id: int, words: Words) -> dict[str, Any]:
    """What a reader of ``words`` may read of a ticket. Raises NoSuchTicket."""
    ticket = tickets.of_system(turn, id) if turn.actor == BOT else gate.seen(turn, id)
    look = cards.of(turn, ticket, words)
    return {
        "number": look.number,
        "title": ticket.subject,
        "requester": look.requester,
        "department": look.department,
        "status": words.say(STATES[ticket.state]),
        "opened_at": ticket.created_at,
        "closed_at": ticket.ended_at,
        "answers": look.fields,
        "messages": _messages(turn, ticket),
    }


def id_of(turn: Turn, number: str) -> int:
    """The ticket that a number means, among what the actor may see. Raises NoSuchTicket."""
    bare = search.numbered(turn, number)
    if bare is None:
        raise gate.NoSuchTicket()
    if turn.actor != BOT:
        return search.by_number(turn, bare).id
    try:
        return lists.id_of(turn, bare)
    except KeyError:
        raise gate.NoSuchTicket() from None


def _messages(turn: Turn, ticket: Ticket) -> list[dict[str, Any]]:
    lines = list(filter(_is_read, messages.of(turn, ticket, notes=False)))
    ids: set[str] = set()
    for message in lines:
        ids |= {message.author, *mentioned(message.text)}
    existing = people.persons(turn, ids)
    names = {id: person.name for id, person in existing.items()}
    return [
        {
            "at": message.at,
            "author": names.get(message.author, message.author),
            "text": plain(message.text, names),
            "files": tuple(message.file_names),
        }
        for message in lines
    ]


def _is_read(message: Message) -> bool:
    return not message.is_deleted and bool(message.text or message.attached)
