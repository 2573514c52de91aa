"""A rate of late interest, or of the euro, entered with its source."""

from collections.abc import Sequence

from bot.kit import block_kit
from bot.kit.block_kit import Block, View
from bot.kit.markup import escape
from bot.kit.words import Words

ENTER = "documents.rate"
FORM = "documents.rate_form"


def notice(text: str, words: Words) -> list[Block]:
    """That a rate ends, with the button that opens the form."""
    return [
        block_kit.section(escape(f"⚠️ {text}")),
        block_kit.actions(block_kit.button(words.say("Enter a rate…"), ENTER)),
    ]


def form(
    tables: Sequence[str],
    known: Sequence[str],
    words: Words,
    *,
    table: str | None,
    first: str | None,
) -> View:
    """``known`` are lines that say until when the rates are known; ``table`` and ``first`` (a day,
    ``YYYY-MM-DD``) are filled in.
    """
    options = [block_kit.option(each, each) for each in tables]
    about = [block_kit.context(*map(escape, known))] if known else []
    return block_kit.modal(
        words.say("Enter a rate"),
        [
            *about,
            block_kit.field(
                words.say("Table"), block_kit.select("table", options, chosen=table), name="table"
            ),
            block_kit.field(
                words.say("From day"), block_kit.date_picker("from", chosen=first), name="from"
            ),
            block_kit.field(
                words.say("To day"),
                block_kit.date_picker("to"),
                name="to",
                optional=True,
                hint=words.say("Left empty for what one euro costs on a day."),
            ),
            block_kit.field(
                words.say("Rate"),
                block_kit.text_input("rate", most=20, placeholder="13,75"),
                name="rate",
            ),
            block_kit.field(
                words.say("Source"),
                block_kit.text_input("source", most=500, placeholder="M.P. 2026 poz. 642"),
                name="source",
                hint=words.say("Who announced it, and where."),
            ),
        ],
        callback_id=FORM,
        submit=words.say("Enter it"),
        close=words.say("Cancel"),
    )
