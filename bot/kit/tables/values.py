"""What a table is made of: cells, rows, sheets, and what can be wrong with one of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.kit.errors import Problem

Cell = str | int | float | Decimal | bool | date | None
Row = Sequence[Cell]
Numbered = Iterator[tuple[int, Row]]


@dataclass(frozen=True)
class Sheet:
    """One table: ``rows`` begins anew at every call, each row with its line number.

    ``title`` is the name of a workbook's sheet, and empty for a text; one that ``is_hidden`` is not
    shown to whoever opens the workbook.
    """

    name: str
    rows: Callable[[], Numbered]
    title: str = ""
    is_hidden: bool = False

    def line(self, number: int) -> str:
        """A line as people find it: with the sheet where there are several."""
        return f"{self.title} {number}".strip()


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


class TableBroken(Problem):
    sentence = (
        "The table {name} cannot be read at line {line}: a quotation mark is missing or a cell is "
        "too long."
    )


def text_of(cell: Cell) -> str:
    """A cell as text; of a number that is whole, its digits."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
