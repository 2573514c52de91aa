"""How documents are asked for in Slack: one form that asks only for what is missing."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.kit import block_kit
from bot.kit.block_kit import Block, Element, View
from bot.kit.words import Words
from handlers.documents.model.askable import DAYS
from handlers.documents.model.asked import Subject

STATEMENT = "documents.statement"
COPY = "documents.copy"
LETTER = "documents.letter"
FORM = "documents.form"
KIND = "documents.kind"
CUSTOMER = "documents.customer"
TICKET = "tickets.offer"
"""The button of tickets that opens their form with a text."""
NAMES = {"en": "English", "pl": "polski", "hu": "magyar"}


@dataclass(frozen=True)
class Order:
    """What is known of an order when its form is shown."""

    kind: str | None
    about: Subject
    as_of: date
    language: str
    customer: tuple[int, str] | None = None
    number: str = ""
    offers: tuple[tuple[str, str], ...] = ()
    """What may be added: name and label, as the reader calls it."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Proposed for fields: a person may change them."""
    remark: str = ""
    """What the form cannot have as it was asked for."""


def form(
    words: Words,
    kinds: Sequence[tuple[str, str]],
    order: Order,
    gaps: Sequence[tuple[str, str]] = (),
) -> View:
    """Kind, what it is about, day and language; below them the facts that no book knew (``gaps``:
    path and label).
    """
    options = block_kit.options(kinds)
    return block_kit.modal(
        words.say("Ask for a document"),
        [
            block_kit.field(
                words.say("Kind"),
                block_kit.select(KIND, options, chosen=order.kind),
                name="kind",
                dispatch=True,
            ),
            *([block_kit.context(order.remark)] if order.remark else []),
            *_subject(order, words),
            *_day(order, words),
            _language(order, words),
            *_offered(order, words),
            *_missing(words, gaps),
            *(
                block_kit.field(label, _input(path, order.texts.get(path, "")), name=path)
                for path, label in gaps
            ),
        ],
        callback_id=FORM,
        submit=words.say("Ask for it"),
        close=words.say("Cancel"),
    )


def ticket_instead(sentence: str, carried: Mapping[str, str], words: Words) -> list[Block]:
    """What cannot be made here becomes a ticket with the words in it."""
    return [
        block_kit.section(sentence),
        block_kit.actions(
            block_kit.button(
                words.say("Make a ticket of it"),
                TICKET,
                json.dumps(carried, ensure_ascii=False),
                "primary",
            )
        ),
    ]


def _subject(order: Order, words: Words) -> list[Block]:
    """Whom or what it is about; a certificate is about whoever asks."""
    match order.about:
        case "customer":
            return [_customer(order, words)]
        case "invoice":
            label = words.say("Invoice number")
        case "ticket":
            label = words.say("Ticket number")
        case _:
            return []
    number = block_kit.text_input("number", initial=order.number, most=100)
    return [block_kit.field(label, number, name="number")]


def _customer(order: Order, words: Words) -> Block:
    customer = order.customer
    chosen = block_kit.option(customer[1], str(customer[0])) if customer else None
    menu = block_kit.search_select(
        CUSTOMER, initial=chosen, placeholder=words.say("Begin to type a name")
    )
    return block_kit.field(words.say("Customer"), menu, name="customer")


def _day(order: Order, words: Words) -> list[Block]:
    """What is read from the books has a day; a picture and a transcript have none."""
    if order.about in ("invoice", "ticket"):
        return []
    picker = block_kit.date_picker("as_of", chosen=order.as_of.isoformat())
    return [block_kit.field(words.say("As of"), picker, name="as_of")]


def _language(order: Order, words: Words) -> Block:
    options = block_kit.options(NAMES.items())
    menu = block_kit.select("language", options, chosen=order.language)
    return block_kit.field(words.say("Language"), menu, name="language")


def _offered(order: Order, words: Words) -> list[Block]:
    """What a kind lets one add."""
    fields = [
        block_kit.field(label, _input(path, order.texts.get(path, "")), name=path, optional=True)
        for path, label in order.offers
    ]
    if order.about != "person":
        return fields
    return [
        block_kit.context(words.mark("It is about yourself, and comes to you alone.")),
        *fields,
    ]


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
        [
            block_kit.context(
                words.mark("What is filled in below is proposed: change what is not right.")
            )
        ]
        if gaps
        else []
    )


def _input(path: str, proposed: str) -> Element:
    if path in DAYS:
        return block_kit.date_picker(path, chosen=proposed or None)
    return block_kit.text_input(
        path, multiline=path.endswith("address"), initial=proposed, most=500
    )
