"""How documents are asked for in Slack: one form that asks only for what is missing."""

from collections.abc import Sequence
from datetime import date

from bot.kit import looks
from bot.kit.looks import View
from bot.kit.words import Words

STATEMENT = "documents.statement"
COPY = "documents.copy"
FORM = "documents.form"
CUSTOMER = "documents.customer"
NAMES = {"en": "English", "pl": "polski", "hu": "magyar"}


def form(
    words: Words,
    kinds: Sequence[tuple[str, str]],
    *,
    kind: str | None,
    customer: tuple[int, str] | None,
    as_of: date,
    language: str,
    gaps: Sequence[tuple[str, str]] = (),
) -> View:
    """Kind, customer, day and language; below them the facts that no book knew (``gaps``: path and label)."""
    chosen = looks.option(customer[1], str(customer[0])) if customer else None
    missing = (
        [looks.context(words.mark("These facts are not known yet. They are kept for the next time."))] if gaps else []
    )
    return looks.modal(
        words.say("Ask for a document"),
        [
            looks.field(
                words.say("Kind"),
                looks.select("kind", [looks.option(label, key) for key, label in kinds], chosen=kind),
                name="kind",
            ),
            looks.field(
                words.say("Customer"),
                looks.search_select(CUSTOMER, initial=chosen, placeholder=words.say("Begin to type a name")),
                name="customer",
            ),
            looks.field(words.say("As of"), looks.date_picker("as_of", chosen=as_of.isoformat()), name="as_of"),
            looks.field(
                words.say("Language"),
                looks.select("language", [looks.option(n, k) for k, n in NAMES.items()], chosen=language),
                name="language",
            ),
            *missing,
            *(
                looks.field(label, looks.text_input(path, multiline=path.endswith("address"), most=500), name=path)
                for path, label in gaps
            ),
        ],
        callback_id=FORM,
        submit=words.say("Ask for it"),
        close=words.say("Cancel"),
    )
