"""An invoice number in the forms under which people write it, as keys of an index.

Only digits make the keys (``FV/2026/11/0042`` is ``2026.11.42``): prefixes are what people leave
out, write differently or glue on; they are compared afterwards.
"""

import re
from dataclasses import dataclass
from itertools import filterfalse

from bot.kit.folding import fold

_PARTS = re.compile(r"[a-z]+|[0-9]+")
_YEAR = re.compile(r"20[0-4][0-9]")
_SHORT_YEAR = re.compile(r"[12345][0-9]")
_YEAR_FIRST = re.compile(r"(20[0-4][0-9])(0[1-9]|1[0-2])?([0-9]*)")
_COMPACT_LENGTH = 6


@dataclass(frozen=True, slots=True)
class Number:
    """A number taken apart: the digit groups without leading zeros, and its letters."""

    parts: tuple[str, ...]
    raw: tuple[str, ...]
    letters: frozenset[str]
    prefix: str = ""
    """Its letters glued together, as people write them who leave out signs."""

    @property
    def full(self) -> str:
        return ".".join(self.parts)


def number(text: str) -> Number:
    words = _PARTS.findall(fold(text))
    raw = tuple(filter(str.isdigit, words))
    letters = list(filterfalse(str.isdigit, words))
    return Number(tuple(map(bare, raw)), raw, frozenset(letters), "".join(letters))


def bare(digits: str) -> str:
    """Digits without leading zeros."""
    return digits.lstrip("0") or "0"


def full_keys(of: Number) -> set[str]:
    """All of the number: as it is, with a short year written out, with a year and month that are
    glued cut apart.
    """
    keys = {of.full, *map(".".join, year_forms(of.parts))}
    for place, part in enumerate(of.raw):
        cut = _cut(part)
        if cut:
            keys.add(".".join((*of.parts[:place], *cut, *of.parts[place + 1 :])))
    return keys - {""}


def compact_keys(of: Number) -> set[str]:
    """The digits without any sign between them, leading zeros kept or left out: ``2026110042``,
    ``20261142``.
    """
    joined = {bare("".join(of.raw)), "".join(of.parts)}
    return {key for key in joined if len(key) >= _COMPACT_LENGTH} - {of.full}


def yearless_key(of: Number) -> str | None:
    """The number without its year, where something more than one group is left."""
    rest = without_year(of.parts)
    return ".".join(rest) if 2 <= len(rest) < len(of.parts) else None


def sequence_key(of: Number) -> str | None:
    """The running number alone: ``42`` of ``FV/2026/11/0042`` and of ``42/11/2026``."""
    if len(of.parts) == 1:
        cut = _cut(of.raw[0])
        return cut[1] if cut else None
    rest = without_year(of.parts)
    if len(rest) == len(of.parts) or not rest:
        return None
    if len(rest) == 1:
        return rest[0]
    wide = [bare(part) for part in of.raw if len(part) > 2 and not _YEAR.fullmatch(part)]
    if len(wide) == 1:
        return wide[0]
    return rest[-1] if _YEAR.fullmatch(of.parts[0]) else rest[0]


def without_year(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The parts but one that is a year (2000 to 2049), the last such one at an end if there are
    several.
    """
    place = year_place(parts)
    return parts if place is None else parts[:place] + parts[place + 1 :]


def year_place(parts: tuple[str, ...]) -> int | None:
    """Where the year stands that is left out."""
    if not parts:
        return None
    last = len(parts) - 1
    places: tuple[int, ...] = (last, 0, *range(1, last))
    for place in places:
        if _YEAR.fullmatch(parts[place]):
            return place
    return None


def has_year(parts: tuple[str, ...]) -> bool:
    return any(map(_YEAR.fullmatch, parts))


def year_forms(parts: tuple[str, ...]) -> list[tuple[str, ...]]:
    """With a two-digit first or last group as a year of this century (``42/11/26``)."""
    if len(parts) < 2 or has_year(parts):
        return []
    forms = []
    for place in (len(parts) - 1, 0):
        if _SHORT_YEAR.fullmatch(parts[place]):
            forms.append((*parts[:place], f"20{parts[place]}", *parts[place + 1 :]))
    return forms


def _cut(raw: str) -> tuple[str, str] | None:
    """``20260042`` is 2026 and 42, ``202611`` is 2026 and 11, ``2026110042`` stays compact."""
    match_ = _YEAR_FIRST.fullmatch(raw)
    if not match_ or len(raw) < 6 or len(raw) > 9:
        return None
    if len(raw) == 6 and match_[2]:
        return match_[1], bare(match_[2])
    return match_[1], bare(raw[4:])
