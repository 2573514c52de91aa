"""Which invoice numbers of known patterns digits may mean: all of a number, all but its year, its
running number alone, or its digits glued together.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import filterfalse, product
from math import prod

from handlers.ledger.model.matching.numbers import bare, has_year, without_year, year_place
from storage.invoices.number_patterns import MONTH, NARROW, WIDE, kinds_of

_VALUES = {
    MONTH: tuple(map(str, range(13))),
    NARROW: tuple(map(str, range(13, 100))),
}
_LENGTHS = {MONTH: (1, 2), NARROW: (2,)}
_MOST_VALUES = 10_000
_BEHIND_YEAR = range(2, 6)
_Parts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Running:
    """Where in a number its running number stands: before or behind ``others``, or between them."""

    template: str
    place: int
    others: _Parts

    def values(self) -> Iterator[_Parts]:
        """What may stand in the other places, where these are few."""
        if self._is_countable():
            yield from product(*(_VALUES.get(kind, (kind,)) for kind in self.others))

    def beginning(self, digits: str) -> str | None:
        """With what such a number begins, where nobody can say what follows."""
        if self._is_countable() or self.place:
            return None
        return f"{self.template.split('{}')[0]}{digits}."

    def end(self, digits: str) -> str | None:
        """With what it ends, where nobody can say what stands before."""
        if self._is_countable() or self.place < len(self.others):
            return None
        return f".{digits}{self.template.split('{}')[-1]}"

    def _is_countable(self) -> bool:
        if any(kind.endswith(WIDE) for kind in self.others):
            return False
        return prod(len(_VALUES.get(kind, (kind,))) for kind in self.others) <= _MOST_VALUES


class NumberPatterns:
    """The patterns of a workspace's invoice numbers, arranged once for many questions. Numbers are
    folded; digits come without the zeros before them.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        self._whole: defaultdict[_Parts, list[str]] = defaultdict(list)
        self._yearless: defaultdict[_Parts, list[str]] = defaultdict(list)
        self._running: defaultdict[str, list[_Running]] = defaultdict(list)
        letters: set[str] = set()
        glued_years: set[str] = set()
        for pattern in patterns:
            words = pattern.split(".")
            groups = tuple(filterfalse(str.islower, words))
            letters.update(filter(str.islower, words))
            glued_years.update(group[:4] for group in groups if len(group) > 4)
            template = ".".join(map(_letters_or_room, words))
            self._whole[groups].append(template)
            self._arrange_year(groups, template)
        self.letters = frozenset(letters)
        """All letters that stand in these numbers."""
        self.glued_years = frozenset(glued_years)
        """Years that stand before other digits without a sign."""

    def whole(self, parts: _Parts) -> Iterator[str]:
        """Numbers that have just these digits."""
        for kinds in product(*map(kinds_of, parts)):
            for template in self._whole.get(kinds, ()):
                yield template.format(*parts)

    def yearless(self, parts: _Parts) -> Iterator[str]:
        """Numbers that have just these digits and a year."""
        for kinds in product(*map(kinds_of, parts)):
            for template in self._yearless.get(kinds, ()):
                yield template.format(*parts)

    def running(self, digits: str) -> Iterator[str]:
        """Numbers whose running number this is."""
        for each in self._with_running(digits):
            for values in each.values():
                parts = (*values[: each.place], digits, *values[each.place :])
                yield each.template.format(*parts)
        for year in self.glued_years:
            for glued in behind_year(year, digits):
                yield from self.whole((glued,))

    def beginnings(self, digits: str) -> Iterator[str]:
        """With what the others begin whose running number this is first."""
        for each in self._with_running(digits):
            if beginning := each.beginning(digits):
                yield beginning

    def ends(self, digits: str) -> Iterator[str]:
        """With what the others end whose running number this is last."""
        for each in self._with_running(digits):
            if end := each.end(digits):
                yield end

    def glued(self, digits: str) -> Iterator[_Parts]:
        """The parts of numbers whose digits are these, when no sign stands between them."""
        for kinds in self._whole:
            if len(kinds) > 1:
                yield from _cut_apart(digits, kinds)

    def _with_running(self, digits: str) -> Iterator[_Running]:
        for kind in kinds_of(digits):
            yield from self._running.get(kind, ())

    def _arrange_year(self, groups: _Parts, template: str) -> None:
        at = year_place(groups)
        if at is None or len(groups) < 2:
            return
        slots = ["{}"] * len(groups)
        slots[at] = groups[at]
        of_year, rest = template.format(*slots), without_year(groups)
        self._yearless[rest].append(of_year)
        place = _place_of_running(rest, is_year_first=has_year(groups[:1]))
        others = rest[:place] + rest[place + 1 :]
        self._running[rest[place]].append(_Running(of_year, place, others))


def _letters_or_room(word: str) -> str:
    """A word of a pattern as its numbers have it, with room for digits."""
    return word if word.islower() else "{}"


def _place_of_running(rest: _Parts, *, is_year_first: bool) -> int:
    """What is written wide is the running number; else what stands furthest from a year."""
    wide = [place for place, kind in enumerate(rest) if kind.endswith(WIDE)]
    if len(wide) == 1:
        return wide[0]
    return len(rest) - 1 if is_year_first else 0


def behind_year(year: str, digits: str) -> Iterator[str]:
    """Digits as they stand behind a year without a sign, with zeros before them."""
    for length in _BEHIND_YEAR:
        if len(digits) <= length:
            yield year + digits.zfill(length)


def _cut_apart(digits: str, kinds: _Parts) -> Iterator[_Parts]:
    """Every way in which digits are such parts, one behind the other."""
    first, rest = kinds[0], kinds[1:]
    if not rest:
        if _may_be(digits, first):
            yield (bare(digits),)
        return
    if not _may_end(digits, rest[-1]):
        return
    for length in _lengths(first, len(digits)):
        head = digits[:length]
        if _may_be(head, first):
            for tail in _cut_apart(digits[length:], rest):
                yield (bare(head), *tail)


def _lengths(kind: str, there: int) -> Iterable[int]:
    """How many of the digits ``there`` may be of this kind, where others follow."""
    if kind.isdigit():
        return (len(kind),)
    return _LENGTHS.get(kind) or range(1, there)


def _may_be(digits: str, kind: str) -> bool:
    if kind.isdigit():
        return digits == kind
    if kind in _VALUES:
        return len(digits) in _LENGTHS[kind] and bare(digits) in _VALUES[kind]
    return bool(digits) and digits.startswith(kind[: -len(WIDE)])


def _may_end(digits: str, kind: str) -> bool:
    return digits.endswith(kind) if kind.isdigit() else True
