"""Amounts and dates in the cells of a CSV, in the ways people and banks of several countries write
them.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

_AMOUNT_SIGNS = re.compile(r"[\s\xa0\u202f'’_]|[^\W\d_]+|[€$£]")
# Whole or in groups of three; more than fifteen digits are no amount, and would not fit where sums
# are kept.
_WHOLE = r"0*[0-9]{{1,15}}|[0-9]{{1,3}}(?:{thousands}[0-9]{{3}}){{1,4}}"
_NUMBERS = {
    decimal: re.compile(
        rf"({_WHOLE.format(thousands=re.escape(thousands))})(?:{re.escape(decimal)}([0-9]{{0,10}}))?"
    )
    for decimal, thousands in (",.", ".,")
}
_DATE = re.compile(r"([0-9]{1,4})[-./ ]{1,2}([0-9]{1,2})[-./ ]{1,2}([0-9]{2,4})(?![0-9])")
_PACKED_DATE = re.compile(r"(20[0-9]{2})([0-9]{2})([0-9]{2})(?![0-9])")
MINUS = "-−–"


def amount(cell: str, decimal: str) -> Decimal | None:
    """``-1 234,56 zł`` with ``decimal`` as its sign; ``None`` when the cell is empty or
    no amount.
    """
    text = _AMOUNT_SIGNS.sub("", cell).strip("+")
    negative = text[:1] in MINUS or text[-1:] in MINUS or (text[:1] == "(" and text[-1:] == ")")
    text = text.strip(MINUS + "()+")
    written = _NUMBERS[decimal].fullmatch(text)
    if not written:
        return None
    whole = written[1].replace("." if decimal == "," else ",", "")
    value = Decimal(f"{whole}.{written[2]}") if written[2] else Decimal(whole)
    return -value if negative else value


def decimal_sign(cells: Iterable[str]) -> str:
    """The decimal sign of a column: what stands before one or two last digits; groups of three say
    nothing.
    """
    commas = points = 0
    for cell in cells:
        text = _AMOUNT_SIGNS.sub("", cell).strip(MINUS + "()+")
        last = max(text.rfind(","), text.rfind("."))
        if last >= 0 and (len(text) - last - 1 in (1, 2) or _both(text)):
            commas += text[last] == ","
            points += text[last] == "."
    if commas == points == 0:
        return "." if any("," in cell for cell in cells) else ","
    return "," if commas >= points else "."


def _both(text: str) -> bool:
    return "," in text and "." in text


def day(cell: str, order: str) -> date | None:
    """The date in a cell whose parts come in ``order`` (``ymd``, ``dmy``, ``mdy``); a time after it
    is ignored.
    """
    parts = _parts(cell)
    if parts is None:
        return None
    numbers = dict(
        zip("ymd" if len(parts[0]) == 4 else order, (int(p) for p in parts), strict=True)
    )
    year = numbers["y"] + (2000 if numbers["y"] < 100 else 0)
    try:
        return date(year, numbers["m"], numbers["d"])
    except ValueError:
        return None


def date_order(cells: Iterable[str]) -> str:
    """``mdy`` only when a second part over 12 shows it and no first part contradicts."""
    month_first = day_first = False
    for cell in cells:
        parts = _parts(cell)
        if parts and len(parts[0]) == 4:
            return "ymd"
        if parts:
            day_first = day_first or int(parts[0]) > 12
            month_first = month_first or int(parts[1]) > 12
    return "mdy" if month_first and not day_first else "dmy"


def _parts(cell: str) -> tuple[str, str, str] | None:
    text = cell.strip().strip("'\"")
    found = _PACKED_DATE.match(text) or _DATE.match(text)
    return (found[1], found[2], found[3]) if found else None
