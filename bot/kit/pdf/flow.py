"""The flow: each block of a sheet as what reportlab sets on pages."""

from collections.abc import Callable, Iterator, Sequence
from functools import singledispatch
from typing import Any
from xml.sax.saxutils import escape

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Paragraph
from reportlab.platypus.flowables import HRFlowable

from bot.kit.pdf import columns, letters, qr
from bot.kit.pdf import sheet as blocks
from bot.kit.pdf import style as looks
from bot.kit.pdf.grid import GUTTER, Band, Grid, Look, lay_out, wrap
from bot.kit.pdf.ties import tied

_TEXT_LOOKS = {
    "normal": looks.NORMAL,
    "small": looks.SMALL,
    "lead": looks.LEAD,
    "byline": looks.BYLINE,
}
_STRONG = str.maketrans({"\x02": "<b>", "\x03": "</b>"})
_NOT_STRONG = str.maketrans("", "", "\x02\x03")


def paragraph(text: str, style: Any) -> Paragraph:
    """Text as a paragraph: nothing in it is markup but :func:`bot.kit.pdf.sheet.strong`."""
    letters.require(text.translate(_NOT_STRONG), _beginning(text))
    return Paragraph(escape(tied(text)).translate(_STRONG), style)


def lines(
    rows: Sequence[tuple[Look, tuple[str, ...]]], widths: Sequence[float], rights: Sequence[bool]
) -> Grid:
    """Rows of text, each in its own look, wrapped to columns of these widths."""
    whole = "".join(text for _, cells in rows for text in cells).replace("\n", "")
    letters.require(whole, _beginning(whole))
    bands = [
        Band(
            look,
            tuple(
                [wrap(text, look.font, look.size, room)]
                for text, room in zip(cells, widths, strict=True)
            ),
        )
        for look, cells in rows
    ]
    return Grid(lay_out(widths, rights, bands))


def _beginning(text: str) -> str:
    """What a text is called that comes without a name: its first words."""
    return letters.free(text[:40])


def followed(part: Flowable, height: float) -> Flowable:
    """``part`` with empty height after it, unless a page ends there."""
    part.spaceAfter = height
    return part


@singledispatch
def flow(block: blocks.Block) -> list[Flowable]:
    """What stands on the page for a block."""
    raise NotImplementedError(type(block).__name__)


@flow.register
def _(block: blocks.Heading) -> list[Flowable]:
    return _kept([paragraph(block.text, looks.HEADING)], looks.BELOW_HEADING)


@flow.register
def _(block: blocks.Text) -> list[Flowable]:
    look = _TEXT_LOOKS[block.look]
    parts = [
        paragraph(line, look) if line.strip() else Space(look.leading)
        for line in block.text.split("\n")
    ]
    for part in parts[:-1]:
        part.spaceAfter = 0
    return _kept(parts, looks.BELOW_BYLINE) if block.look == "byline" else parts


def _kept(parts: list[Flowable], below: float) -> list[Flowable]:
    """On a page with this height of what follows, however many lines they are themselves."""
    height = sum(part.wrap(looks.ROOM, looks.TALLEST)[1] for part in parts)
    return [CondPageBreak(height + below), *parts]


@flow.register
def _(block: blocks.Gap) -> list[Flowable]:
    return [Space(block.height)]


@flow.register
def _(block: blocks.Together) -> list[Flowable]:
    parts = [part for inner in _flat(block) for part in flow(inner)]
    return [KeepTogether([part for part in parts if not isinstance(part, CondPageBreak)])]


def _flat(block: blocks.Together) -> Iterator[blocks.Block]:
    """What is inside; reportlab begins a new page for one of its keepers inside another."""
    for inner in block.blocks:
        yield from _flat(inner) if isinstance(inner, blocks.Together) else (inner,)


@flow.register
def _(block: blocks.Table) -> list[Flowable]:
    return [followed(Grid(columns.table(block, looks.ROOM)), 8)]


@flow.register
def _(block: blocks.Panels) -> list[Flowable]:
    room = (looks.ROOM - GUTTER * (len(block.panels) - 1)) / len(block.panels)
    return [followed(Abreast([_panel(panel, room) for panel in block.panels], room + GUTTER), 12)]


def _panel(panel: blocks.Panel, room: float) -> Grid:
    rest = [(looks.PANEL_LINE, (line,)) for line in panel.lines[1:]]
    rows = [(looks.CAPTION, (panel.caption,)), (looks.PANEL_NAME, panel.lines[:1]), *rest]
    return lines(rows, [room - 8], [False])


@flow.register
def _(block: blocks.Details) -> list[Flowable]:
    rows = [(looks.DETAIL, row) for row in block.rows if row[1]]
    label = looks.ROOM * 0.36
    return [followed(lines(rows, [label, looks.ROOM - GUTTER - label], [False, False]), 8)]


@flow.register
def _(block: blocks.Amount) -> list[Flowable]:
    rows = [
        (looks.CAPTION, (block.label,)),
        (looks.FIGURE, (block.figure,)),
        (looks.COMPANY_LINES, (block.remark,)),
    ]
    return [followed(lines(rows[: 3 if block.remark else 2], [looks.ROOM], [False]), 12)]


