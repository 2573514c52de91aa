"""Tables in a workbook (XLSX), read as a stream and within bounds; every sheet is one.

Where a formula has no value that was kept, the cell is the formula, so that it is never taken for
nothing; where it gave an empty text, the cell is empty. Cells that are merged downwards each hold
what is shown across them.
"""

import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import date, time
from itertools import islice, repeat
from typing import IO, Any, BinaryIO

from bot.kit.errors import Problem
from bot.kit.tables.shown import Merged, Shown, shown_in
from bot.kit.tables.values import Cell, Numbered, Sheet, Since1904

MAX_BYTES = 50_000_000
_MOST_PARTS = 2_000
_MOST_UNFOLDED = 120_000_000
_MOST_OF_STRINGS = 30_000_000
_MOST_OF_OTHERS = 5_000_000
_MOST_SHEETS = 20
_MOST_ROWS = 1_100_000
_MOST_BLANK = 5_000
_MOST_COLUMNS = 200
_MOST_DAYS = 100_000  # of which a number may be one
_FORMULAS = (b"<f>", b"<f ", b":f>", b":f ")  # some programs prefix each name
Open = Callable[[], BinaryIO]


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


def sheets(name: str, size: int, opened: Open) -> list[Sheet]:
    """Every sheet of a workbook, rows numbered as Excel numbers them. Raises the problems above."""
    if size > MAX_BYTES:
        raise WorkbookTooLarge(name=name)
    with closing(opened()) as stream:
        book, has_formulas, shown = _opened(stream, name)
        found = [(sheet.title, sheet.sheet_state) for sheet in book.worksheets[:_MOST_SHEETS]]
    every = []
    for place, (title, state) in enumerate(found):
        part = shown.get(title, Shown())
        every.append(
            Sheet(
                name,
                _reader(name, opened, place, has_formulas, part),
                title if len(found) > 1 else "",
                is_hidden=state != "visible",
                hidden_rows=part.hidden_rows,
                hidden_columns=part.hidden_columns,
            )
        )
    return every


def _reader(
    name: str, opened: Open, place: int, has_formulas: bool, shown: Shown
) -> Callable[[], Numbered]:
    def rows() -> Numbered:
        with ExitStack() as files:
            stream = files.enter_context(closing(opened()))
            cells = _cells(name, stream, place, values=True, is_typed=has_formulas)
            formulas: Iterator[Any] = repeat((0, ()))
            across = Merged(shown.merged) if shown.merged else None
            if has_formulas:
                formulas = _cells(name, files.enter_context(closing(opened())), place, values=False)
            for (line, row), (_, written) in zip(cells, formulas, strict=False):
                full = _with_formulas([_cell(cell) for cell in row], written)
                full = across.filled(line, full) if across else full
                if any(cell is not None for cell in full):
                    yield line, full

    return rows


def _width(row: Sequence[object]) -> int:
    """Of its cells up to the last one that holds anything: openpyxl pads every row."""
    width = len(row)
    while width > 1 and row[width // 2 : width].count(None) == width - width // 2:
        width //= 2
    while width and row[width - 1] is None:
        width -= 1
    return width


def _with_formulas(row: list[Cell], written: Sequence[object]) -> list[Cell]:
    row.extend([None] * (len(written) - len(row)))
    for place, cell in enumerate(written):
        formula = getattr(cell, "text", cell)  # as openpyxl tells one that fills several cells
        if row[place] is None and isinstance(formula, str) and formula.startswith("="):
            row[place] = formula
    return row


def _opened(stream: BinaryIO, name: str) -> tuple[Any, bool, dict[str, Shown]]:
    """The workbook, whether it has formulas, and how its sheets are shown."""
    with _stumbling(name), zipfile.ZipFile(stream) as archive:
        has_formulas = _refuse_bombs(archive, name)
        shown = shown_in(archive)
    return _loaded(stream, name, values=True), has_formulas, shown


def _loaded(stream: BinaryIO, name: str, *, values: bool) -> Any:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    with _stumbling(name):
        try:
            return load_workbook(stream, read_only=True, data_only=values, keep_links=False)
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


def _cells(
    name: str, stream: BinaryIO, place: int, *, values: bool, is_typed: bool = False
) -> Iterator[tuple[int, Any]]:
    """Every row of a sheet; it may claim a million blank ones."""
    book = _loaded(stream, name, values=values)
    with _stumbling(name):
        sheet = book.worksheets[place]
        sheet.reset_dimensions()
        rows = sheet.iter_rows(values_only=not is_typed, max_col=_MOST_COLUMNS)
        if is_typed:
            rows = (tuple(map(_given, row)) for row in rows)
        if book.epoch.year == 1904:
            rows = (tuple(map(_since_1904, row)) for row in rows)
    line = blank = 0
    while batch := _batch(rows, name):
        for row in batch:
            line, blank = line + 1, blank + 1
            if any(cell is not None for cell in row):
                blank = 0
            yield line, row
        if blank > _MOST_BLANK or line > _MOST_ROWS:
            return


def _given(cell: Any) -> object:
    """What a cell holds: an empty text is what its formula gave, which is not without a value."""
    return "" if cell.value is None and cell.data_type == "str" else cell.value


def _since_1904(cell: object) -> object:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and 0 < cell < _MOST_DAYS:
        return Since1904(cell)
    return cell


def _batch(rows: Iterator[tuple[object, ...]], name: str) -> list[tuple[object, ...]]:
    """The next rows, as wide as the widest of them: openpyxl pads each to the most columns."""
    with _stumbling(name):
        batch = list(islice(rows, 500))
    width = max(map(_width, batch), default=0)
    return [row[:width] for row in batch]


def _cell(cell: object) -> Cell:
    if cell is None or isinstance(cell, (str, int, float, bool, date)):
        return cell
    return None if isinstance(cell, time) else str(cell)


def _refuse_bombs(archive: zipfile.ZipFile, name: str) -> bool:
    """Sizes as the archive declares them (more is never unfolded), and no DTD in any part. Whether
    there are formulas is seen on the way.
    """
    has_formulas = False
    parts = archive.infolist()
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNFOLDED:
        raise WorkbookTooLarge(name=name)
    for part in parts:
        if not part.filename.lower().endswith((".xml", ".rels")):
            continue
        if part.file_size > _most(part.filename):
            raise WorkbookTooLarge(name=name)
        with archive.open(part) as stream:
            has_formulas |= _refuse_doctype(stream, name) and "worksheets/" in part.filename
    return has_formulas


def _most(part: str) -> int:
    if "worksheets/" in part:
        return _MOST_UNFOLDED
    return _MOST_OF_STRINGS if "sharedStrings" in part else _MOST_OF_OTHERS


def _refuse_doctype(stream: IO[bytes], name: str) -> bool:
    """Workbooks are written in UTF-8; another encoding would hide what is looked for. Whether a
    formula is in it.
    """
    before, has_formulas = b"", False
    while chunk := stream.read(1_000_000):
        if b"\0" in chunk:
            raise WorkbookBroken(name=name)
        if b"<!DOCTYPE" in before + chunk or b"<!ENTITY" in before + chunk:
            raise WorkbookWithDoctype(name=name)
        joined = before + chunk
        has_formulas = has_formulas or any(sign in joined for sign in _FORMULAS)
        before = chunk[-9:]
    return has_formulas
