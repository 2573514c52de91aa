"""How a workbook shows its sheets: which cells are merged, which rows and columns are hidden."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.kit import xml
from bot.kit.tables.values import Cell

_MERGED = re.compile(rb"<(?:\w+:)?mergeCell [^<>]*?ref=[\"']([A-Z0-9:]{3,30})[\"']")
_ROW = re.compile(rb"<(?:\w+:)?row(?:\s[^<>]*)?/?>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\s[^<>]*>")
# Filtered, folded up or drawn to nothing: all of it is out of sight.
_UNSEEN = re.compile(rb"\s(?:hidden=[\"'](?:1|true)|(?:ht|width)=[\"']0(?:\.0*)?)[\"']")
_NUMBER = {
    name: re.compile(rb"\s%s=[\"']([0-9]{1,7})[\"']" % name) for name in (b"r", b"min", b"max")
}
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BLOCK = 1_000_000
_MOST = 50_000
_TALLEST = 10_000
_WIDEST = 200


@dataclass
class Merged:
    """The ranges of one sheet, by the line in which they begin; each a column and its last line.
    What is shown across several cells stands in the first of them only.
    """

    begins: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    open: list[tuple[int, int, Cell]] = field(default_factory=list)

    def filled(self, line: int, row: list[Cell]) -> list[Cell]:
        """A row below another one of the same range shows what is shown there. Across columns
        nothing is filled: a title over a table is none of its cells.
        """
        self.open = [item for item in self.open if item[1] >= line]
        for place, _, shown in self.open:
            row.extend([None] * (place + 1 - len(row)))
            if row[place] is None:
                row[place] = shown
        for place, last in self.begins.get(line, ()):
            if place < len(row) and row[place] is not None:
                self.open.append((place, last, row[place]))
        return row


@dataclass(frozen=True)
class Shown:
    """Of one sheet: its ``merged`` ranges as :class:`Merged` has them, the numbers of its
    ``hidden_rows`` as Excel counts them, and of its ``hidden_columns``, from 0.
    """

    merged: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


def shown_in(archive: zipfile.ZipFile) -> dict[str, Shown]:
    """Every sheet by its title."""
    return {title: _shown(archive, part) for title, part in _sheets(archive)}


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Titles and parts of the sheets."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return
    relations = xml.parse(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id"): str(relation.get("Target")) for relation in relations}
    for sheet in xml.parse(archive.read("xl/workbook.xml")).iterfind(".//{*}sheet"):
        target = targets.get(sheet.get(_RELATION))
        part = posixpath.normpath(posixpath.join("xl", target)).lstrip("/") if target else ""
        if part in names:
            yield str(sheet.get("name")), part


def _shown(archive: zipfile.ZipFile, part: str) -> Shown:
    merged: dict[int, list[tuple[int, int]]] = {}
    rows, columns = set[int](), set[int]()
    line = count = 0
    for text in _tags(archive, part):
        for tag in _ROW.findall(text):
            line = _number(tag, b"r") or line + 1
            if _UNSEEN.search(tag):
                rows.add(line)
        for tag in _COLUMN.findall(text):
            if _UNSEEN.search(tag):
                first, last = _number(tag, b"min"), _number(tag, b"max")
                columns.update(range(first - 1, min(last, _WIDEST)))
        for reference in _MERGED.findall(text):
            count += 1
            if count <= _MOST:
                _add(merged, reference.decode())
    return Shown(merged, frozenset(rows), frozenset(columns))


def _tags(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The text of a part, block by block, each ending where no tag is open."""
    before = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_BLOCK):
            text = before + chunk
            last = text.rfind(b"<")
            is_open = last >= 0 and len(text) - last < _BLOCK and b">" not in text[last:]
            before = text[last:] if is_open else b""
            yield text[:last] if is_open else text


def _number(tag: bytes, name: bytes) -> int:
    found = _NUMBER[name].search(tag)
    return int(found[1]) if found else 0


def _add(merged: dict[int, list[tuple[int, int]]], reference: str) -> None:
    from openpyxl.utils.cell import range_boundaries  # who reads no workbook does not wait for it

    first, top, last, bottom = (bound or 1 for bound in range_boundaries(reference))
    if first == last and top < bottom:
        merged.setdefault(top, []).append((first - 1, min(bottom, top + _TALLEST)))
