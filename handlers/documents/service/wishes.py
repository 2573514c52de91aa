"""Wishes: what words ask for (kind, day, language) in three languages, the words that are left, and
which kinds somebody may order here.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.kit import block_kit
from bot.kit.errors import Problem
from bot.kit.folding import fold
from bot.kit.language.spoken_days import refuse_impossible
from bot.kit.language.spoken_periods import Period, take_period
from bot.kit.words import N_
from handlers.documents import kinds
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.balances import company_day
from storage.documents import kept_texts
from storage.invoices import customers
from storage.turn import Turn

SINCE = "movements_since"
"""What a kind offers that tells what happened in a period."""
_BY_LANGUAGE = {
    "en": "in english|english|po angielsku|angielski|angolul|angol",
    "pl": "in polish|polish|po polsku|polski|lengyelul|lengyel",
    "hu": "in hungarian|hungarian|po wegiersku|wegierski|magyarul|magyar",
}


@dataclass(frozen=True)
class Wish:
    """What words ask for, as far as they say it."""

    kind: str | None
    rest: str
    as_of: date | None = None
    language: str | None = None
    since: date | None = None
    """Where a period is asked for: it ends with ``as_of``, and today where no end is named."""
    unclear: tuple[date, ...] = ()
    """Several days that make no period: which one is meant is for the writer to say."""

    @property
    def tells_a_period(self) -> bool:
        """Whether its kind of document tells what happened in a period."""
        made = kinds.kinds().get(self.kind or "")
        return made is not None and SINCE in dict(made.offers)

    def days_again(self) -> str:
        """The days as an order has them after its words."""
        since = f"from {self.since.isoformat()}" if self.since else ""
        until = f"to {self.as_of.isoformat()}" if self.as_of else ""
        unclear = (day.isoformat() for day in self.unclear)
        return " ".join(filter(None, (since, until, *unclear)))


class OneDay(Problem):
    sentence = N_("Several days are named, and this is asked of one. Write it as 2026-11-30.")


def read(turn: Turn, words: str) -> Wish:
    """What words ask for."""
    period = _period(turn, words, chosen_kind(turn, words)[0])
    text, language = _without_language(period.rest)
    kind, rest = chosen_kind(turn, text)
    return Wish(kind, rest, period.until, language, period.since, period.unclear)


def one_day(turn: Turn, words: str) -> date:
    """The day that words name, or today; raises :class:`OneDay` where they name a period."""
    wish = read(turn, words)
    if wish.since or wish.unclear:
        raise OneDay()
    return wish.as_of or company_day(turn)


def as_typed(text: str, rest: str) -> str:
    """The words that are left, as they stand in the text."""
    return " ".join(word for word in text.split() if f" {fold(word)} " in f" {rest} ")


def orderable(turn: Turn) -> list[str]:
    """The kinds that the actor may order here: of money only for who may see it."""
    if turn.actor.is_external:
        return []
    here = made_here(turn)
    if ledger.has_a_role(turn):
        return here
    return [key for key in here if kinds.kind(key).about in ("person", "ticket")]


def made_here(turn: Turn) -> list[str]:
    """The kinds of the catalogue that the bot makes, in its order."""
    ours = kinds.kinds()
    return [
        key
        for key, kind in turn.catalogue.document_kinds.items()
        if kind.source == "made" and key in ours
    ]


def language_of(turn: Turn, customer: int) -> str:
    """The language in which a customer is written to; empty where nobody has said it."""
    return customers.get(turn, customer).language


def customer_named(turn: Turn, customer: int) -> tuple[int, str] | None:
    """A customer by id and name, as forms show one; None for an id that is nobody's here."""
    row = customers.known(turn, customer)
    return (row.id, row.name) if row else None


def _without_language(words: str) -> tuple[str, str | None]:
    folded = fold(words)
    for language, names in _BY_LANGUAGE.items():
        for name in names.split("|"):
            if f" {name} " in f" {folded} ":
                return f" {folded} ".replace(f" {name} ", " ").strip(), language
    return words, None


def _period(turn: Turn, words: str, kind: str | None) -> Period:
    """``12/10/2026`` is a number where an invoice is asked for, and a day elsewhere."""
    is_of_an_invoice = kind is not None and kind in kinds.about("invoice")
    period = take_period(
        words, company_day(turn), turn.words.language, slashes=not is_of_an_invoice
    )
    refuse_impossible(period.rest)
    return period


def chosen_kind(turn: Turn, words: str) -> tuple[str | None, str]:
    """The kind that words begin or end with by label or keyword, in any language, and the words
    that are left.
    """
    folded, names = fold(words), _names(turn)
    best = max((name for name in names if _stands_in(name, folded)), key=len, default=None)
    if best is None:
        return None, words
    rest = f" {folded} ".replace(f" {best} ", " ").strip()
    return names[best], rest


def _stands_in(name: str, text: str) -> bool:
    return f" {name} " in f" {text} "


def _names(turn: Turn) -> dict[str, str]:
    """What people call a kind: its labels and keywords in any language, and each word that only its
    names have.
    """
    names: dict[str, str] = {}
    words: dict[str, set[str]] = {}
    for key, kind in turn.catalogue.document_kinds.items():
        labels = (kind.label.en, kind.label.pl, kind.label.hu)
        for name in map(fold, (*labels, *kind.keywords.en, *kind.keywords.pl, *kind.keywords.hu)):
            names.setdefault(name, key)
            for word in name.split():
                words.setdefault(word, set()).add(key)
    for word, of in words.items():
        if len(of) == 1 and len(word) > 3:
            names.setdefault(word, min(of))
    return names


def carried(turn: Turn, text: str) -> Mapping[str, str]:
    """What a button remembers of what was asked: the words, or where they are kept."""
    whole = {"text": text}
    if len(json.dumps(whole, ensure_ascii=False)) <= block_kit.MOST_VALUE:
        return whole
    return {"kept": kept_texts.keep(turn, f"document:{turn.now.isoformat()}", text)}
