"""The pages: a sheet and its mark set by reportlab into a PDF; the same input gives the
same bytes.
"""

from datetime import date
from functools import partial
from io import BytesIO
from threading import Lock
from typing import Any

from reportlab import rl_config
from reportlab.platypus import BaseDocTemplate, Flowable, Image, NextPageTemplate, PageTemplate
from reportlab.platypus import Frame as Area
from reportlab.platypus.flowables import HRFlowable

from bot.kit.pdf import fonts, letters, style
from bot.kit.pdf.flow import Space, flow, followed, lines, paragraph
from bot.kit.pdf.frame import Frame, Pages
from bot.kit.pdf.sheet import Mark, Sheet
from bot.kit.words import N_, Phrase, Words

_one_at_a_time = (
    Lock()
)  # reportlab's fonts, which all papers share, keep the place at which they read themselves
rl_config.useA85 = 0  # text wrapping of binary streams: a quarter more bytes and nothing else


def set_pages(sheet: Sheet, mark: Mark, words: Words) -> bytes:
    """``sheet`` as a PDF in the language of ``words``, with ``mark`` on every page."""
    fonts.register()
    mark = _printable(mark)
    paper, frame = BytesIO(), Frame.of(sheet, mark, words)
    document = BaseDocTemplate(
        paper,
        pagesize=(style.PAGE_WIDTH, style.PAGE_HEIGHT),
        pageTemplates=[_template("first", style.TOP), _template("later", style.TOP_LATER)],
        initialFontName=fonts.REGULAR,
        invariant=1,
        pageCompression=1,
        lang=str(words.locale).replace("_", "-"),
        title=f"{sheet.title} {mark.number}",
        author=sheet.letterhead.name,
        subject=sheet.subtitle or sheet.title,
        keywords=f"{mark.number}, {mark.code}",
        creator="Zaplecze",
        producer="Zaplecze",
    )
    story = [NextPageTemplate("later"), *_opening(sheet)]
    story += [part for block in sheet.blocks for part in flow(block)]
    with _one_at_a_time:
        document.build(story, canvasmaker=partial(_canvas, frame, mark.made_on))
    return paper.getvalue()


def _canvas(frame: Frame, made_on: date, *args: Any, **settings: Any) -> Pages:
    pages = Pages(*args, **settings)
    pages.frame = frame
    pages.setDateFormatter(lambda *_now: made_on.strftime("D:%Y%m%d000000+00'00'"))
    pages.setViewerPreference("DisplayDocTitle", "true")
    frame.draw_repeated(pages)
    return pages


def _template(name: str, top: float) -> PageTemplate:
    height = style.PAGE_HEIGHT - top - style.FOOT
    area = Area(style.SIDE, style.FOOT, style.ROOM, height, 0, 0, 0, 0, id=name)
    return PageTemplate(id=name, frames=[area])


def _printable(mark: Mark) -> Mark:
    """The mark; people's names are as they call themselves in Slack, so they count as free text."""
    return Mark(
        letters.fact(mark.number, Phrase(N_("Document number"))),
        letters.fact(mark.template_version, Phrase(N_("Template version"))),
        mark.made_on,
        _one_line(mark.requester),
        _one_line(mark.approver),
        letters.fact(mark.code, Phrase(N_("Verification code"))),
    )


def _one_line(name: str) -> str:
    return " ".join(letters.free(name).split())


def _opening(sheet: Sheet) -> list[Flowable]:
    """The letterhead and the title."""
    head = [(style.COMPANY, (sheet.letterhead.name,))]
    head += [(style.COMPANY_LINES, (line,)) for line in sheet.letterhead.lines]
    story = _logo(sheet.letterhead.logo)
    story += [followed(lines(head, [style.ROOM], [False]), 7)]
    story += [
        HRFlowable(width="100%", thickness=0.7, color=style.INK, spaceBefore=0, spaceAfter=16)
    ]
    story += [paragraph(sheet.title, style.TITLE)]
    if sheet.subtitle:
        story += [paragraph(sheet.subtitle, style.SUBTITLE)]
    return [*story, Space(12)]


def _logo(picture: bytes) -> list[Flowable]:
    """As large as its place allows, in its own proportions."""
    if not picture:
        return []
    wide, high = style.LOGO
    return [
        Image(BytesIO(picture), wide, high, kind="proportional", hAlign="LEFT"),
        Space(8),
    ]
