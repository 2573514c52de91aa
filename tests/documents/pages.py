"""A PDF as its reader sees it: pages drawn by PDFium, and the codes on them read as a phone does."""

from collections.abc import Iterator
from contextlib import contextmanager

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
