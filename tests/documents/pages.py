"""A PDF as its reader sees it: pages drawn by PDFium, and the codes on them read as a phone does."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pypdfium2
import zxingcpp

SCALE = 3  # pixels for each point: 216 for an inch


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def codes_of(pdf: bytes) -> list[str]:
    """What every QR code says, page by page."""
    with opened(pdf) as document:
        pictures = [page.render(scale=SCALE, grayscale=True).to_pil() for page in document]
    return [code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)]


class Line(NamedTuple):
    """A piece of text and where it stands, in points from the lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


def lines_of(pdf: bytes) -> tuple[tuple[Line, ...], ...]:
    """The text of each page, piece by piece."""
    with opened(pdf) as document:
        return tuple(tuple(_lines(page.get_textpage())) for page in document)


def _lines(text: Any) -> Iterator[Line]:
    for n in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(n)
        said = text.get_text_bounded(left, bottom, right, top)
        yield Line(" ".join(said.split()), left, bottom, right, top)
