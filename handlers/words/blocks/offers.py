"""What the bot offers when it is not sure, or did not understand; values in, Block Kit out."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.kit import block_kit
from bot.kit.block_kit import Block
from bot.kit.words import N_, Words

MEANT = "words.meant"
OTHERWISE = "words.otherwise"
DOCUMENT = "words.document"
MOST_CARRIED = 1200  # characters of a sentence that a button remembers

_LABELS = {
    "ticket_status": N_("How my tickets stand"),
    "invoice_status": N_("An invoice or a customer"),
    "due_list": N_("What is due"),
    "document_request": N_("A document"),
    "help": N_("Help"),
    "ticket_create": N_("Make a ticket"),
}

Carried = Mapping[str, Any]


def choices(
    sentence: object, intents: Sequence[str], carried: Carried, words: Words
) -> list[Block]:
    """A sentence and a button for each intent; none of them stands out."""
    buttons = [
        block_kit.button(
            words.say(_LABELS[intent]), f"{MEANT}:{intent}", _written({**carried, "meant": intent})
        )
        for intent in intents
    ]
    return [block_kit.section(sentence), block_kit.actions(*buttons)]


def otherwise(carried: Carried, words: Words) -> Block:
    """Below an answer: the way to say that something else was meant."""
    return block_kit.actions(
        block_kit.button(words.say("I meant something else"), OTHERWISE, _written(carried))
    )


def document(sentence: object, request: str, words: Words) -> list[Block]:
    """The form of a document, a click away; ``asked`` is what would follow the command."""
    return [
        block_kit.section(sentence),
        block_kit.actions(
            block_kit.button(words.say("Fill in the form…"), DOCUMENT, request, "primary")
        ),
    ]


def papers(
    sentence: object, labels: Mapping[str, str], carried: Carried | None, words: Words
) -> list[Block]:
    """A button for the form of each kind in ``labels``, and one for a ticket unless
    that is offered elsewhere.
    """
    buttons = [
        block_kit.button(label, f"{DOCUMENT}:{kind}", label) for kind, label in labels.items()
    ]
    if carried is not None:
        meant = _written({**carried, "meant": "ticket_create"})
        buttons.append(
            block_kit.button(words.say(_LABELS["ticket_create"]), f"{MEANT}:ticket_create", meant)
        )
    return [block_kit.section(sentence), block_kit.actions(*buttons)]


def _written(carried: Carried) -> str:
    return json.dumps(carried, ensure_ascii=False)
