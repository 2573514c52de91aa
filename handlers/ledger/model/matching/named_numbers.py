"""What the titles of a few payments may name, as keys by which a database finds it: of very many
invoices, only those are arranged.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise, product

from handlers.ledger.model.matching.candidates import IN_LIST, LONGEST, completed, spreads
from handlers.ledger.model.matching.number_patterns import NumberPatterns, behind_year
from handlers.ledger.model.matching.numbers import bare, has_year, year_forms
from handlers.ledger.model.matching.titles import Title, read_title
from handlers.ledger.statements.values import Entry

_SHORTEST_GLUED, _LONGEST_GLUED = 6, 30  # digits
_TAX_NUMBER = 10  # digits, with which a KSeF number begins
_LONGEST_REFERENCE = 20  # words
_MOST_TRIED = 5_000  # ways to write a title's numbers
_KSEF_CUTS = (10, 18, 30, 32)
_Parts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """Keys of invoices that titles may name: folded numbers, beginnings and ends of others, KSeF
    numbers.
    """

    numbers: frozenset[str]
    beginnings: frozenset[str]
    ends: frozenset[str]
    references: frozenset[str]


def named(entries: Iterable[Entry], patterns: NumberPatterns) -> Named:
    """What the titles of these entries could name, letters read as digits or not."""
    numbers, beginnings, ends, references = set[str](), set[str](), set[str](), set[str]()
    for title in _titles(entries):
        numbers.update(_Reading(title, patterns).numbers())
        for digits in _alone(title):
            numbers.update(patterns.running(digits))
            beginnings.update(patterns.beginnings(digits))
            ends.update(patterns.ends(digits))
        references.update(_references(title))
    return Named(*map(frozenset, (numbers, beginnings, ends, references)))


def _titles(entries: Iterable[Entry]) -> set[Title]:
    titles: set[Title] = set()
    for entry in entries:
        titles.add(read_title(entry.title, entry.amount))
        titles.add(read_title(entry.title, entry.amount, lookalikes=True))
    return titles


class _Reading:
    """One title's digits, as whole numbers and as numbers but for the year."""

    def __init__(self, title: Title, patterns: NumberPatterns) -> None:
        self._title, self._patterns = title, patterns
        self._groups = {title.bare(first, last) for first, last in title.groups()}
        self._numbers: set[str] = set()
        self._tried: set[_Parts] = set()
        self._existing: set[_Parts] = set()
        """Parts that a number of some pattern may have: a short neighbour is completed by them."""

    def numbers(self) -> set[str]:
        for parts in self._runs():
            self._try(parts)
            self._try(parts[::-1])
        self._try_all(self._glued())
        self._complete_lists()
        for parts in self._groups:
            self._numbers.update(self._patterns.yearless(parts))
        return self._numbers

    def _try(self, parts: _Parts) -> None:
        for written in _writings(parts, self._patterns.glued_years):
            if written in self._tried:
                continue
            self._tried.add(written)
            if fitting := set(self._patterns.whole(written)):
                self._numbers |= fitting
                self._existing.add(written)

    def _try_all(self, several: Iterable[_Parts]) -> None:
        """A title that is nothing but digits is not read for ever."""
        for parts in several:
            if len(self._tried) >= _MOST_TRIED:
                return
            self._try(parts)

    def _runs(self) -> Iterator[_Parts]:
        """Digits that follow each other, and what ranges of them stand for."""
        count = len(self._title.digits)
        for first in range(count):
            for last in range(first, min(first + LONGEST, count)):
                yield self._title.bare(first, last)
        yield from self._groups
        for first, last in self._title.groups():
            for spread in spreads(self._title, first, last) if last - first > 1 else ():
                yield from spread

    def _glued(self) -> Iterator[_Parts]:
        """Parts of numbers whose digits follow each other here, however they are parted."""
        raw = [digits.raw for digits in self._title.digits]
        for first in range(len(raw)):
            for last in range(first, min(first + LONGEST, len(raw))):
                glued = bare("".join(raw[first : last + 1]))
                if _SHORTEST_GLUED <= len(glued) <= _LONGEST_GLUED:
                    yield from self._patterns.glued(glued)

    def _complete_lists(self) -> None:
        """``FV/2026/11/0042, 43``: what a neighbour has more, until nothing is new."""
        listed, done = set(self._listed()), set[_Parts]()
        while listed and (models := self._existing - done):
            done |= models
            if len(self._tried) >= _MOST_TRIED:
                return
            for short, model in product(listed, models):
                self._try_all(completed(short, model))

    def _listed(self) -> Iterator[_Parts]:
        """Digits beside which others stand as in a list."""
        links = self._title.links
        for first, last in self._title.groups():
            before, behind = links[max(first - 1, 0) : first], links[last : last + 1]
            if not IN_LIST.isdisjoint((*before, *behind)):
                yield self._title.bare(first, last)


def _writings(parts: _Parts, glued_years: frozenset[str]) -> Iterator[_Parts]:
    """How a number may be written that people write with these parts."""
    yield parts
    if has_year(parts):
        yield from _with_short_year(parts)
        yield from _with_glued_year(parts, glued_years)
    for dated in year_forms(parts):
        yield dated
        yield from _with_glued_year(dated, glued_years)


def _with_short_year(parts: _Parts) -> Iterator[_Parts]:
    for place in {0, len(parts) - 1}:
        short = (*parts[:place], parts[place][2:], *parts[place + 1 :])
        if has_year((parts[place],)) and not has_year(short):
            yield short


def _with_glued_year(parts: _Parts, years: frozenset[str]) -> Iterator[_Parts]:
    for place, year in enumerate(parts[:-1]):
        if year in years:
            for glued in behind_year(year, parts[place + 1]):
                yield (*parts[:place], glued, *parts[place + 2 :])


def _alone(title: Title) -> Iterator[str]:
    """Digits that no sign joins to others."""
    return (title.digits[first].bare for first, last in title.groups() if first == last)


def _references(title: Title) -> Iterator[str]:
    """KSeF numbers, which begin with a tax number."""
    for digits in title.digits:
        if len(digits.raw) != _TAX_NUMBER:
            continue
        words = title.tokens[digits.place : digits.place + _LONGEST_REFERENCE]
        glued = "".join(words).upper()[: _KSEF_CUTS[-1]]
        yield "-".join(glued[a:b] for a, b in pairwise((0, *_KSEF_CUTS)))
