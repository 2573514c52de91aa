"""Wishes: what words ask for (kind, day, language) in three languages, the words that are left, and
which kinds somebody may order here.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.kit import block_kit
from bot.kit.folding import fold
from bot.kit.language.spoken_days import DAY, NotADay, take_day
from handlers.documents import kinds
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.balances import company_day
from storage.documents import kept_texts
from storage.invoices import customers
from storage.turn import Turn

_BY_LANGUAGE = {
    "en": "in english|english|po angielsku|angielski|angolul|angol",
    "pl": "in polish|polish|po polsku|polski|lengyelul|lengyel",
    "hu": "in hungarian|hungarian|po wegiersku|wegierski|magyarul|magyar",
}
_YEAR_FIRST = re.compile(r"(?<![/-])\b(\d{4})[-./ ]+(\d{1,2})[-./ ]+(\d{1,2})\b\.?(?![/-])")
_DAY_FIRST = re.compile(r"(?<![/-])\b(\d{1,2})[./-](\d{1,2})[./-](\d{4})\b(?![/-])")
_BEFORE_A_DAY = re.compile(rf"(\b(as of|as at|(stan )?na( dzie[nń])?) *)?{DAY}", re.IGNORECASE)


@dataclass(frozen=True)
class Wish:
    """What words ask for, as far as they say it."""

    kind: str | None
    rest: str
    as_of: date | None = None
    language: str | None = None


def read(turn: Turn, words: str) -> Wish:
    """What words ask for; a number with slashes is no day."""
    text, as_of = _without_day(turn, words)
    text, language = _without_language(text)
    kind, rest = chosen_kind(turn, text)
    return Wish(kind, rest, as_of, language)


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


def _without_day(turn: Turn, words: str) -> tuple[str, date | None]:
    """``FV/2026/11/0042`` holds no day, but where nothing else is asked for signs of all kinds part
    one.
    """
    day, rest = take_day(words, company_day(turn), turn.words.language, weekdays=False)
    if day is None:
        day, rest = _in_figures(words)
    return (_BEFORE_A_DAY.sub(" ", rest).strip(), day) if day else (words, None)


def _in_figures(words: str) -> tuple[date | None, str]:
    for pattern, order in ((_YEAR_FIRST, (1, 2, 3)), (_DAY_FIRST, (3, 2, 1))):
        match_ = pattern.search(words)
        day = _day(match_[0], *map(int, match_.group(*order))) if match_ else None
        if day:
            return day, pattern.sub(DAY, words, count=1)
    return None, words


def _day(written: str, year: int, month: int, day: int) -> date | None:
    """None where it is a number: with slashes also one like ``31/02/2026``."""
    try:
        return date(year, month, day)
    except ValueError:
        if "/" not in written and 1 <= month <= 12 and 1 <= day <= 31:
            raise NotADay(text=written) from None
        return None


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
