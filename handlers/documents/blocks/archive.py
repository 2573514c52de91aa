"""The archive in Slack: what a search found, a document that was handed over, the form that keeps a
file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.kit import block_kit
from bot.kit.block_kit import Block, Element, View
from bot.kit.markup import Mrkdwn, join
from bot.kit.words import N_, Words
from handlers.documents.blocks.mail_card import send_button
from handlers.documents.blocks.request_form import CUSTOMER

GET = "documents.get"
MORE = "documents.more"
RECEIVED = "documents.received"
AGAIN = "documents.again"
POSTED = "documents.posted"
WITHDRAW = "documents.withdraw"
TICKET = "tickets.open"
KEEP = "documents.keep"
KEEP_FORM = "documents.keep_form"
VALUE = "value"
RETENTION: Mapping[str, str] = {
    "books": N_("kept with the books"),
    "personnel": N_("kept with personnel files"),
    "correspondence": N_("kept with correspondence"),
    "none": N_("kept for no set time"),
}


@dataclass(frozen=True)
class Sight:
    """A document as somebody may see it: its facts in their language."""

    id: int
    kind: str
    number: str
    title: Mrkdwn
    facts: Sequence[Mrkdwn] = ()


@dataclass(frozen=True)
class Actions:
    """What somebody may do with a document that they were given."""

    receive: int | None = None
    """The receipt that they have not confirmed."""
    again: bool = False
    post: bool = False
    withdraw: bool = False
    ticket: int = 0
    """The ticket that it is about, or 0."""
    mail_to: str = ""
    """The address to which they may send it."""


def row(sight: Sight, words: Words) -> Block:
    """One document of a list."""
    text = join("\n", [sight.title, join(" · ", list(sight.facts))])
    return block_kit.section(text, block_kit.button(words.say("Get it"), GET, str(sight.id)))


def results(sights: Sequence[Sight], more: str, words: Words) -> list[Block]:
    """A page of what was found; ``more`` is what the button for the next page remembers, if there
    is one.
    """
    rows = [row(sight, words) for sight in sights]
    if not more:
        return rows
    return [*rows, block_kit.actions(block_kit.button(words.say("More"), MORE, more))]


def card(sight: Sight, actions: Actions, words: Words) -> list[Block]:
    """What stands under a document that was handed over."""
    buttons = _buttons(sight, actions, words)
    facts = block_kit.context(join(" · ", list(sight.facts)))
    return [facts, block_kit.actions(*buttons)] if buttons else [facts]


def _buttons(sight: Sight, actions: Actions, words: Words) -> list[Element]:
    value = str(sight.id)
    buttons = []
    if actions.receive is not None:
        received = words.say("Received")
        buttons.append(block_kit.button(received, RECEIVED, str(actions.receive), "primary"))
    if actions.ticket:
        buttons.append(block_kit.button(words.say("Open its ticket"), TICKET, str(actions.ticket)))
    if actions.mail_to:
        buttons.append(send_button(sight.id, sight.kind, sight.number, actions.mail_to, words))
    if actions.again:
        buttons.append(block_kit.button(words.say("Ask again"), AGAIN, value))
    if actions.post:
        buttons.append(block_kit.button(words.say("Sent by post"), POSTED, value))
    if actions.withdraw:
        sure = block_kit.confirm(
            words.say("Withdraw the document?"),
            words.say("Whoever verifies it from now on hears that it was withdrawn."),
            words.say("Withdraw"),
            words.say("Cancel"),
        )
        buttons.append(block_kit.button(words.say("Withdraw"), WITHDRAW, value, confirm=sure))
    return buttons


def keep_form(
    words: Words,
    kinds: Sequence[tuple[str, str]],
    metadata: Mapping[str, Any],
    *,
    kind: str | None = None,
) -> View:
    """What a file is and whom it is about; the file itself where none was dropped."""
    upload = block_kit.field(words.say("Files"), block_kit.file_input(VALUE, most=10), name="files")
    return block_kit.modal(
        words.say("Keep in the archive"),
        [
            *([] if "kept" in metadata else [upload]),
            block_kit.field(
                words.say("Kind"),
                block_kit.select(VALUE, block_kit.options(kinds), chosen=kind),
                name="kind",
            ),
            block_kit.field(
                words.say("Customer"),
                block_kit.search_select(CUSTOMER, placeholder=words.say("Begin to type a name")),
                name="customer",
                optional=True,
            ),
            block_kit.field(
                words.say("Person"),
                block_kit.people_select(VALUE),
                name="person",
                optional=True,
                hint=words.say("Whom it is about. A private document needs it."),
            ),
            block_kit.field(
                words.say("Note"),
                block_kit.text_input(VALUE, most=500),
                name="note",
                optional=True,
                hint=words.say("Words that it is found by."),
            ),
        ],
        callback_id=KEEP_FORM,
        submit=words.say("Keep it"),
        close=words.say("Cancel"),
        metadata=metadata,
    )
