"""Words: every sentence in the reader's language, from gettext catalogues that stand beside their
feature.

English sentences are the keys. A feature keeps ``locale/pl.po`` and ``locale/hu.po``; they are read
once, joined, and compiled in memory.
"""

import gettext
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.kit.errors import OurFault, Problem, in_english
from bot.kit.language.articles import with_articles
from bot.kit.markup import Mrkdwn, escape
from bot.kit.money import Money

LANGUAGES = ("en", "pl", "hu")
_TERRITORY = {"en": "en_GB", "pl": "pl_PL", "hu": "hu_HU"}
_ROOT = Path(__file__).parents[2]
_MARKS = "*_\x03"  # what makes a fact bold or slanted ends behind it
_AFTER_A_FACT = re.compile(r"\{(\w+)\}([*_]*)(\.(?!\.)|-(?=[a-záéíóöőúüű]))")


def N_(sentence: str) -> str:
    """Marks a sentence for the catalogues where it is not said yet."""
    return sentence


def language_of(locale: str | None) -> str:
    """The language we speak to somebody whose Slack is set to ``locale`` (``pl-PL``): English when
    in doubt.
    """
    language = (locale or "")[:2].lower()
    return language if language in LANGUAGES else "en"


class Phrase:
    """A fact that is a sentence itself (a field's name): said in the reader's language, not in
    ours.
    """

    def __init__(self, sentence: str, **facts: object) -> None:
        self.sentence, self.facts = sentence, facts

    def __str__(self) -> str:
        return in_english(self.sentence, self.facts)

    __repr__ = __str__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Phrase) and (self.sentence, self.facts) == (
            other.sentence,
            other.facts,
        )

    def __hash__(self) -> int:
        return hash(str(self))


@dataclass(frozen=True)
class Words:
    """What is said to one reader."""

    language: str

    def say(self, sentence: str, **facts: object) -> str:
        """A sentence as plain text (titles, buttons, PDFs, CSV)."""
        return self._filled(_translation(self.language).gettext(sentence), facts)

    def count(self, item: str, many: str, n: int, **facts: object) -> str:
        """A sentence with a number in it, in the right plural form; ``{n}`` is the number, in
        thousands.
        """
        sentence = _translation(self.language).ngettext(item, many, n)
        return self._filled(sentence, {"n": self.number(n), **facts})

    def number(self, n: int) -> str:
        """A whole number as this reader groups it, not broken over two lines: ``10 000``."""
        from babel.numbers import format_decimal

        return str(n) if abs(n) < 1000 else format_decimal(n, "#,##0", locale=self.locale)

    def _filled(self, sentence: str, facts: Mapping[str, object]) -> str:
        if self.language == "hu" and "(z)" in sentence:
            sentence = with_articles(sentence, facts)
        if "}." in sentence or "*." in sentence or "}-" in sentence:
            sentence, facts = _with_stops(sentence, facts)
        return sentence.format(**facts)

    def mark(self, sentence: str, **facts: object) -> Mrkdwn:
        """A sentence as mrkdwn: the facts are escaped, unless they are :class:`Mrkdwn`
        themselves.
        """
        return Mrkdwn(self.say(sentence, **{name: escape(fact) for name, fact in facts.items()}))

    def mark_count(self, item: str, many: str, n: int, **facts: object) -> Mrkdwn:
        """:meth:`count` as mrkdwn."""
        return Mrkdwn(
            self.count(item, many, n, **{name: escape(fact) for name, fact in facts.items()})
        )

    def problem(self, problem: Problem) -> str:
        """What is wrong, as plain text; dates and money among the facts as this reader
        writes them.
        """
        return self.say(problem.sentence, **{k: self.fact(v) for k, v in problem.facts.items()})

    def failure(self, why: Exception) -> str:
        """Why slow work was given up: what a person can act on, or that it was our fault."""
        return self.problem(why if isinstance(why, Problem) else OurFault())

    def fact(self, value: object) -> object:
        """A fact as this reader writes it: money, dates, sentences that are keys themselves, and
        lists of these.
        """
        match value:
            case Phrase():
                return self.say(value.sentence, **{k: self.fact(v) for k, v in value.facts.items()})
            case tuple():
                return self.list(str(self.fact(part)) for part in value)
            case Money():
                return self.money(value)
            case datetime():
                return value
            case date():
                return self.date(value)
            case _:
                return value

    def money(self, money: Money) -> str:
        return money.shown(_TERRITORY[self.language])

    def long_date(self, day: date) -> str:
        """A date as letters have it, with the month's name; it is not broken over two lines."""
        suffix = " r." if self.language == "pl" else ""
        return f"{self.date(day, 'long')}{suffix}".replace(" ", "\xa0")

    def date(self, day: date, form: str = "medium") -> str:
        return format_date(day, form, locale=_TERRITORY[self.language])

    def list(self, items: Iterable[str]) -> str:
        """``a, b and c``."""
        from babel.lists import format_list

        return format_list(list(items), locale=_TERRITORY[self.language])

    @property
    def locale(self) -> Locale:
        """Babel's locale, for numbers that are not money."""
        return Locale.parse(_TERRITORY[self.language])


def _with_stops(sentence: str, facts: Mapping[str, object]) -> tuple[str, Mapping[str, object]]:
    """Where a fact ends with a full stop (``Sp. z o.o.``, ``2026. 11. 30.``) its sentence adds no
    second one, and a Hungarian ending takes its place (``30-ig``).
    """
    bare = dict(facts)

    def joined(match: re.Match[str]) -> str:
        name, marks, sign = match.groups()
        text = str(facts.get(name, ""))
        if not text.rstrip(_MARKS).endswith("."):
            return match[0]
        if sign == ".":
            return f"{{{name}}}{marks}"
        bare[f"{name} bare"] = text.removesuffix(".")
        return f"{{{name} bare}}{marks}{sign}"

    return _AFTER_A_FACT.sub(joined, sentence), bare


def catalogue_files(language: str) -> list[Path]:
    """Every ``locale/<language>.po`` of the product."""
    rooms = ("bot", "handlers")
    return sorted(f for room in rooms for f in (_ROOT / room).glob(f"**/locale/{language}.po"))


@cache
def _translation(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    joined = Catalog(locale=language)
    for file in catalogue_files(language):
        with file.open("rb") as f:
            for message in read_po(f, locale=language):
                if message.id and message.string:
                    joined[message.id] = message
    compiled = BytesIO()
    write_mo(compiled, joined)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
