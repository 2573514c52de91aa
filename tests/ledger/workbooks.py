"""Banks' tables as workbooks: the same rows as spreadsheets keep them."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook

Rows = Iterable[Any]  # of sequences of cells


def book(sheets: Mapping[str, Rows], *, hidden_sheet: str = "") -> Workbook:
    """A workbook of these sheets, in their order."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append([float(cell) if isinstance(cell, Decimal) else cell for cell in row])
        if title == hidden_sheet:
            sheet.sheet_state = "hidden"
    return made


def written(made: Workbook) -> bytes:
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def as_workbook(text: str) -> bytes:
    """A table of text as a workbook, its cells as they are written there."""
    delimiter = max(";,\t|", key=text.count)
    return written(book({"Arkusz1": csv.reader(text.splitlines(), delimiter=delimiter)}))


def movements(*rows: tuple[str, str, str]) -> list[list[object]]:
    """A bank's rows below its headings, with numbers and days as a spreadsheet has them."""
    typed = [[date.fromisoformat(day), title, Decimal(sum_), "PLN"] for day, title, sum_ in rows]
    return [["Data operacji", "Tytuł", "Kwota", "Waluta"], *typed]
