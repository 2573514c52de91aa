"""Opening a table: its first rows, the row that heads them, and what its columns seem to mean."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice

from bot.kit.decoding import decode
from bot.kit.errors import Problem
from handlers.invoices.columns.layout import Kind, Layout, days_of, key_of, of_mapping
from handlers.invoices.formats import csv_table, xlsx_table
from handlers.invoices.formats.guessing import Row
from handlers.invoices.formats.source import Source
from handlers.invoices.formats.tables import table
from handlers.ledger.statements import camt, csv, csv_cells, mt940
from handlers.ledger.statements.csv import Mapping

_ROWS = 60  # within which the headings are
_SHOWN = 3
_LONGEST = 80  # of a cell that is shown
_FEWEST = 3  # cells in a row of headings that nobody knows
_AMOUNT = re.compile(r"[-+(]?[0-9][0-9 .,'\xa0\u202f]*[.,][0-9]+\)?")
_SIZE = 64_000  # of what is looked at


def is_table(source: Source) -> bool:
    """A workbook, or text that is neither a statement of another form nor an invoice."""
    if xlsx_table.recognises(source):
        return True
    if source.shape != "text":
        return False
    head = decode(source.head[:_SIZE])
    return not camt.fits(head) and not mt940.fits(head)


def headed(source: Source) -> dict[str, Sequence[object]]:
    """Every row that could be the headings, by its key."""
    return {
        key_of(row): row
        for rows in _sheets(source)
        for row in rows
        if sum(map(_says, row)) >= _FEWEST - 1
    }


def guesses(source: Source) -> list[Layout]:
    """What the table may be, the likelier first: as a table of invoices and, where it is text, as a
    statement.

    None where it is no table at all.
    """
    sheets = list(_sheets(source))
    found = [*_payments(source), *_invoices(source, sheets)]
    found.sort(key=lambda one: -len(one.columns))
    unknown = _unknown(sheets)
    kinds: tuple[Kind, ...] = ("invoices", "payments") if source.shape == "text" else ("invoices",)
    missing = [
        replace(unknown, kind=kind)
        for kind in kinds
        if unknown and kind not in {one.kind for one in found}
    ]
    return [_with_sample(one, sheets) for one in (*found, *missing)]


def for_payments(layout: Layout, content: bytes) -> Mapping:
    """A layout as the reader of banks' CSV takes it, for a file with these headings."""
    columns = tuple((name, places) for name, places in layout.columns.items() if places)
    currency = layout.constants.get("currency")
    found = csv.laid_out(
        content, lambda row: key_of(row) == layout.key, columns, layout.decimal, layout.days
    )
    return replace(found, currency=found.currency or currency)


def _sheets(source: Source) -> Iterator[list[Row]]:
    """The first rows of each sheet of a workbook; of text, split by each of the signs that part
    cells.
    """
    if xlsx_table.recognises(source):
        for sheet in xlsx_table.sheets(source):
            yield [row for _, row in islice(sheet, _ROWS)]
        return
    for sign in csv_table.DELIMITERS:
        yield csv_table.first_rows(source, sign, _ROWS)


def _payments(source: Source) -> list[Layout]:
    if source.shape != "text":
        return []
    with suppress(Problem):
        found = csv.guess(source.whole_lines)
        columns = dict(found.columns)
        decimal = "," if found.decimal == "," else "."
        return [Layout("payments", found.headings, columns, decimal, days_of(found.dates))]  # type: ignore[arg-type]
    return []


def _invoices(source: Source, sheets: Sequence[Sequence[Row]]) -> list[Layout]:
    found = []
    for rows in sheets:
        with suppress(Problem):
            seen = table(iter(enumerate(rows, 1)), source.name, None)
            found.append(of_mapping(seen.mapping, [_text(cell) for cell in seen.headings]))
    return sorted(found, key=lambda one: -len(one.columns))[:1]


def _unknown(sheets: Sequence[Sequence[Row]]) -> Layout | None:
    """The first row with the most cells heads the table, if there is anything below it."""
    candidates = [
        (row, rows[place + 1 :]) for rows in sheets for place, row in enumerate(rows[:20])
    ]
    candidates = [
        (row, below) for row, below in candidates if sum(map(_says, row)) >= _FEWEST and below
    ]
    if not candidates:
        return None
    row, below = max(candidates, key=lambda one: sum(map(_says, one[0])))
    cells = [_text(cell) for one in below for cell in one]
    decimal = csv_cells.decimal_sign([cell for cell in cells if _AMOUNT.fullmatch(cell.strip())])
    headings = tuple(_text(cell) for cell in row)
    return Layout(
        "invoices",
        headings,
        {},
        "," if decimal == "," else ".",
        days_of(csv_cells.date_order(cells)),
    )


def _with_sample(layout: Layout, sheets: Sequence[Sequence[Row]]) -> Layout:
    for rows in sheets:
        for place, row in enumerate(rows):
            if key_of(row) == layout.key:
                below = rows[place + 1 : place + 1 + _SHOWN]
                return replace(
                    layout, sample=tuple(tuple(_text(c)[:_LONGEST] for c in one) for one in below)
                )
    return layout


def _says(cell: object) -> bool:
    return bool(_text(cell).strip())


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)
