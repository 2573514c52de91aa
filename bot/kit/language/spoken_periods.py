"""Periods as people say them: *od 1.01 do 31.01.2026*, *from 1 January to 31 March*, *2026. január
1-től 31-ig*, *since 1 January*, *za styczeń 2026*.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Literal

from bot.kit.language.spoken_days import FIRST_SIGN, MONTH, Signed, Spelt, month_number, sign_days

_Role = Literal["since", "until", "on"]
_FROM = r"(?:from|since|starting|between|od|między|miedzy|pomiędzy|pomiedzy)"
_TO = r"(?:up to|to|until|till|through|do|by)"
_ON = (
    r"(?:(?:for|in|w|za)(?: the)?(?: period| okres\w*)?|as of|as at|on|(?:stan )?na(?: dzie[nń])?)"
)
_SIGN = "[\ue000-\uf8ff]"
_DAY = r"(?P<day>\d{1,2})(?:[./](?P<m>\d{1,2}))?\.?"
_NAMED = re.compile(
    rf"(?:(?P<from>\b{_FROM})|(?P<to>\b{_TO})|(?P<dash>[-–—])|(?P<and>\b(?:and|a|i|és|es))|\b{_ON})?"
    rf"\s*(?P<sign>{_SIGN})"
    r"(?:\s*(?:(?P<since>-?t[oóöő]l|óta|ota)|(?P<until>-?ig)|(?P<pair>k[öo]z[öo]t\w*))\b)?",
    re.IGNORECASE,
)
_STUCK_TOGETHER = re.compile(
    rf"(?<![\w/.-])(\d{{1,2}}(?:[./]\d{{1,2}}(?:[./]\d{{4}})?)?|\d{{4}}(?:[./]\d\d){{2}}\.?)[-–—]"
    rf"(?=\d{{1,2}}(?:[./]\d{{1,2}}[./]\d{{4}}|\.? {MONTH}\b)|\d{{4}}[./]\d\d[./]\d\d)",
    re.IGNORECASE,
)
_PARTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\w/.-])(?:{_DAY}|{MONTH})(?= ?(?:–|{_TO}\b) *(?P<whole>{_SIGN}))",
        rf"(?<=\b(?:from) ){_DAY}(?= ?(?:-|and) *(?P<whole>{_SIGN}))",
        rf"(?<=\bod ){_DAY}(?= ?- *(?P<whole>{_SIGN}))",
        rf"(?P<whole>{_SIGN})(?: *-?t[oóöő]l)? *[–—-]? *{_DAY}(?=-?ig\b)",
    )
)
"""A day or a month that leaves the rest of itself to the other end."""
_SPANS = tuple(
    re.compile(rf"(?<![\w/.-]){pattern}(?![\w/])", re.IGNORECASE)
    for pattern in (
        rf"{MONTH}\.? (?P<year>20\d\d)(?: ?r(?:oku)?\b\.?)?",
        rf"(?P<year>20\d\d)\.? {MONTH}",
        r"(?:(?<=\bza )|(?<=\bfor )|(?<=\bin ))(?:rok |the year )?(?P<year>20\d\d)"
        r"(?: r(?:ok)?\b\.?)?",
        r"(?P<year>20\d\d)\.? év\w*",
    )
)


@dataclass(frozen=True, slots=True)
class Period:
    """From when and until when a text asks."""

    rest: str
    """The text without its days and the words that belong to them."""
    since: date | None = None
    until: date | None = None
    """The one day, where it is no period."""
    unclear: tuple[date, ...] = ()
    """Several days that make no period: which is meant is for the writer to say."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A day of a text with the part that it plays there."""

    spelt: Spelt
    role: _Role


def take_period(text: str, today: date, language: str = "en", *, slashes: bool = False) -> Period:
    """The period of an order, or its one day. Weekdays stay: companies bear their names."""
    apart = _STUCK_TOGETHER.sub(r"\1 – ", text)
    signed = sign_days(apart, today, language, weekdays=False, slashes=slashes)
    _sign_spans(signed, today)
    _sign_parts(signed)
    rest = " ".join(_NAMED.sub(" ", signed.rest).split())
    if not signed.days:
        return Period(text)
    return _joined(rest, _placed(signed))


def _sign_spans(signed: Signed, today: date) -> None:
    """Months and years, from their first day to the last; of one that still runs, until today."""

    def replace_(match: re.Match[str]) -> str:
        year = int(match["year"])
        months = match.groupdict()
        month = month_number(months["month"]) if "month" in months else None
        first = date(year, month or 1, 1)
        last = date(year, month or 12, monthrange(year, month or 12)[1])
        is_running = first <= today < last
        return signed.add(Spelt(today if is_running else last, match[0], first=first))

    for pattern in _SPANS:
        signed.rest = pattern.sub(replace_, signed.rest)


