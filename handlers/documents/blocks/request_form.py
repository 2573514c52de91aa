"""How documents are asked for in Slack: one form that asks only for what is missing."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.kit import block_kit
from bot.kit.block_kit import Block, Element, View
from bot.kit.words import Words

STATEMENT = "documents.statement"
COPY = "documents.copy"
LETTER = "documents.letter"
FORM = "documents.form"
CUSTOMER = "documents.customer"
DAYS = ("pay_by",)
NAMES = {"en": "English", "pl": "polski", "hu": "magyar"}


def form(
    words: Words,
    kinds: Sequence[tuple[str, str]],
    *,
    kind: str | None,
    customer: tuple[int, str] | None,
    as_of: date,
    language: str,
    gaps: Sequence[tuple[str, str]],
    proposed: Mapping[str, str],
) -> View:
    """Kind, customer, day and language; below them the facts that no book knew (``gaps``: path and
    label).

    ``proposed`` stands in their fields for a person to confirm or change.
    """
    chosen = block_kit.option(customer[1], str(customer[0])) if customer else None
    return block_kit.modal(
        words.say("Ask for a document"),
        [
            block_kit.field(
                words.say("Kind"),
                block_kit.select(
                    "kind", [block_kit.option(label, key) for key, label in kinds], chosen=kind
                ),
                name="kind",
            ),
            block_kit.field(
                words.say("Customer"),
                block_kit.search_select(
                    CUSTOMER, initial=chosen, placeholder=words.say("Begin to type a name")
                ),
                name="customer",
            ),
            block_kit.field(
                words.say("As of"),
                block_kit.date_picker("as_of", chosen=as_of.isoformat()),
                name="as_of",
            ),
            block_kit.field(
                words.say("Language"),
                block_kit.select(
                    "language", [block_kit.option(n, k) for k, n in NAMES.items()], chosen=language
                ),
                name="language",
            ),
            *_missing(words, gaps),
            *(
                block_kit.field(label, _input(path, proposed.get(path, "")), name=path)
                for path, label in gaps
            ),
        ],
        callback_id=FORM,
        submit=words.say("Ask for it"),
        close=words.say("Cancel"),
    )


def _missing(words: Words, gaps: Sequence[tuple[str, str]]) -> list[Block]:
    """What is asked below: what the books should know, and what only whoever writes the letter
    knows.
    """
    if any(path.startswith("debtor.") for path, _ in gaps):
        return [
            block_kit.context(
                words.mark("These facts are not known yet. They are kept for the next time.")
            )
        ]
    return (
        [block_kit.context(words.mark("What stands below is proposed: change what is not right."))]
        if gaps
        else []
    )


def _input(path: str, proposed: str) -> Element:
    if path in DAYS:
        return block_kit.date_picker(path, chosen=proposed or None)
    return block_kit.text_input(
        path, multiline=path.endswith("address"), initial=proposed, most=500
    )
