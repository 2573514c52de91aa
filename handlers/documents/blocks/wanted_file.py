"""Somebody is asked to bring a file by a day: the form, and what both see of it."""

from collections.abc import Sequence

from bot.kit import block_kit
from bot.kit.block_kit import Block, View
from bot.kit.markup import Mrkdwn
from bot.kit.words import N_, Words

BRING_FORM = "documents.bring_form"
HAND_IN = "documents.hand_in"
DECLINE = "documents.decline"
CANCEL = "documents.cancel_wanted"
VALUE = "value"
OUTCOMES = {
    "brought": N_("✅ Brought"),
    "declined": N_("❌ Not there"),
    "cancelled": N_("No longer needed"),
    "unbrought": N_("⌛ Not brought"),
}


def bring_form(words: Words, kinds: Sequence[tuple[str, str]], what: str, due_on: str) -> View:
    """Who is to bring what, and by when."""
    options = block_kit.options(kinds)
    return block_kit.modal(
        words.say("Ask for a file"),
        [
            block_kit.field(words.say("From"), block_kit.people_select(VALUE), name="holder"),
            block_kit.field(
                words.say("What is to be brought"),
                block_kit.text_input(VALUE, initial=what, most=300),
                name="what",
            ),
            block_kit.field(words.say("Kind"), block_kit.select(VALUE, options), name="kind"),
            block_kit.field(
                words.say("By"), block_kit.date_picker(VALUE, chosen=due_on), name="due_on"
            ),
        ],
        callback_id=BRING_FORM,
        submit=words.say("Ask for it"),
        close=words.say("Cancel"),
    )


def asking(text: Mrkdwn, wanted: int, words: Words) -> list[Block]:
    """What the person sees who is to bring it."""
    return [
        block_kit.section(text),
        block_kit.actions(
            block_kit.button(words.say("Hand it in"), HAND_IN, str(wanted), "primary"),
            block_kit.button(words.say("I do not have it"), DECLINE, str(wanted)),
        ),
    ]


def ended(text: Mrkdwn, state: str, words: Words) -> list[Block]:
    """What both see once it is over: nothing is left to press."""
    return [block_kit.section(text), block_kit.context(words.mark(OUTCOMES[state]))]


def waiting(text: Mrkdwn, wanted: int, words: Words) -> list[Block]:
    """What the person sees who asked."""
    cancel = block_kit.button(words.say("No longer needed"), CANCEL, str(wanted))
    return [block_kit.section(text), block_kit.actions(cancel)]
