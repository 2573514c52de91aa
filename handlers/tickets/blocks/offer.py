"""What the bot offers to somebody who addressed it: a form, or one of their tickets."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.kit import block_kit
from bot.kit.block_kit import Block, Element
from bot.kit.markup import Mrkdwn, escape
from bot.kit.words import N_, Words
from handlers.tickets.blocks.card import Card

NEW = "tickets.offer"
ADD_TO = "tickets.add_to"
KEEP = "documents.keep"

_UNREAD = N_(
    "I read no invoice or statement out of {names}: in a picture or a text document the amounts "
    "would be guesses. If it is one, send it as it was issued: XML, PDF, CSV, XLSX or MT940, also "
    "packed as ZIP."
)
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
    buttons = _buttons(carried, tickets, words)
    look = [block_kit.section(sentence), *_subjects(tickets), block_kit.actions(*buttons)]
    return Card(sentence, look)


def offer_files(
    carried: Mapping[str, Any],
    names: Sequence[str],
    tickets: Sequence[Addable],
    words: Words,
    *,
    is_refused: bool = False,
    unread: Sequence[str] = (),
) -> Card:
    """What may become of files; ``is_refused`` where one would be imported by others, ``unread``
    those that whoever imports may have sent for it.
    """
    listed = ", ".join(names)
    sentence = words.mark("What shall become of {names}?", names=listed)
    why = words.say("Only finance imports invoices and statements; a ticket brings them there.")
    refusal = [block_kit.context(why)] if is_refused else []
    if unread:
        refusal.append(block_kit.context(words.mark(_UNREAD, names=", ".join(unread))))
    kept = {"kept": carried["kept"]}
    keep = block_kit.button(words.say("Keep in the archive"), KEEP, _written(kept))
    buttons = block_kit.actions(*_buttons(carried, tickets, words), keep)
    return Card(sentence, [block_kit.section(sentence), *refusal, *_subjects(tickets), buttons])


def _buttons(carried: Mapping[str, Any], tickets: Sequence[Addable], words: Words) -> list[Element]:
    buttons = [block_kit.button(words.say("Make a ticket"), NEW, _written(carried), "primary")]
    for ticket in tickets:
        value = _written({"ticket": ticket.id, **carried})
        label = words.say("Add to {number}", number=ticket.number)
        buttons.append(block_kit.button(label, f"{ADD_TO}:{ticket.id}", value))
    return buttons


def _subjects(tickets: Sequence[Addable]) -> list[Block]:
    return [
        block_kit.context(Mrkdwn(f"*{ticket.number}* · {escape(ticket.subject)}"))
        for ticket in tickets
    ]


def _written(carried: Mapping[str, Any]) -> str:
    return json.dumps(carried, ensure_ascii=False)
