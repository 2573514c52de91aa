"""What the bot offers to somebody who addressed it: a form, or one of their tickets."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.kit import block_kit
from bot.kit.markup import Mrkdwn, escape
from bot.kit.words import Words
from handlers.tickets.blocks.card import Card

NEW = "tickets.offer"
ADD_TO = "tickets.add_to"

_NUMBER = 30  # characters of a button's value for the ticket


@dataclass(frozen=True)
class Addable:
    """An open ticket to which a text may be added."""

    id: int
    number: str
    subject: str


def fits(carried: Mapping[str, Any]) -> bool:
    """Whether a button can remember this; what does not fit is kept elsewhere, for half of it could
    not be read.
    """
    return len(_written(carried)) <= block_kit.MOST_VALUE - _NUMBER


def offer(carried: Mapping[str, Any], tickets: Sequence[Addable], words: Words) -> Card:
    """``tickets`` are open ones that the text may belong to."""
    sentence = words.say("Shall I pass this on to the back office?")
    buttons = [block_kit.button(words.say("Make a ticket"), NEW, _written(carried), "primary")]
    for ticket in tickets:
        value = _written({"ticket": ticket.id, **carried})
        label = words.say("Add to {number}", number=ticket.number)
        buttons.append(block_kit.button(label, f"{ADD_TO}:{ticket.id}", value))
    subjects = [
        block_kit.context(Mrkdwn(f"*{ticket.number}* · {escape(ticket.subject)}"))
        for ticket in tickets
    ]
    return Card(sentence, [block_kit.section(sentence), *subjects, block_kit.actions(*buttons)])


def _written(carried: Mapping[str, Any]) -> str:
    return json.dumps(carried, ensure_ascii=False)