def _sign_parts(signed: Signed) -> None:
    """*od 1* do 31.01.2026, *January* to March 2026, 2026. január 1-től *31-ig*."""

    def replace_(match: re.Match[str]) -> str:
        whole = _of_sign(signed, match["whole"])
        spelt = _part(match, whole)
        if spelt is None:
            return match[0]
        sign = signed.add(spelt)
        return f"{match['whole']} – {sign}" if match[0].startswith(match["whole"]) else sign

    for pattern in _PARTS:
        signed.rest = pattern.sub(replace_, signed.rest)


def _part(match: re.Match[str], whole: Spelt) -> Spelt | None:
    named = match.groupdict()
    year = whole.day.year
    try:
        if named.get("month"):
            first = date(year, month_number(match["month"]), 1)
            last = first.replace(day=monthrange(year, first.month)[1])
            return Spelt(last, match[0], whole.has_year, first)
        month = int(named["m"] or whole.day.month)
        return Spelt(date(year, month, int(match["day"])), match[0], whole.has_year)
    except ValueError:
        return None


def _of_sign(signed: Signed, sign: str) -> Spelt:
    return signed.days[ord(sign) - FIRST_SIGN]


def _placed(signed: Signed) -> list[_Placed]:
    """The days in the order in which they stand, each with its part."""
    placed: list[_Placed] = []
    end = 0
    for match in _NAMED.finditer(signed.rest):
        spelt = _of_sign(signed, match["sign"])
        is_next = bool(placed) and not signed.rest[end : match.start()].strip()
        role = _role(match, spelt, placed[-1].role if is_next else None)
        if role == "until" and is_next and placed[-1].role == "on":
            placed[-1] = replace(placed[-1], role="since")
        placed.append(_Placed(spelt, role))
        end = match.end()
    return placed


def _role(match: re.Match[str], spelt: Spelt, before: _Role | None) -> _Role:
    """``before`` is the part of the day that stands just before it."""
    begins, ends = f"{match['from'] or ''} {spelt.words}".strip(), spelt.words
    if match["since"] or re.match(rf"{_FROM}\b", begins, re.IGNORECASE) or _ends(ends, "t[oóöő]l"):
        return "since"
    is_until = match["to"] or match["until"] or _ends(ends, "-ig")
    if is_until or re.match(rf"{_TO}\b", spelt.words, re.IGNORECASE):
        return "until"
    is_pair = before == "since" or (before and match["pair"])
    follows = (match["dash"] and before) or (match["and"] and is_pair)
    return "until" if follows else "on"


def _ends(words: str, ending: str) -> bool:
    return re.search(rf"{ending}$", words, re.IGNORECASE) is not None


def _joined(rest: str, placed: Sequence[_Placed]) -> Period:
    sinces = _different(each.spelt for each in placed if each.role == "since")
    untils = _different(each.spelt for each in placed if each.role != "since")
    if len(sinces) > 1 or len(untils) > 1:
        return Period(rest, unclear=_days(placed))
    until = untils[0] if untils else None
    if not sinces:
        alone = [each.spelt.first for each in placed if each.role == "on"]
        return Period(rest, alone[0] if alone else None, until.day if until else None)
    begins, ends = _with_years(sinces[0], until)
    if ends and ends.day < (begins.first or begins.day):
        return Period(rest, unclear=_days(placed))
    return Period(rest, begins.first or begins.day, ends.day if ends else None)


def _days(placed: Sequence[_Placed]) -> tuple[date, ...]:
    """Both ends of each, so that they stay unclear where they are written down and read again."""
    ends = ((each.spelt.first or each.spelt.day, each.spelt.day) for each in placed)
    return tuple(dict.fromkeys(chain.from_iterable(ends)))


def _different(spelts: Iterable[Spelt]) -> list[Spelt]:
    return list({(spelt.first, spelt.day): spelt for spelt in spelts}.values())


def _with_years(begins: Spelt, ends: Spelt | None) -> tuple[Spelt, Spelt | None]:
    """Who writes a year once means it for both ends; a period that would end before it begins
    began a year earlier.
    """
    if ends is None:
        return begins, None
    if not ends.has_year and begins.has_year:
        same = _in_year(ends, begins.day.year)
        is_later = same.day < begins.day
        return begins, _in_year(ends, begins.day.year + 1) if is_later else same
    if not begins.has_year:
        begins = _in_year(begins, ends.day.year)
        if begins.day > ends.day:
            begins = _in_year(begins, ends.day.year - 1)
    return begins, ends


def _in_year(spelt: Spelt, year: int) -> Spelt:
    """The last of February stays the last."""
    shift = monthrange(year, spelt.day.month)[1]
    day = spelt.day.replace(year=year, day=min(spelt.day.day, shift))
    return replace(spelt, day=day, has_year=True)
