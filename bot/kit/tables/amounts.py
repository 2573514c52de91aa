"""Amounts as people, banks and spreadsheets of several countries write them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from bot.kit.tables.currencies import CURRENCIES, OF_THREE_DECIMALS, WITHOUT_DECIMALS
from bot.kit.tables.directions import sign_of
from bot.kit.tables.values import Cell

DecimalSign = Literal[".", ","]
MINUS = "-−–—"
_PLAIN = {sign: re.compile(rf"-?[0-9]{{1,15}}(?:\{sign}[0-9]{{1,10}})?").fullmatch for sign in ".,"}
"""What nearly every cell is, and what an amount is taken for at most."""
# Between what people write around it; beyond fifteen digits nothing is an amount of an office's.
_WRITTEN = re.compile(
    r"(?P<before>[^0-9]{0,12})(?P<digits>[0-9](?:[0-9.,'’_\s]*[0-9])?)(?P<after>[^0-9]{0,12})"
)
_WHOLE = re.compile(r"[.,](?:[-−–—]{1,2}|00)?")  # ``12,-``: no hundredths
_BLANKS = re.compile(r"['’_\s]+")
_MARKS = re.compile(rf"[{MINUS}+()\s.]+")
_GROUPED = {sign: re.compile(rf"[0-9]{{1,3}}(?:{re.escape(sign)}[0-9]{{3}})+") for sign in ",."}
_LONGEST = 60


class Written(NamedTuple):
    """An amount taken apart: its digits with their signs, whether a minus stands before or after
    them, and the words around them.
    """

    digits: str
    is_whole: bool
    is_negative: bool
    words: tuple[str, ...]


def amount(cell: Cell, decimal: str) -> Decimal | None:
    """``1 234,50 zł``, ``(12.00)``, ``12.00-``, ``12,00 DR``, or a number of a spreadsheet; None
    where it is no amount with this decimal sign.
    """
    if isinstance(cell, str):
        if _PLAIN[decimal](cell):
            return Decimal(cell if decimal == "." else cell.replace(",", "."))
        return _signed(cell, decimal)
    if isinstance(cell, bool) or not isinstance(cell, (int, float, Decimal)):
        return None
    # A spreadsheet keeps binary fractions: what is beyond six decimals is none of the amount.
    return (
        _signed(f"{cell:.6f}".rstrip("0").rstrip("."), ".")
        if isinstance(cell, float)
        else Decimal(cell)
    )


def _signed(text: str, decimal: str) -> Decimal | None:
    written = taken_apart(text)
    value = _number(written, decimal) if written else None
    if written is None or value is None:
        return None
    directions = [sign for word in written.words if (sign := sign_of(word))]
    others = [word for word in written.words if not sign_of(word)]
    if len(directions) > 1 or not all(map(_is_unit, others)):
        return None
    outwards = bool(directions) and directions[0] < 0
    return -value if written.is_negative != outwards else value


def unit_of(cell: Cell) -> str | None:
    """The currency that stands beside an amount; none for a dollar's sign, which is that of
    many.
    """
    if not isinstance(cell, str) or (cell[:1].isdigit() and cell[-1:].isdigit()):
        return None
    written = taken_apart(cell)
    words = written.words if written else ()
    return next((CURRENCIES[word] for word in words if word in CURRENCIES and word != "$"), None)


def _is_unit(word: str) -> bool:
    return word in CURRENCIES or len(word) == 3


@lru_cache(50_000)
def taken_apart(text: str) -> Written | None:
    if len(text) > _LONGEST:
        return None
    parts = _WRITTEN.fullmatch(text.strip())
    if not parts:
        return None
    before, after, is_whole = parts["before"], parts["after"], False
    if whole := _WHOLE.match(after):
        after, is_whole = after[whole.end() :], True
    around = before + " " + after
    minus = sum(around.count(sign) for sign in MINUS)
    brackets = ("(" in before) + (")" in after)
    if minus > 1 or brackets == 1 or (minus and brackets) or "," in around or "." in before:
        return None
    words = tuple(_MARKS.sub(" ", around.lower()).split())
    return Written(_BLANKS.sub(" ", parts["digits"]), is_whole, bool(minus or brackets), words)


def _number(written: Written, decimal: str) -> Decimal | None:
    thousands = "," if decimal == "." else "."
    whole, point, rest = written.digits.partition(decimal)
    groups = whole.split(" ")
    if (point and written.is_whole) or " " in rest or any(len(g) != 3 for g in groups[1:]):
        return None
    whole = "".join(groups)
    if thousands in whole and not _GROUPED[thousands].fullmatch(whole):
        return None
    digits = whole.replace(thousands, "") + (f".{rest}" if point else "")
    return Decimal(digits) if _PLAIN["."](digits) else None


@dataclass
class Signs:
    """What the amounts of a whole column tell of their decimal sign.

    A sign parts decimals where other than three digits follow it, where it follows another sign, or
    more than three digits; it parts thousands where it stands twice. Before three digits it may do
    either: that is decided by the other cells, by a currency that is written without decimals, or
    not at all.
    """

    votes: dict[str, int] = field(default_factory=lambda: {".": 0, ",": 0})
    unclear: str = ""
    """A cell whose sign may part either."""

    def see(self, cell: Cell) -> None:
        if not isinstance(cell, str) or cell.isdigit():
            return
        written = taken_apart(cell)
        if written:
            self._vote(cell, written.digits)

    def _vote(self, cell: str, digits: str) -> None:
        signs = [sign for sign in digits if sign in ".,"]
        if not signs:
            return
        last = signs[-1]
        whole, _, rest = digits.rpartition(last)
        if len(set(signs)) == 2:
            self.votes[last] += signs.count(last) == 1
        elif len(signs) > 1:
            self.votes["," if last == "." else "."] += 1
        elif len(rest) != 3 or len(whole) > 3 or whole.startswith("0"):
            self.votes[last] += 1
        else:
            self.unclear = self.unclear or cell

    def decimal(self, currency: str | None = None) -> DecimalSign | None:
        """The decimal sign; None where it cannot be known."""
        if self.votes[","] != self.votes["."] or self.votes[","]:
            return "," if self.votes[","] >= self.votes["."] else "."
        if not self.unclear:
            return ","
        sign: DecimalSign = "," if "," in self.unclear else "."
        if currency in WITHOUT_DECIMALS:
            return "." if sign == "," else ","
        return sign if currency in OF_THREE_DECIMALS else None


def signs_of(cells: Iterable[Cell]) -> Signs:
    signs = Signs()
    for cell in cells:
        signs.see(cell)
    return signs


def typed(text: str) -> tuple[Decimal, str] | None:
    """A single amount as somebody types it, and the unit beside it; a sign alone before three
    digits parts thousands.
    """
    written = taken_apart(text)
    if written is None or len(written.words) > 1 or "(" in text:
        return None
    signs = signs_of([text])
    unclear = "." if "," in signs.unclear else ","
    decimal = unclear if signs.unclear else signs.decimal() or ","
    value = _number(written, decimal)
    if value is None or -int(value.as_tuple().exponent) > 2:
        return None
    return (-value if written.is_negative else value), "".join(written.words)
