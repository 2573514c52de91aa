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
    named: list[Customer] = []
    by: dict[str, None] = {}
    has_slips = False
    for customer, it in _named(turn, words):
        named.append(customer)
        by |= dict.fromkeys(it.words)
        has_slips |= it.has_slips
    names = tuple(by)
    return Read(understand(text, against, names=names), tuple(named), names, has_slips)


def _named(turn: Turn, words: Sequence[Candidate]) -> list[tuple[Customer, Fit]]:
    """The customers that the words name best."""
    seen = ledger.gate(turn)
    if not words or turn.actor.is_external:
        return []
    by_rank: dict[tuple[bool, bool, int], list[tuple[Customer, Fit]]] = {}
    for customer in customers.alike(turn, pieces(words), ()):
        if seen.everything or customer.owner == seen.owner:
            it = fit(_names(customer), words)
            if it:
                by_rank.setdefault(_rank(it), []).append((customer, it))
    if not by_rank:
        return []
    best = by_rank[max(by_rank)]
    return sorted(best, key=lambda pair: pair[0].name)[:MOST_CUSTOMERS]


def _rank(it: Fit) -> tuple[bool, bool, int]:
    """Whole names before parts, right letters before slips, more words before fewer."""
    return it.share >= _ALIKE, not it.has_slips, len(it.words)


def _names(customer: Customer) -> list[str]:
    return [customer.name, *filter(None, customer.aliases.split("\n"))]
