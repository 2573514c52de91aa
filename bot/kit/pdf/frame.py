"""The frame around every page: the head of later pages, the foot with its marks, "page x of y"."""

from dataclasses import dataclass
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from bot.kit.pdf import fonts, qr, style
from bot.kit.pdf.grid import how_many_fit, wrap
from bot.kit.pdf.sheet import Mark, Sheet
from bot.kit.words import Words

_SIZE, _LEADING = 6.9, 9.2
_HEAD = 7.8  # of what stands at the head of later pages


@dataclass(frozen=True)
class Frame:
    """What stands on each page, already said in the reader's language."""

    company: str
    title: str
    foot: tuple[str, ...]
    code: str
    words: Words

    @classmethod
    def of(cls, sheet: Sheet, mark: Mark, words: Words) -> "Frame":
        return cls(
            sheet.letterhead.name,
            _numbered(sheet.title, mark.number),
            _foot(mark, words),
            mark.code,
            words,
        )

    def draw_repeated(self, canvas: Any) -> None:
        """What is the same on all pages, drawn once and referred to."""
        canvas.beginForm("foot")
        self._draw_foot(canvas)
        canvas.endForm()
        canvas.beginForm("head")
        self._draw_head(canvas)
        canvas.endForm()

    def draw(self, canvas: Any, page: int) -> None:
        """One page's frame; the first page has its letterhead instead of a head."""
        canvas.doForm("foot")
        if page > 1:
            canvas.doForm("head")
        canvas.doForm(_count(page))

    def draw_counts(self, canvas: Any, pages: int) -> None:
        """What says "page x of y" on each page, once it is known how many there are."""
        right = style.PAGE_WIDTH - style.SIDE - style.QR - 10
        for page in range(1, pages + 1):
            canvas.beginForm(_count(page))
            canvas.setFont(fonts.MEDIUM, _SIZE + 0.6)
            canvas.setFillColor(style.INK)
            text = self.words.say("Page {page} of {pages}", page=page, pages=pages)
            canvas.drawRightString(right, style.FOOT - 16.5, text)
            canvas.endForm()

    def _draw_foot(self, canvas: Any) -> None:
        right = style.PAGE_WIDTH - style.SIDE
        canvas.setStrokeColor(style.FAINT)
        canvas.setLineWidth(0.6)
        canvas.line(style.SIDE, style.FOOT - 7, right, style.FOOT - 7)
        canvas.setFillColor(style.GREY)
        canvas.setFont(fonts.REGULAR, _SIZE)
        for n, line in enumerate(self.foot):
            canvas.drawString(style.SIDE, style.FOOT - 16.5 - n * _LEADING, line)
        qr.draw(canvas, qr.of_link(self.code), right - style.QR, style.FOOT - 11, style.QR)

    def _draw_head(self, canvas: Any) -> None:
        y, right = style.PAGE_HEIGHT - style.TOP - 4, style.PAGE_WIDTH - style.SIDE
        canvas.setFont(fonts.MEDIUM, _HEAD)
        canvas.setFillColor(style.INK)
        company = shortened(self.company, fonts.MEDIUM, _HEAD, style.ROOM * 0.45)
        canvas.drawString(style.SIDE, y, company)
        canvas.setFont(fonts.REGULAR, _HEAD)
        canvas.setFillColor(style.GREY)
        canvas.drawRightString(right, y, self.title)
        canvas.setStrokeColor(style.FAINT)
        canvas.setLineWidth(0.6)
        canvas.line(style.SIDE, y - 6, right, y - 6)


def _count(page: int) -> str:
    """The name of the form that is filled when all pages are there."""
    return f"page-{page}"


def _numbered(title: str, number: str) -> str:
    """The title with the document's number, which is never what is cut off."""
    behind = f" · {number}"
    room = style.ROOM * 0.5 - fonts.width(behind, fonts.REGULAR, _HEAD)
    return shortened(title, fonts.REGULAR, _HEAD, room) + behind


def shortened(text: str, font: str, size: float, room: float) -> str:
    """``text``, or as much of it as fits with an ellipsis."""
    if fonts.width(text, font, size) <= room:
        return text
    room = (room - fonts.width("…", font, size)) * 1000 / size
    return f"{text[: how_many_fit(text, fonts.widths(font), room)].rstrip()}…"


def _foot(mark: Mark, words: Words) -> tuple[str, ...]:
    room = style.ROOM - style.QR - 90
    made = words.say(
        "Document {number} · template {version} · made on {day}",
        number=mark.number,
        version=mark.template_version,
        day=words.long_date(mark.made_on),
    )
    text = words.say("Requested by {requester}", requester=_name(mark.requester))
    if mark.approver:
        text += " · " + words.say("Approved by {approver}", approver=_name(mark.approver))
    code = words.say(
        "Verification code {code}: with it the issuer can confirm that this document is genuine.",
        code=mark.code,
    )
    return (
        shortened(made, fonts.REGULAR, _SIZE, room),
        *_two_lines(text, room),
        *_two_lines(code, room),
    )


def _two_lines(text: str, room: float) -> list[str]:
    first, *rest = wrap(text, fonts.REGULAR, _SIZE, room).split("\n")
    return [first, shortened(" ".join(rest), fonts.REGULAR, _SIZE, room)] if rest else [first]


def _name(name: str) -> str:
    return name if len(name) <= 80 else f"{name[:79]}…"


class Pages(Canvas):  # type: ignore[misc]  # reportlab has no types
    """A canvas that draws the frame on each page."""

    frame: Frame

    def showPage(self) -> None:
        self.frame.draw(self, self.getPageNumber())
        super().showPage()

    def save(self) -> None:
        self.frame.draw_counts(self, self.getPageNumber() - 1)
        super().save()
