"""Tables as text (CSV in every dialect), row by row."""

import csv
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from io import BytesIO
from itertools import islice
from typing import BinaryIO

from bot.kit.tables import text
from bot.kit.tables.values import Numbered, Row, Sheet, TableBroken

DELIMITERS = ";,\t|"
HEAD_ROWS = 60
"""Within which the headings are."""
_HEAD_BYTES = 65_536
_MOST_COLUMNS = 500
Open = Callable[[], BinaryIO]


def sheet(name: str, opened: Open, sureness: Callable[[Row], int]) -> tuple[Sheet, int]:
    """The table, its cells parted by the sign by which its headings tell most; and how much they
    tell.
    """
    head = first_lines(opened)
    scored = [(_best(parted(head, sign), sureness), sign) for sign in DELIMITERS]
    top = max(head[0].count(sign) for sign in DELIMITERS) if head else 0
    best, sign = max(scored, key=lambda pair: (pair[0], head[0].count(pair[1]) if top else 0))
    return Sheet(name, lambda: _rows(name, opened, sign), is_text=True), best


def sheets(opened: Open) -> Iterable[list[Row]]:
    """The first rows, parted by each of the signs that part cells."""
    head = first_lines(opened)
    return (parted(head, sign) for sign in DELIMITERS)


def first_lines(opened: Open, most: int = HEAD_ROWS) -> list[str]:
    """The first lines that are whole."""
    with closing(opened()) as stream:
        head = stream.read(_HEAD_BYTES)
    whole = head[: head.rfind(b"\n") + 1] or head
    return list(islice(text.lines(BytesIO(whole)), most))


def parted(head: Iterable[str], delimiter: str) -> list[Row]:
    """The rows that a sign parts; none where the text cannot be read so."""
    try:
        return [row[:_MOST_COLUMNS] for row in csv.reader(head, delimiter=delimiter) if row]
    except csv.Error:
        return []


def _best(rows: Iterable[Row], sureness: Callable[[Row], int]) -> int:
    return max(map(sureness, rows), default=0)


def _rows(name: str, opened: Open, delimiter: str) -> Numbered:
    with closing(opened()) as stream:
        read: list[str] = []  # the lines of the row at hand
        rows = csv.reader(_noted(text.lines(stream), read), delimiter=delimiter)
        line = 0
        try:
            for row in rows:
                if len(read) > 1:
                    _refuse_unclosed(read, delimiter)
                read.clear()
                line = rows.line_num
                if row:
                    yield line, row if len(row) <= _MOST_COLUMNS else row[:_MOST_COLUMNS]
        except csv.Error as broken:
            raise TableBroken(name=name, line=line + 1) from broken


def _noted(lines: Iterable[str], read: list[str]) -> Iterator[str]:
    for line in lines:
        read.append(line)
        yield line


def _refuse_unclosed(lines: Iterable[str], delimiter: str) -> None:
    """A cell of several lines whose closing mark is missing ends at the next one that opens a cell,
    or never: what is between are other rows.
    """
    for _ in csv.reader(lines, delimiter=delimiter, strict=True):
        pass
