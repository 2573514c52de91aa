"""The grid: text in columns, measured once and drawn column by column; the fast way to print ten
thousand rows (docs/decisions/0014).
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable

from bot.kit.pdf import fonts
from bot.kit.pdf.ties import tied

GUTTER = 11.0
_MOST_LINES = 40  # of one row: what is taller goes on in a row of its own
_ESCAPED = str.maketrans({"\\": r"\\", "(": r"\(", ")": r"\)", "\xa0": " "})


@dataclass(frozen=True)
class Look:
    """How rows look; lengths in points."""

    font: str
    size: float
    leading: float
    ink: Color
    above: float = 2.6
    below: float = 3.4
    rule: Color | None = None
    """The colour of the line under each row."""
    rule_width: float = 0.35
    overline: Color | None = None
    """The colour of a line over the first row."""

    def height(self, lines: int) -> float:
        return self.above + lines * self.leading + self.below


@dataclass(frozen=True)
class Band:
    """Consecutive rows of one look: the text of each column, wrapped lines joined by line ends."""

    look: Look
    columns: tuple[Sequence[str], ...]

    def heights(self) -> list[float]:
        if not any("\n" in text for column in self.columns for text in column):
            return [self.look.height(1)] * len(self.columns[0])
        return [
            self.look.height(1 + max(text.count("\n") for text in row))
            for row in zip(*self.columns, strict=True)
        ]

    def total_height(self) -> float:
        return sum(self.heights())


@dataclass(frozen=True)
class Layout:
    """A grid that has been measured: where each column begins, and where each row ends."""

    lefts: tuple[float, ...]
    widths: tuple[float, ...]
    rights: tuple[bool, ...]
    """Which columns are set flush right."""
    header: Band | None
    bands: tuple[Band, ...]
    edges: tuple[float, ...]
    """The distance of each row's top from the first row's, and of the last row's bottom."""
    tail: int = 0
    """How many of the last rows may not stand alone on a page."""


def lay_out(
    widths: Sequence[float],
    rights: Sequence[bool],
    bands: Sequence[Band],
    header: Band | None = None,
    tail: int = 0,
) -> Layout:
    """Measures rows whose cells are already wrapped to ``widths``."""
    bands = [
        Band(band.look, tuple(zip(*_bounded(band), strict=True)))
        for band in bands
        if band.columns[0]
    ]
    edges, lefts = [0.0], [0.0]
    for band in bands:
        for height in band.heights():
            edges.append(edges[-1] + height)
    for column in widths[:-1]:
        lefts.append(lefts[-1] + column + GUTTER)
    return Layout(
        tuple(lefts), tuple(widths), tuple(rights), header, tuple(bands), tuple(edges), tail
    )


def _bounded(band: Band) -> list[tuple[str, ...]]:
    """The band's rows; one with more lines than a page holds becomes several."""
    rows = list(zip(*band.columns, strict=True))
    if not any(text.count("\n") >= _MOST_LINES for column in band.columns for text in column):
        return rows
    return [part for row in rows for part in _parts(row)]


def _parts(row: tuple[str, ...]) -> list[tuple[str, ...]]:
    cells = [text.split("\n") for text in row]
    most = max(map(len, cells))
    return [
        tuple("\n".join(c[n : n + _MOST_LINES]) for c in cells) for n in range(0, most, _MOST_LINES)
    ]


def wrap(text: str, font: str, size: float, room: float) -> str:
    """``text`` with line ends so that no line is wider than ``room``; a word that is wider is
    broken anywhere.
    """
    by_sign = fonts.widths(font)
    room = room * 1000 / size
    if "\n" not in text and sum(map(by_sign.__getitem__, text)) <= room:
        return text
    return "\n".join(
        line for part in tied(text).split("\n") for line in _lines(part, by_sign, room)
    )


def _lines(text: str, by_sign: Mapping[str, float], room: float) -> list[str]:
    lines, line, taken, space = [], "", 0.0, by_sign[" "]
    for word in text.split(" "):
        needed = sum(map(by_sign.__getitem__, word))
        if line and taken + space + needed > room:
            lines.append(line)
            line, taken = "", 0.0
        while needed > room:
            head = how_many_fit(word, by_sign, room)
            lines.append(word[:head])
            word = word[head:]
            needed = sum(map(by_sign.__getitem__, word))
        line, taken = (f"{line} {word}", taken + space + needed) if line else (word, needed)
    return [*lines, line]


def how_many_fit(word: str, by_sign: Mapping[str, float], room: float) -> int:
    """How many letters of ``word`` fit into thousandths of the type size, at least one."""
    taken = 0.0
    for n, sign in enumerate(word):
        taken += by_sign[sign]
        if taken > room:
            return max(n, 1)
    return len(word)


