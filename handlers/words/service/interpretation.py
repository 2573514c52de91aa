"""Reading a sentence: what it wants, and which customers it names that its writer may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.kit.catalogue import Catalogue
from handlers.ledger.service import lookup as ledger
from handlers.words.model.customer_names import Candidate, Fit, candidates, fit, pieces
from handlers.words.model.intents import INTENTS, Setting, Understood, understand
from storage.invoices import customers
from storage.invoices.customers import Customer
from storage.turn import Turn

__all__ = ["INTENTS", "Read", "read", "setting"]
MOST_CUSTOMERS = 20
_MOST_WORDS = 12
_ALIKE = 0.99
"""A share of a name from which it is the whole name."""


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence as it was understood; ``customers`` are several where more than one may be
    meant.
    """

    understood: Understood
    customers: tuple[Customer, ...] = ()
    names: tuple[str, ...] = ()
    """The words that name them."""
    has_slips: bool = False


def setting(catalogue: Catalogue, today: date, language: str) -> Setting:
    """What sentences are read against in a company."""
    return Setting(today, catalogue.document_kinds, catalogue.tickets.prefix, language)


def read(turn: Turn, text: str, language: str | None = None) -> Read:
    """What the actor's sentence wants; a customer whom they may not see is a mere word."""
    against = setting(turn.catalogue, ledger.today(turn), language or turn.words.language)
    words = candidates(text)[:_MOST_WORDS]
    result = _named(turn, words)
    names = tuple(dict.fromkeys(word for _, each in result for word in each.words))
    return Read(
        understand(text, against, names=names),
        tuple(customer for customer, _ in result),
        names,
        any(each.has_slips for _, each in result),
    )


def _named(turn: Turn, words: Sequence[Candidate]) -> list[tuple[Customer, Fit]]:
    """The customers that the words name best."""
    seen = ledger.gate(turn)
    if not words or turn.actor.is_external:
        return []
    near = customers.alike(turn, pieces(words), ())
    visible = [each for each in near if seen.everything or each.owner == seen.owner]
    fits = [(each, it) for each in visible if (it := fit(_names(each), words))]
    if not fits:
        return []
    best = max(_rank(it) for _, it in fits)
    return sorted(
        ((each, it) for each, it in fits if _rank(it) == best), key=lambda pair: pair[0].name
    )[:MOST_CUSTOMERS]


def _rank(it: Fit) -> tuple[bool, bool, int]:
    """Whole names before parts, right letters before slips, more words before fewer."""
    return it.share >= _ALIKE, not it.has_slips, len(it.words)


def _names(customer: Customer) -> list[str]:
    return [customer.name, *filter(None, customer.aliases.split("\n"))]
