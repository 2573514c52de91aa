"""Merged cells of a workbook: what is shown across several stands in the first of them only."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.kit import xml
from bot.kit.tables.values import Cell

_MERGED = re.compile(rb"<(?:\w+:)?mergeCell [^>]*?ref=[\"']([A-Z0-9:]{3,30})[\"']")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BLOCK = 1_000_000
_MOST = 50_000
_TALLEST = 10_000
_WIDEST = 200


@dataclass
class Merged:
    """The ranges of one sheet, by the line in which they begin."""

    begins: dict[int, list[tuple[int, int, int]]] = field(default_factory=dict)
    open: list[tuple[int, int, Cell]] = field(default_factory=list)

    def filled(self, line: int, row: list[Cell]) -> list[Cell]:
        """A row below another one of the same range shows what is shown there. Across columns
        nothing is filled: a title over a table is none of its cells.
        """
        self.open = [item for item in self.open if item[1] >= line]
        for place, _, shown in self.open:
            if place < len(row) and row[place] is None:
                row[place] = shown
        for place, last, _ in self.begins.get(line, ()):
            if place < len(row) and row[place] is not None:
                self.open.append((place, last, row[place]))
        return row


def merged_in(archive: zipfile.ZipFile) -> dict[str, Merged]:
    """The merged cells of every sheet that has any, by its title."""
    result: dict[str, Merged] = {}
    for title, part in _sheets(archive):
        ranges = list(_ranges(archive, part))
        if ranges:
            merged = result.setdefault(title, Merged())
            for first_column, first_line, last_column, last_line in ranges[:_MOST]:
                if last_column == first_column and first_line < last_line:
                    place, last = first_column - 1, min(last_line, first_line + _TALLEST)
                    merged.begins.setdefault(first_line, []).append((place, last, 0))
    return result


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


def _ranges(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[int, int, int, int]]:
    from openpyxl.utils.cell import range_boundaries  # who reads no workbook does not wait for it

    before = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_BLOCK):
            text = before + chunk
            for match in _MERGED.finditer(text):
                first, top, last, bottom = range_boundaries(match[1].decode())
                yield first or 1, top or 1, last or 1, bottom or 1
            before = text[text.rfind(b"<") :]
