"""The form of a customer: who looks after them, how they are spoken to, what papers say of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.kit import block_kit
from bot.kit.block_kit import Block, Element, TooLongToEdit, View
from bot.kit.language.tax_numbers import tax_number
from bot.kit.markup import Mrkdwn, escape, join
from bot.kit.words import LANGUAGES, N_, Words
from storage.invoices.customers import Customer

FORM = "invoices.customer_form"
_DEBTORS = {
    "business": N_("Business"),
    "medical": N_("Public medical body"),
    "consumer": N_("Consumer"),
}
_LANGUAGES = {"en": N_("English"), "pl": N_("Polish"), "hu": N_("Hungarian")}


@dataclass(frozen=True)
class Edited:
    """A customer before they are changed; ``channel`` is the id of the one that they share."""

    customer: Customer
    channel: str | None
    words: Words


def form(edited: Edited, home: str, policies: Sequence[tuple[str, str]] = ()) -> View:
    """What is known of a customer; ``home`` is our own country, ``policies`` are the keys and names
    of those that they may be reminded by, where there is a choice and the reader may make it.
    """
    words = edited.words
    blocks = [block_kit.section(_named(edited.customer, home, words))]
    blocks += [_drawn(name, edited) for name in _FIELDS]
    return block_kit.modal(
        words.say("Customer"),
        [*blocks, *_policy(edited, policies)],
        callback_id=FORM,
        submit=words.say("Save"),
        close=words.say("Cancel"),
        metadata={"customer": edited.customer.id},
    )


def _named(customer: Customer, home: str, words: Words) -> Mrkdwn:
    """A customer with their tax number as their country writes it."""
    name = words.mark("*{customer}*", customer=customer.name)
    if not customer.tax_id:
        return name
    return join(" · ", [name, escape(tax_number(customer.tax_id, customer.country, home, words))])


def _policy(edited: Edited, policies: Sequence[tuple[str, str]]) -> list[Block]:
    if not policies:
        return []
    offered = block_kit.options(policies)
    policy = edited.customer.policy if edited.customer.policy in dict(policies) else None
    chosen = block_kit.select("policy", offered, chosen=policy)
    return [_optional(edited.words.say("Reminders by"), chosen, "policy")]


def _drawn(name: str, edited: Edited) -> Block:
    """A field, or why what stands in it is not changed here."""
    label, element = _FIELDS[name]
    try:
        return _optional(edited.words.say(label), element(name, edited), name)
    except TooLongToEdit as problem:
        return block_kit.context(edited.words.problem(problem))


def _optional(label: str, element: Element, name: str) -> Block:
    return block_kit.field(label, element, name=name, optional=True)


Making = Callable[[str, Edited], Element]


def _typed(most: int, *, multiline: bool = False, placeholder: str | None = None) -> Making:
    """Text of at most so many characters, or as many as it has."""

    def element(name: str, edited: Edited) -> Element:
        stored = getattr(edited.customer, name)
        return block_kit.edit_input(
            name, stored, multiline=multiline, placeholder=placeholder, most=most
        )

    return element


def _owner(name: str, edited: Edited) -> Element:
    return block_kit.people_select(name, chosen=edited.customer.owner or None)


def _debtor(name: str, edited: Edited) -> Element:
    """As the law of late payment parts them."""
    kinds = [block_kit.option(edited.words.say(label), kind) for kind, label in _DEBTORS.items()]
    return block_kit.select(name, kinds, chosen=edited.customer.debtor or "business")


def _language(name: str, edited: Edited) -> Element:
    offered = [block_kit.option(edited.words.say(_LANGUAGES[code]), code) for code in LANGUAGES]
    language = edited.customer.language if edited.customer.language in LANGUAGES else None
    return block_kit.select(name, offered, chosen=language)


def _channel(name: str, edited: Edited) -> Element:
    """One of the workspace's channels; the one that is known stands there."""
    select = {
        "type": "conversations_select",
        "action_id": name,
        "filter": {"include": ["private", "public"]},
    }
    return select | ({"initial_conversation": edited.channel} if edited.channel else {})


_FIELDS: Mapping[str, tuple[str, Making]] = {
    "owner": (N_("Owner"), _owner),
    "debtor": (N_("Kind of customer"), _debtor),
    "language": (N_("Language"), _language),
    "timezone": (N_("Time zone"), _typed(64, placeholder="Europe/Warsaw")),
    "tax_id": (N_("Tax number"), _typed(32)),
    "address": (N_("Address, one line each"), _typed(3000, multiline=True)),
    "email": (N_("E-mail for letters"), _typed(254)),
    "channel": (N_("Shared channel"), _channel),
    "aliases": (N_("Other names, one a line"), _typed(1000, multiline=True)),
}
FIELDS = tuple(_FIELDS)
"""The names of what everybody who has the form fills in, in their order; it has no field for what
is too long for one.
"""
