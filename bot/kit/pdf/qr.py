"""QR codes: the rows of one, and drawing them."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

from bot.kit.pdf import style

Modules = tuple[bytes, ...]
"""The rows of a QR code: 1 is dark."""


@lru_cache(maxsize=256)
def of_link(text: str) -> Modules:
    """The code that a telephone reads the text from, though a seventh of it is spoilt."""
    import segno  # a fifth of a second that a command without papers does not need

    return rows_of(segno.make_qr(text, error="m", boost_error=False))


def rows_of(code: Any) -> Modules:
    """The rows of a code of segno's."""
    return tuple(bytes(row) for row in code.matrix)


def draw(canvas: Any, rows: Sequence[bytes], x: float, top: float, size: float) -> None:
    """The dark modules of a code ``size`` points wide, each run of a row in one stroke."""
    step = size / len(rows)
    path = canvas.beginPath()
    for n, row in enumerate(rows, 1):
        place = 0
        for is_dark, run in groupby(row):
            length = len(list(run))
            if is_dark:
                path.rect(x + place * step, top - n * step, length * step, step)
            place += length
    canvas.setFillColor(style.INK)
    canvas.drawPath(path, stroke=0, fill=1)
