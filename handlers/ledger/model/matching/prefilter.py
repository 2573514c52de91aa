"""Whether a few payments could name an invoice, told from its number alone: of very many, only
those are arranged.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from bot.kit.folding import fold
from handlers.ledger.model.matching import numbers
from handlers.ledger.model.matching.index import reference_key
from handlers.ledger.model.matching.titles import LONGEST_RANGE, Title, read_title
from handlers.ledger.statements.values import Entry

_LONGEST = 6
_WORDS = re.compile(r"[a-z]+|[0-9]+")
_NO_DIGIT = re.compile(r"[^0-9]")
_YEAR = re.compile(r"20[0-9]{2}")
_YEARS = frozenset(map(str, range(2000, 2100)))
_GLUED_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})([0-9]{2,5})(?![0-9])")
_MAY_BE_GLUED = re.compile(r"20[0-9]{4}")
_LONGEST_END = 12
Named = Callable[[str, str, str | None], bool]


@dataclass(frozen=True, slots=True)
class Sought:
    """What titles could name: groups of digits, those among them that stand alone, runs of them
    glued together.
    """

    groups: frozenset[str]
    alone: frozenset[str]
    glued: frozenset[str]
    ends: frozenset[str]
    """With what digits that which is glued may end."""
    texts: tuple[str, ...]

    def quick(self, letters: Iterable[str]) -> Named:
        """:meth:`may_name` for very many numbers, in which these are all the letters: most are told
        by their parts.
        """
        words = frozenset(letters)
        others = self.groups | words | _YEARS
        ends = self.ends | {word[-_LONGEST_END:] for word in words}
        groups, alone, may_name = self.groups, self.alone, self.may_name
        glued = _MAY_BE_GLUED.search

        def quick(number: str, folded: str, reference: str | None) -> bool:
            parts = folded.split(".")
            is_candidate = (
                others.issuperset(parts)
                or not alone.isdisjoint(parts)
                or parts[-1][-_LONGEST_END:] in ends
                or (reference is not None and reference[:10] in groups)
                or glued(folded)
            )
            return bool(is_candidate) and may_name(number, folded, reference)

        return quick

    def may_name(self, number: str, folded: str, reference: str | None = None) -> bool:
        """Whether a title could mean this number: all of it but the year, its running number; or
        the reference.
        """
        parts = list(filter(str.isdigit, folded.split(".")))
        rest = [part for part in parts if not (len(part) == 4 and part.startswith("20"))]
        if self.groups.issuperset(rest):
            return True
        if not self.alone.isdisjoint(rest) and self._runs(number, parts, rest):
            return True
        if parts[-1][-_LONGEST_END:] in self.ends and self._is_glued(number, parts):
            return True
        if any(map(_MAY_BE_GLUED.match, rest)) and _GLUED_YEAR.search(fold(number)):
            cut = _cut(folded)
            if cut != folded:
                return self.may_name(number, cut, reference)
        return reference is not None and self._refers(reference)

    def _runs(self, number: str, parts: list[str], rest: list[str]) -> bool:
        """Whether one that stands alone can be the running number: by its place, or because it is
        written wide.
        """
        place = rest[0] if parts[0] in rest else rest[-1]
        if place in self.alone:
            return True
        for part in self.alone.intersection(rest):
            wide = part.rjust(3, "0")
            if wide in number:
                return True
        return False

    def _is_glued(self, number: str, parts: list[str]) -> bool:
        return "".join(parts) in self.glued or numbers.bare(_NO_DIGIT.sub("", number)) in self.glued

    def _refers(self, reference: str) -> bool:
        """A KSeF number is looked for where its beginning, a tax number, stands."""
        if reference[:10] not in self.groups:
            return False
        wanted = _text(_WORDS.findall(fold(reference)))
        return any(wanted in text for text in self.texts)


def sought(entries: Iterable[Entry]) -> Sought:
    """What the titles of these entries could name, zeros read as O or not."""
    groups, alone, glued, texts = set[str](), set[str](), set[str](), list[str]()
    for entry in entries:
        for lookalikes in (False, True):
            title = read_title(entry.title, entry.amount, lookalikes=lookalikes)
            groups.update(title.bare(0, len(title.digits) - 1))
            groups.update(_between(title))
            alone.update(_alone(title))
            glued.update(_glued(title))
            texts.append(_text(title.tokens))
    short_years = {group[2:] for group in groups if _YEAR.fullmatch(group)}
    return Sought(
        groups=frozenset(groups | short_years),
        alone=frozenset(alone),
        glued=frozenset(glued),
        ends=frozenset(chain.from_iterable(map(_endings, glued))),
        texts=tuple(texts),
    )


def _endings(text: str) -> Iterator[str]:
    for length in range(1, _LONGEST_END + 1):
        yield text[-length:]


def _text(words: Iterable[str]) -> str:
    return f".{reference_key(words)}."


def _cut(folded: str) -> str:
    """With a year that is glued to what follows cut off: ``2026.42`` of ``20260042``."""
    return _GLUED_YEAR.sub(lambda result: f"{result[1]}.{numbers.bare(result[2])}", folded)


def _between(title: Title) -> Iterator[str]:
    """The numbers within a range: ``43`` and ``44`` of ``42-45``."""
    for n in range(len(title.links)):
        low, high = int(title.digits[n].bare), int(title.digits[n + 1].bare)
        if title.sign(n) == "-" and high <= low + LONGEST_RANGE:
            yield from map(str, range(low + 1, high))


def _alone(title: Title) -> Iterator[str]:
    for first, last in title.groups():
        if first == last:
            yield title.digits[first].bare


def _glued(title: Title) -> Iterator[str]:
    raw = title.raw(0, len(title.digits) - 1)
    for first in range(len(raw)):
        for last in range(first, min(first + _LONGEST, len(raw))):
            yield numbers.bare("".join(raw[first : last + 1]))
