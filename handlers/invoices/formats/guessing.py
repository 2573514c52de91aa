"""Guesses what the columns of a table mean, from their headings and from how the cells below are
written.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from bot.kit.folding import fold
from handlers.invoices.formats.headings import HEADINGS
from handlers.invoices.formats.mapping import ColumnMapping, DayOrder

Cell = str | int | float | Decimal | bool | date | None
Row = Sequence[Cell]

_AMOUNTS = ("total", "to_pay", "net", "tax", "prepaid", "paid")
_DAYS = ("issued_on", "due_on", "paid_on")
CURRENCIES = {
    "pln": "PLN",
    "zl": "PLN",
    "eur": "EUR",
    "euro": "EUR",
    "€": "EUR",
    "huf": "HUF",
    "ft": "HUF",
    "forint": "HUF",
    "usd": "USD",
    "$": "USD",
    "gbp": "GBP",
    "£": "GBP",
    "czk": "CZK",
    "kc": "CZK",
    "chf": "CHF",
    "ron": "RON",
}
"""Words and signs that people write for a currency."""
_WORD = re.compile(r"[a-z]+|[€$£]")
_EXACT = 1_000
_LONGEST_HEADING = 80
_DAY = re.compile(r"([0-9]{1,4})[./ -]+([0-9]{1,2})[./ -]+([0-9]{1,4})\.?(?:[T ].*)?")


def guessed(headings: Row, sample: Sequence[Row]) -> ColumnMapping | None:
    """A mapping for a table with these headings; ``None`` where no column is the number, or none
    the amount.
    """
    columns = _columns(headings)
    if "number" not in columns or not columns.keys() & {"total", "to_pay"}:
        return None
    amounts = _cells(headings, sample, columns, _AMOUNTS)
    days = _cells(headings, sample, columns, _DAYS)
    currency = (
        None
        if "currency" in columns
        else _currency([columns[f] for f in _AMOUNTS if f in columns], amounts)
    )
    constants = {"currency": currency} if currency else {}
    return ColumnMapping(columns, _decimal_sign(amounts), _day_order(days), constants)


def sureness(mapping: ColumnMapping) -> int:
    """How much of an invoice the mapping covers: the table's heading row is the one
    with the most.
    """
    return len(mapping.columns)


def _columns(headings: Row) -> dict[str, str]:
    """Each field its best heading and each heading one field, the surest pairs first."""
    named = {
        str(cell): fold(str(cell))
        for cell in headings
        if isinstance(cell, str) and len(cell) <= _LONGEST_HEADING
    }
    pairs = [
        (fit, field, heading)
        for heading, folded in named.items()
        for field, words in HEADINGS.items()
        if (fit := _fit(folded, words))
    ]
    columns: dict[str, str] = {}
    for _, field, heading in sorted(pairs, key=lambda pair: (-pair[0], pair[1])):
        if field not in columns and heading not in columns.values():
            columns[field] = heading
    return columns


def _fit(heading: str, words: tuple[str, ...]) -> int:
    """Exact words fit best, the earlier the better; words within the heading (``wartosc brutto
    pln``) less.
    """
    if heading in words:
        return _EXACT - words.index(heading)
    padded = f" {heading} "
    return max((len(word) for word in words if len(word) > 4 and f" {word} " in padded), default=0)


def _cells(
    headings: Row, sample: Sequence[Row], columns: dict[str, str], fields: Iterable[str]
) -> list[str]:
    places = [list(headings).index(columns[field]) for field in fields if field in columns]
    return [
        cell
        for row in sample
        for place in places
        if place < len(row) and isinstance(cell := row[place], str)
    ]


def _decimal_sign(cells: Iterable[str]) -> Literal[".", ","]:
    """The last sign of a cell with both, or the sign before one, two or four digits and more; else
    the point.
    """
    votes = {".": 0, ",": 0}
    for sign in _signs(cells):
        votes[sign] += 1
    return "," if votes[","] > votes["."] else "."


def _currency(headings: Iterable[str], amounts: Iterable[str]) -> str | None:
    """The one that the headings name (``Brutto [PLN]``) or that stands beside the amounts (``12,00
    zł``).
    """
    named = {
        CURRENCIES.get(word)
        for text in (*headings, *amounts)
        for word in _WORD.findall(fold(text) + _sign(text))
    }
    named.discard(None)
    return named.pop() if len(named) == 1 else None


def _sign(text: str) -> str:
    """Signs that folding drops."""
    return "".join(f" {sign}" for sign in "€$£" if sign in text)


def _signs(cells: Iterable[str]) -> Iterator[str]:
    for cell in cells:
        signs = [(place, sign) for place, sign in enumerate(cell) if sign in ".,"]
        if not signs:
            continue
        place, last = signs[-1]
        digits = len(re.match(r"[0-9]*", cell[place + 1 :])[0])  # type: ignore[index]
        both = len({sign for _, sign in signs}) == 2
        if both or (digits != 3 and len(signs) == 1):
            yield last


def _day_order(cells: Iterable[str]) -> DayOrder:
    """Years come first where they do; else a middle part above 12 tells the American order, and
    nothing else does.
    """
    parts = [written for cell in cells if (written := _DAY.fullmatch(cell.strip()))]
    if any(len(written[1]) == 4 for written in parts):
        return "ymd"
    return "mdy" if any(int(written[2]) > 12 for written in parts) else ("dmy" if parts else "ymd")