class Grid(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Rows ``first`` to ``last`` of a layout, with its header; splits between rows."""

    def __init__(self, layout: Layout, first: int = 0, last: int | None = None) -> None:
        super().__init__()
        self._layout = layout
        self._first = first
        self._last = len(layout.edges) - 1 if last is None else last

    def wrap(self, room: float, _height: float) -> tuple[float, float]:
        self.width, self.height = room, self._head() + self._edge(self._last)
        return self.width, self.height

    def split(self, _room: float, height: float) -> "list[Grid]":
        edges, rows = self._layout.edges, len(self._layout.edges) - 1
        stop = bisect_right(edges, edges[self._first] + height - self._head() + 1e-6) - 1
        if stop >= self._last:
            return [self]
        alone = rows - self._layout.tail - 1
        if self._layout.tail and alone < stop:
            stop = max(alone, self._first)
        if stop <= self._first:
            return []
        rest = Grid(self._layout, stop, self._last)
        rest.spaceAfter = self.getSpaceAfter()
        return [Grid(self._layout, self._first, stop), rest]

    def draw(self) -> None:
        top = self.height
        if header := self._layout.header:
            _draw(self.canv, self._layout, header, range(1), [top], self.width)
            top -= self._head()
        begin = 0
        for band in self._layout.bands:
            count = len(band.columns[0])
            rows = range(max(self._first - begin, 0), min(self._last - begin, count))
            if rows:
                tops = [top - self._edge(begin + n) for n in (*rows, rows.stop)]
                _draw(self.canv, self._layout, band, rows, tops, self.width)
            begin += count

    def _head(self) -> float:
        return self._layout.header.total_height() if self._layout.header else 0.0

    def _edge(self, row: int) -> float:
        return self._layout.edges[row] - self._layout.edges[self._first]


def _draw(
    canvas: Any, layout: Layout, band: Band, rows: range, tops: list[float], room: float
) -> None:
    look = band.look
    if len(tops) == len(rows):
        tops = [*tops, tops[-1] - band.total_height()]
    pen = Pen(canvas, look, in_bulk=len(rows) > 1)
    base = look.above + look.size * 0.94
    for left, wide, right, column in zip(
        layout.lefts, layout.widths, layout.rights, band.columns, strict=True
    ):
        for text, top in zip(column[rows.start : rows.stop], tops, strict=False):
            if text:
                pen.put(text, left + wide if right else left, top - base, right)
    pen.done()
    _rule(canvas, look, tops, room)


def _rule(canvas: Any, look: Look, tops: list[float], room: float) -> None:
    canvas.setLineWidth(look.rule_width)
    if look.rule:
        canvas.setStrokeColor(look.rule)
        canvas.lines((0, y, room, y) for y in tops[1:])
    if look.overline:
        canvas.setStrokeColor(look.overline)
        canvas.line(0, tops[0], room, tops[0])


class Pen:
    """Writes many short texts in one font; in bulk, ASCII goes straight to the page.

    reportlab looks up each letter in the font's subsets, which is half of a long table's time.
    The first subset has ASCII at its own codes (``asciiReadable``), and a font stays chosen from
    one text object to the next: once reportlab has chosen it, nothing needs to be looked up.
    """

    def __init__(self, canvas: Any, look: Look, in_bulk: bool) -> None:
        self._canvas, self._look, self._in_bulk = canvas, look, in_bulk
        self._by_sign = fonts.widths(look.font)
        self._plain: list[str] = []
        self._is_ascii_chosen = False
        self._text = self._begin()

    def put(self, text: str, x: float, y: float, right: bool = False) -> None:
        """``text`` with its baseline at ``y``, beginning at ``x`` (or ending there); line ends go
        down a line.
        """
        if "\n" in text:
            for n, line in enumerate(text.split("\n")):
                self.put(line, x, y - n * self._look.leading, right)
            return
        if not text:
            return
        if right:
            x -= sum(map(self._by_sign.__getitem__, text)) * self._look.size / 1000
        plain = text.translate(_ESCAPED)
        if self._is_ascii_chosen and plain.isascii():
            self._plain.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm ({plain}) Tj")
            return
        if self._plain:
            self.done()
        self._text.setTextOrigin(round(x, 2), round(y, 2))
        self._text.textOut(text)
        self._is_ascii_chosen = self._in_bulk and plain.isascii()

    def done(self) -> None:
        """Everything that was put goes to the page, in its order."""
        self._canvas.drawText(self._text)
        if self._plain:
            self._canvas.addLiteral("\n".join(("BT", *self._plain, "ET")))
        self._plain, self._is_ascii_chosen = [], False
        self._text = self._begin()

    def _begin(self) -> Any:
        text = self._canvas.beginText()
        text.setFont(self._look.font, self._look.size)
        text.setFillColor(self._look.ink)
        return text
