"""``python -m tests.bench.bench_papers [ROWS]``: a one-page letter and a statement of 10,000 rows,
beside the plainest that reportlab's own long table, fpdf2 and WeasyPrint make of the same.

Time of one core, the quickest of some runs; a library that is not installed (WeasyPrint wants
pango too) is left out, and why is said. WeasyPrint is asked for fewer rows than the others, and
that is said too: it lays out the whole document at once, and 10,000 rows do not come to an end.
"""

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from html import escape
from importlib import import_module
from io import BytesIO
from typing import Any

import font_roboto
from reportlab.platypus import LongTable, SimpleDocTemplate

from bot.kit.pdf import Column, Table, columns, fonts, style
from bot.kit.pdf.grid import Grid
from bot.kit.words import Words
from handlers.documents.kinds import kind
from handlers.documents.kinds.account_statement import AccountStatement
from handlers.documents.kinds.parts.debts import items_table
from tests.documents import samples
from tests.documents.samples import MARK, open_item

RUNS = 2
FEWER = {"WeasyPrint": 2_000}
"""The rows that a maker gets at most, where more would not be waited for."""
WORDS = Words("pl")
_FONT = "Roboto"

Rows = list[tuple[str, ...]]


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    letter, statement = _letter(), _statement(count)
    makers: dict[str, Callable[[Rows], object]] = {
        "our grid alone": _grid,
        "LongTable": _long_table,
    }
    for name, load in (("fpdf2", _fpdf), ("WeasyPrint", _weasyprint)):
        try:
            makers[name] = load()
        except (ImportError, OSError) as missing:
            first = str(missing).splitlines()[0]
            sys.stdout.write(f"{name} is left out: {type(missing).__name__}, {first}\n")
    sys.stdout.write(f"\n| | one page, ms | {count:,} rows, s |\n|---|---|---|\n")
    ours = (
        _quickest(lambda: kind("payment_reminder").render(letter, MARK, WORDS)),
        _quickest(lambda: kind("account_statement").render(statement, MARK, WORDS)),
    )
    _row("ours", *ours)
    short, long = _rows(letter.items), _rows(statement.items)
    for name, make in makers.items():
        some = long[: FEWER.get(name, count) + 1]
        taken = (_quickest(partial(make, short)), _quickest(partial(make, some)))
        _row(name, *taken, of="" if some == long else f" for {len(some) - 1:,} rows")


def _letter() -> Any:
    return samples.payment_reminder(tuple(open_item(n) for n in range(1, 13)))


def _statement(count: int) -> AccountStatement:
    items = tuple(open_item(n) for n in range(1, count + 1))
    return replace(samples.account_statement(), items=items)


def _rows(items: Any) -> Rows:
    """The same cells as our table has."""
    table = items_table(items, WORDS)
    return [tuple(column.title for column in table.columns), *table.rows]


def _quickest(make: Callable[[], object]) -> float:
    make()  # what is loaded once does not count
    taken = []
    for _ in range(RUNS):
        start = time.process_time()
        make()
        taken.append(time.process_time() - start)
    return min(taken)


def _row(name: str, letter: float, statement: float, of: str = "") -> None:
    sys.stdout.write(f"| {name} | {letter * 1000:.0f} | {statement:.2f}{of} |\n")
    sys.stdout.flush()


def _grid(rows: Rows) -> object:
    """Columns are measured and cells wrapped, as in every paper of ours."""
    paper = BytesIO()
    head, *body = rows
    table = columns.table(Table(tuple(map(Column, head)), body), style.ROOM)
    SimpleDocTemplate(paper).build([Grid(table)])
    return paper.getvalue()


def _long_table(rows: Rows) -> object:
    """Widths and heights are given, which is its fastest way; no cell is wrapped."""
    paper = BytesIO()
    look = [("FONT", (0, 0), (-1, -1), fonts.REGULAR, 8)]
    table = LongTable(rows, [68] * len(rows[0]), [14] * len(rows), look, repeatRows=1)
    SimpleDocTemplate(paper).build([table])
    return paper.getvalue()


def _fpdf() -> Callable[[Rows], object]:
    fpdf = import_module("fpdf")

    def make(rows: Rows) -> object:
        paper = fpdf.FPDF()
        paper.add_font(_FONT, "", font_roboto.font_files["Roboto"])
        paper.set_font(_FONT, size=8)
        paper.add_page()
        with paper.table(first_row_as_headings=False) as table:
            for row in rows:
                table.row(row)
        return paper.output()

    return make


def _weasyprint() -> Callable[[Rows], object]:
    weasyprint = import_module("weasyprint")

    def make(rows: Rows) -> object:
        return weasyprint.HTML(string="".join(_html(rows))).write_pdf()

    return make


def _html(rows: Rows) -> Iterator[str]:
    yield "<style>@page{size:A4} td{font:8pt Roboto}</style><table>"
    for row in rows:
        yield f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>"
    yield "</table>"


if __name__ == "__main__":
    main()
