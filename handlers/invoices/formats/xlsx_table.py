"""XLSX: tables of invoices in a workbook, read as a stream and within bounds."""

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time
from itertools import islice
from typing import IO, Any, BinaryIO

from bot.kit.errors import Problem
from handlers.invoices.formats.document import InvoiceDocument
from handlers.invoices.formats.guessing import Cell, Row
from handlers.invoices.formats.rows import documents
from handlers.invoices.formats.source import Source
from handlers.invoices.formats.tables import ColumnsNotRecognised, Table, table

MAX_BYTES = 50_000_000
_MOST_PARTS = 2_000
_MOST_UNFOLDED = 120_000_000
_MOST_OF_STRINGS = 30_000_000
_MOST_OF_OTHERS = 5_000_000
_MOST_SHEETS = 20
_MOST_ROWS = 1_100_000
_MOST_BLANK = 5_000
_MOST_COLUMNS = 200


class WorkbookTooLarge(Problem):
    sentence = (
        "The workbook {name} is too large or unfolds too far to be read safely. Save its table as "
        "CSV."
    )


class WorkbookBroken(Problem):
    sentence = (
        "The workbook {name} cannot be opened: it is damaged or protected. Save it again as XLSX, "
        "or as CSV."
    )


class WorkbookWithDoctype(Problem):
    sentence = (
        "The workbook {name} declares a DTD or entities, which no spreadsheet writes. It was "
        "refused for safety."
    )


def recognises(source: Source) -> bool:
    return source.shape == "zip" and (
        source.name.lower().endswith((".xlsx", ".xlsm")) or b"xl/" in source.head
    )


def read(source: Source) -> Iterator[InvoiceDocument]:
    """A document for each row of the first sheet that holds invoices. Raises problems of this
    module and of tables.
    """
    yield from documents(opened(source), "xlsx")


def opened(source: Source) -> Table:
    """The headings, the mapping that was found, and the rows."""
    if source.size > MAX_BYTES:
        raise WorkbookTooLarge(name=source.name)
    problem: Problem = ColumnsNotRecognised(name=source.name, headings="")
    for rows in sheets(source):
        try:
            return table(rows, source.name, source.mapping)
        except Problem as other:
            problem = other
    raise problem


def sheets(source: Source) -> Iterator[Iterator[tuple[int, Row]]]:
    """The rows of each sheet, as numbered as Excel numbers them."""
    with source.open() as stream:
        for sheet in _opened(stream, source.name).worksheets[:_MOST_SHEETS]:
            yield _rows(sheet, source.name)


def _opened(stream: BinaryIO, name: str) -> Any:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    with _stumbling(name):
        try:
            with zipfile.ZipFile(stream) as archive:
                _refuse_bombs(archive, name)
            return load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        except InvalidFileException as broken:
            raise WorkbookBroken(name=name) from broken


@contextmanager
def _stumbling(name: str) -> Iterator[None]:
    """openpyxl trusts the archive's structure: a damaged one makes it stumble over any of these."""
    try:
        with warnings.catch_warnings():
            # It warns of what it leaves out (styles, validation, days out of range); none of it is
            # in the cells.
            warnings.simplefilter("ignore")
            yield
    except MemoryError as endless:
        raise WorkbookTooLarge(name=name) from endless
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, SyntaxError) as broken:
        raise WorkbookBroken(name=name) from broken
    except (
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
    ) as broken:
        raise WorkbookBroken(name=name) from broken


def _rows(sheet: Any, name: str) -> Iterator[tuple[int, Row]]:
    """Rows with something in them; a sheet may claim a million blank ones."""
    with _stumbling(name):
        sheet.reset_dimensions()
        rows = sheet.iter_rows(values_only=True, max_col=_MOST_COLUMNS)
    line = blank = 0
    while batch := _batch(rows, name):
        for row in batch:
            line, blank = line + 1, blank + 1
            if any(cell is not None for cell in row):
                blank = 0
                yield line, [_cell(cell) for cell in row]
        if blank > _MOST_BLANK or line > _MOST_ROWS:
            return


def _batch(rows: Iterator[tuple[object, ...]], name: str) -> list[tuple[object, ...]]:
    with _stumbling(name):
        return list(islice(rows, 500))


def _cell(cell: object) -> Cell:
    if cell is None or isinstance(cell, (str, int, float, bool, date)):
        return cell
    return None if isinstance(cell, time) else str(cell)


def _refuse_bombs(archive: zipfile.ZipFile, name: str) -> None:
    """Sizes as the archive declares them (more is never unfolded), and no DTD in any part."""
    parts = archive.infolist()
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNFOLDED:
        raise WorkbookTooLarge(name=name)
    for part in parts:
        if not part.filename.lower().endswith((".xml", ".rels")):
            continue
        if part.file_size > _most(part.filename):
            raise WorkbookTooLarge(name=name)
        with archive.open(part) as stream:
            _refuse_doctype(stream, name)


def _most(part: str) -> int:
    if "worksheets/" in part:
        return _MOST_UNFOLDED
    return _MOST_OF_STRINGS if "sharedStrings" in part else _MOST_OF_OTHERS


def _refuse_doctype(stream: IO[bytes], name: str) -> None:
    """Workbooks are written in UTF-8; another encoding would hide what is looked for."""
    before = b""
    while chunk := stream.read(1_000_000):
        if b"\0" in chunk:
            raise WorkbookBroken(name=name)
        if b"<!DOCTYPE" in before + chunk or b"<!ENTITY" in before + chunk:
            raise WorkbookWithDoctype(name=name)
        before = chunk[-9:]
