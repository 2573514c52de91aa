"""Workbooks and CSV that we write: text stays text whatever it begins with, amounts and days are
what a spreadsheet adds up and sorts.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bot.kit.money import Money

Value = str | int | date | datetime | Money | None
Row = Sequence[Value]
_FORMULA = re.compile('(^|[,;\t\r\n]"*)(?=[=+@＝＋－＠-])')
"""Where a formula would begin: a spreadsheet parts a row at its own country's sign, within a text
too.
"""


@dataclass(frozen=True)
class Tab:
    """A sheet of a workbook: its name, its heads, its rows."""

    name: str
    head: Sequence[str]
    rows: Iterable[Row]


def as_xlsx(tabs: Iterable[Tab]) -> bytes:
    """The workbook of these tabs."""
    from openpyxl import Workbook  # who writes no workbook does not wait for it

    book = Workbook(write_only=True)
    for tab in tabs:
        sheet = book.create_sheet(tab.name[:31])
        sheet.freeze_panes = "A2"
        for row in (tab.head, *tab.rows):
            sheet.append([_cell(sheet, value) for value in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def as_csv(head: Sequence[object], rows: Iterable[Sequence[object]]) -> bytes:
    """With a byte order mark, so that spreadsheets read the letters right; no cell begins a
    formula.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerows([_harmless(value) for value in row] for row in (head, *rows))
    return text.getvalue().encode("utf-8-sig")


def _harmless(value: object) -> str:
    """A number may begin with a minus; what would begin a formula is told to be text."""
    if value is None:
        return ""
    if isinstance(value, int | Decimal):
        return str(value)
    text = f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value)
    return _FORMULA.sub(r"\1'", text)


def _cell(sheet: Any, value: Value) -> Any:
    from openpyxl.cell import WriteOnlyCell

    written: Any = value
    if isinstance(value, Money):
        written = value.amount
    elif isinstance(value, str):
        written = _printable(value)
    cell = WriteOnlyCell(sheet, value=written)
    if isinstance(value, Money):
        cell.number_format = "#,##0.00"
    elif isinstance(value, str):
        cell.data_type = "s"
    return cell


def _printable(text: str) -> str:
    """Without the control characters that a spreadsheet cannot hold."""
    return "".join(sign for sign in text if sign >= " " or sign in "\t\n")
