"""What the bot offers to somebody who addressed it: a form, or one of their tickets."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.kit import looks
from bot.kit.words import Words
from handlers.tickets.blocks.card import Card

NEW = "tickets.offer"
ADD_TO = "tickets.add_to"

_MOST = 1500  # characters of a text that fit into a button beside the place


def offer(text: str, metadata: Mapping[str, Any], tickets: Sequence[tuple[int, str]], words: Words) -> Card:
    """``tickets`` are the id and number of open ones that the text may belong to."""
    sentence = words.say("Shall I pass this on to the back office?")
    remembered = json.dumps({"text": looks.cut(text, _MOST), **metadata}, ensure_ascii=False)
    buttons = [looks.button(words.say("Make a ticket"), NEW, remembered, "primary")]
    for id, number in tickets:
        value = json.dumps({"ticket": id, "text": looks.cut(text, _MOST), **metadata}, ensure_ascii=False)
        buttons.append(looks.button(words.say("Add to {number}", number=number), f"{ADD_TO}:{id}", value))
    return Card(sentence, [looks.section(sentence), looks.actions(*buttons)])
