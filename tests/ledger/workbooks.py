"""Banks' tables as workbooks: the same rows as spreadsheets keep them."""

import csv
import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

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


def rewritten(content: bytes, cells: Mapping[str, str]) -> bytes:
    """The same workbook, each of these cells being what is given as XML."""
    stream = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode()
            for place, cell in cells.items():
                part = re.sub(rf'<c r="{place}".*?(/>|</c>)', cell, part)
            new.writestr(name, part)
    return stream.getvalue()


def prefixed(content: bytes) -> bytes:
    """The same workbook, each name of its sheets with a prefix, as some programs write it."""
    stream = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode()
            if "worksheets/" in name:
                part = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", part).replace("xmlns=", "xmlns:x=")
            new.writestr(name, part)
    return stream.getvalue()


def as_workbook(text: str) -> bytes:
    """A table of text as a workbook, its cells as they are written there."""
    delimiter = max(";,\t|", key=text.count)
    return written(book({"Arkusz1": csv.reader(text.splitlines(), delimiter=delimiter)}))


def movements(*rows: tuple[str, str, str]) -> list[list[object]]:
    """A bank's rows below its headings, with numbers and days as a spreadsheet has them."""
    typed = [[date.fromisoformat(day), title, Decimal(sum_), "PLN"] for day, title, sum_ in rows]
    return [["Data operacji", "Tytuł", "Kwota", "Waluta"], *typed]
