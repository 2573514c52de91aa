"""What a table is made of: cells, rows, sheets, and what can be wrong with one of them."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import islice

from bot.kit.errors import Problem

Cell = str | int | float | Decimal | bool | date | None
Row = Sequence[Cell]
Numbered = Iterator[tuple[int, Row]]
_MOST_EXACT = 10**15  # beyond it a spreadsheet keeps zeros for digits, and shows ``1.21050E+25``
_DIGITS_LOST = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]+")


class Since1904(float):
    """A number of a workbook whose days are counted from 1904 on, as the first Macs did."""


@dataclass(frozen=True)
class Sheet:
    """One table: ``rows`` begins anew at every call, each row with its line number.

    ``title`` is the name of a workbook's sheet, and empty for a text, whose cells a sign parts that
    may stand within them too; one that ``is_hidden`` is not shown to whoever opens the workbook,
    nor are the lines of ``hidden_rows`` and, from 0, the ``hidden_columns``.
    """

    name: str
    rows: Callable[[], Numbered]
    title: str = ""
    is_text: bool = False
    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def line(self, number: int | str) -> str:
        """A line as people find it: with the sheet where there are several."""
        return f"{self.title} {number}".strip()

    def kept(self, most: int) -> "Sheet":
        """The same with its first rows in memory, ``most`` of them: for who reads it several times
        over.
        """
        rows = list(islice(self.rows(), most))
        return replace(self, rows=lambda: iter(rows))


class CellUnclear(Problem):
    """A cell that can be read in two ways, or in none; what is in it is never guessed."""


class DayUnclear(CellUnclear):
    sentence = (
        "Line {line}: “{text}” in the column “{column}” is a day of either order, and no other row "
        "tells which. Write the year first, or say in a mapping whether the day or the month comes "
        "first."
    )


class AmountUnclear(CellUnclear):
    sentence = (
        "Line {line}: the sign in “{text}” in the column “{column}” may part thousands or "
        "decimals, and no other row tells which. Write two decimals, or say it in a mapping."
    )


class DirectionUnclear(CellUnclear):
    sentence = (
        "Line {line}: “{text}” in the column “{column}” does not say whether money came in or went "
        "out. Say in a mapping which words mean what."
    )


class CurrencyMissing(CellUnclear):
    sentence = (
        "Line {line} of {name}: “{text}” in the column “{column}” has no currency: no column tells "
        "it, nor a heading, nor an amount. Say it in a mapping."
    )


class RowTooWide(CellUnclear):
    sentence = (
        "Line {line}: “{text}” stands beyond the last column, “{column}”, so a sign that parts "
        "cells stands within one of them, perhaps in an amount. Put that cell in quotation marks."
    )


class HeadingTwice(CellUnclear):
    sentence = (
        "Line {line}: two columns are headed “{column}”, and “{text}” stands in one of them alone. "
        "Name them apart, or say in a mapping which is meant."
    )


class TableBroken(Problem):
    sentence = (
        "The table {name} cannot be read at line {line}: a quotation mark is missing or a cell is "
        "too long."
    )


def text_of(cell: Cell) -> str:
    """A cell as text; of a number that is whole its digits, as far as a spreadsheet keeps them."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell)) if abs(cell) < _MOST_EXACT else f"{cell:.5E}"
    return str(cell)


def has_lost_digits(text: str) -> bool:
    """Whether a spreadsheet made a number of what was none, like an account's: ``1,21050E+25``."""
    return bool(_DIGITS_LOST.fullmatch(text))
