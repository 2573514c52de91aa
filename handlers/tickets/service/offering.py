"""Answers to somebody who addressed the bot without a form at hand: a button that opens it."""

import json
from typing import Any

from handlers.tickets import pleasantries
from handlers.tickets.blocks import offer as looks
from handlers.tickets.blocks.card import Card
from handlers.tickets.service import conversation, gate
from handlers.tickets.service.conversation import Said
from storage import ticket_lists
from storage.tickets import Ticket
from storage.turn import Turn

_MOST_TICKETS = 3


def offer(turn: Turn, said: Said, place: dict[str, str]) -> Card:
    """A button for a new ticket that will be followed at this place."""
    return looks.offer(_without_the_bot(said.text), place, [], turn.words)


def offer_in_person(turn: Turn, said: Said) -> None:
    """In the direct message: a new ticket, or more for one of theirs; mere thanks need no answer."""
    if pleasantries.is_pleasantry(said.text) and not said.files:
        return
    own = [ticket for ticket in ticket_lists.mine(turn, gate.viewer(turn), most=_MOST_TICKETS) if ticket.is_open]
    numbers = [(ticket.id, gate.number(turn, ticket)) for ticket in own if ticket.requester == turn.actor.id]
    look = looks.offer(said.text, {"origin": said.origin}, numbers, turn.words)
    turn.tell(turn.actor.id, look.text, look.blocks, once=f"ticket-offer:{said.origin}")


def remembered(value: str) -> tuple[str, dict[str, Any]]:
    """What a button remembers: the text, and where it was written."""
    carried = json.loads(value)
    return carried.pop("text", ""), {key: carried[key] for key in ("channel", "ts") if key in carried}


def add_to(turn: Turn, value: str) -> Ticket:
    """The message that was offered becomes part of a ticket's conversation."""
    carried = json.loads(value)
    ticket = gate.own(turn, carried["ticket"])
    return conversation.write(turn, ticket, "requester", carried["origin"], carried["text"])


def _without_the_bot(text: str) -> str:
    """What remains of ``@Zaplecze the printer jams``."""
    return text.partition(" ")[2].strip() if text.startswith("@") else text