@flow.register
def _(block: blocks.Tick) -> list[Flowable]:
    text = lines([(looks.TICK, (block.text,))], [looks.ROOM - 20], [False])
    return [Beside(_box, 20, 12, text)]


@flow.register
def _(block: blocks.Blank) -> list[Flowable]:
    return [lines([(looks.BLANK, (block.label,))], [looks.ROOM], [False])]


@flow.register
def _(block: blocks.Signatures) -> list[Flowable]:
    count = len(block.places)
    room = min((looks.ROOM - GUTTER * (count - 1)) / count, 200)
    names = [(looks.PANEL_LINE, tuple(name for name, _ in block.places))]
    captions = [(looks.CAPTION, tuple(caption for _, caption in block.places))]
    over, under = (lines(rows, [room] * count, [False] * count) for rows in (names, captions))
    return [Space(28), over, _Strokes(count, room), followed(under, 6)]


@flow.register
def _(block: blocks.Cut) -> list[Flowable]:
    dashes = HRFlowable(
        width="100%", thickness=0.6, color=looks.GREY, dash=(3, 3), spaceBefore=14, spaceAfter=3
    )
    return [dashes, paragraph(block.text, looks.SMALL), Space(4)]


@flow.register
def _(block: blocks.Code) -> list[Flowable]:
    room = looks.ROOM - looks.CODE - 14
    text = lines([(looks.PANEL_LINE, (line,)) for line in block.lines], [room], [False])

    def code(canvas: Any, top: float) -> None:
        qr.draw(canvas, qr.of_link(block.link), 0, top, looks.CODE)

    return [Beside(code, looks.CODE + 14, looks.CODE, text)]


@flow.register
def _(block: blocks.Scan) -> list[Flowable]:
    first, *rest = block.lines
    rows = [(looks.PANEL_NAME, (first,)), *((looks.PANEL_LINE, (line,)) for line in rest)]
    text = lines(rows, [looks.ROOM - looks.CODE - 14], [False])

    def code(canvas: Any, top: float) -> None:
        qr.draw(canvas, block.modules, 0, top, looks.CODE)

    return [followed(Beside(code, looks.CODE + 14, looks.CODE, text), 8)]


def _box(canvas: Any, top: float) -> None:
    canvas.setStrokeColor(looks.INK)
    canvas.setLineWidth(0.8)
    canvas.rect(0.5, top - 11, 9.5, 9.5)


class Space(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Empty height, or what is left of the page: it never begins a page of its own."""

    def __init__(self, height: float) -> None:
        super().__init__()
        self._wanted = height

    def wrap(self, _room: float, height: float) -> tuple[float, float]:
        self.width, self.height = 0.0, max(min(self._wanted, height), 0.0)
        return self.width, self.height

    def draw(self) -> None:
        pass


class Beside(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A small drawing at the left edge with text to its right."""

    def __init__(
        self, mark: Callable[[Any, float], None], indent: float, least: float, text: Grid
    ) -> None:
        super().__init__()
        self._mark, self._indent, self._least, self._text = mark, indent, least, text

    def wrap(self, room: float, height: float) -> tuple[float, float]:
        _, tall = self._text.wrap(room - self._indent, height)
        self.width, self.height = room, max(tall, self._least)
        return self.width, self.height

    def split(self, room: float, height: float) -> list[Flowable]:
        parts = self._text.split(room - self._indent, height)
        return (
            [Beside(self._mark, self._indent, self._least, parts[0]), *parts[1:]]
            if len(parts) > 1
            else []
        )

    def draw(self) -> None:
        self._mark(self.canv, self.height)
        self._text.drawOn(self.canv, self._indent, self.height - self._text.height)


class Abreast(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Grids side by side; one under another when they are too tall for any page."""

    def __init__(self, grids: Sequence[Grid], step: float) -> None:
        super().__init__()
        self._grids, self._step = grids, step

    def wrap(self, room: float, height: float) -> tuple[float, float]:
        self.width, self.height = (
            room,
            max(grid.wrap(self._step, height)[1] for grid in self._grids),
        )
        return self.width, self.height

    def split(self, _room: float, height: float) -> list[Flowable]:
        first, *rest = self._grids
        parts = first.split(self._step, height) if self.height > looks.TALLEST else []
        return [*parts[:-1], followed(parts[-1], 6), *rest] if parts else []

    def draw(self) -> None:
        for n, grid in enumerate(self._grids):
            grid.drawOn(self.canv, n * self._step, self.height - grid.height)


class _Strokes(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Lines to sign on, side by side."""

    def __init__(self, count: int, length: float) -> None:
        super().__init__()
        self._count, self._length = count, length

    def wrap(self, room: float, _height: float) -> tuple[float, float]:
        self.width, self.height = room, 6.0
        return self.width, self.height

    def draw(self) -> None:
        self.canv.setStrokeColor(looks.INK)
        self.canv.setLineWidth(0.6)
        for n in range(self._count):
            left = n * (self._length + GUTTER)
            self.canv.line(left, 3, left + self._length, 3)
