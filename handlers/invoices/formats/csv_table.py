"""CSV: tables of invoices as text, row by row, so that a million of them need no more memory than
ten.
"""

import codecs
import csv
from collections.abc import Iterable, Iterator
from contextlib import closing
from io import BytesIO, StringIO, TextIOWrapper
from itertools import islice
from typing import BinaryIO

from bot.kit.errors import Problem
from bot.kit.folding import fold
from handlers.invoices.formats.document import InvoiceDocument
from handlers.invoices.formats.encodings import decoded
from handlers.invoices.formats.guessing import Row, guessed, sureness
from handlers.invoices.formats.mapping import ColumnMapping
from handlers.invoices.formats.rows import documents
from handlers.invoices.formats.source import Source
from handlers.invoices.formats.tables import Table, table

DELIMITERS = ";,\t|"
_ENDINGS = (".csv", ".tsv")
_MOST_COLUMNS = 500
_LONGEST_LINE = 1_000_000
_BLOCK = 65_536
_WIDE = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


class TableBroken(Problem):
    sentence = (
        "The table {name} cannot be read at line {line}: a quotation mark is missing or a cell is "
        "too long."
    )


def recognises(source: Source) -> bool:
    """By its ending, or by headings that are those of invoices."""
    if source.shape != "text":
        return False
    return source.name.lower().endswith(_ENDINGS) or _delimiter(source)[1] > 0


def read(source: Source) -> Iterator[InvoiceDocument]:
    """A document for each row. Raises the problems of :mod:`tables`, and :class:`TableBroken` where
    the rows end.
    """
    with closing(source.open()) as stream:
        yield from documents(_table(source, stream), "csv")


def opened(source: Source) -> Table:
    """The headings and the mapping that was found, for a person to confirm."""
    with closing(source.open()) as stream:
        found = _table(source, stream)
        return Table(found.headings, found.mapping, iter(list(islice(found.rows, 20))))


def _table(source: Source, stream: BinaryIO) -> Table:
    return table(
        _numbered(_lines(stream), _delimiter(source)[0], source.name), source.name, source.mapping
    )


def _numbered(lines: Iterable[str], delimiter: str, name: str) -> Iterator[tuple[int, Row]]:
    rows = csv.reader(lines, delimiter=delimiter)
    line = 0
    try:
        for row in rows:
            line = rows.line_num
            if row:
                yield line, row if len(row) <= _MOST_COLUMNS else row[:_MOST_COLUMNS]
    except csv.Error as broken:
        raise TableBroken(name=name, line=line + 1) from broken


def _lines(stream: BinaryIO) -> Iterator[str]:
    """Text line by line: each is UTF-8, or the encoding of Central Europe that its letters tell."""
    mark = stream.read(3)
    stream.seek(0)
    if mark[:2] in _WIDE:
        yield from TextIOWrapper(stream, encoding=_WIDE[mark[:2]], errors="replace", newline="")
        return
    if mark == codecs.BOM_UTF8:
        stream.seek(3)
    while block := stream.read(_BLOCK):
        yield from _decoded(block + stream.readline(_LONGEST_LINE))


def _decoded(lines: bytes) -> Iterable[str]:
    """All at once where all are UTF-8, as nearly always; else line by line."""
    try:
        return StringIO(lines.decode(), newline="\n")
    except UnicodeDecodeError:
        return map(decoded, BytesIO(lines))


def _delimiter(source: Source) -> tuple[str, int]:
    """The sign that parts the cells, as that by which the headings tell most; and how much they
    tell.
    """
    lines = _first_lines(source, 25)
    found = [(sign, _told(lines, sign, source.mapping)) for sign in DELIMITERS]
    return max(found, key=lambda one: (one[1], lines[0].count(one[0]) if lines else 0))


def _first_lines(source: Source, most: int) -> list[str]:
    return list(islice(_lines(BytesIO(source.whole_lines)), most))


def first_rows(source: Source, delimiter: str, most: int) -> list[Row]:
    """The first rows that a sign parts; none where the text cannot be read so."""
    try:
        return [
            row[:_MOST_COLUMNS]
            for row in csv.reader(_first_lines(source, most), delimiter=delimiter)
            if row
        ]
    except csv.Error:
        return []


def _told(lines: list[str], delimiter: str, confirmed: ColumnMapping | None) -> int:
    try:
        rows = [row[:_MOST_COLUMNS] for row in csv.reader(lines, delimiter=delimiter)]
    except csv.Error:
        return 0
    if confirmed:
        wanted = set(map(fold, confirmed.columns.values()))
        return max((len(wanted.intersection(map(fold, row))) for row in rows), default=0)
    return max((sureness(mapping) for row in rows if (mapping := guessed(row, []))), default=0)
