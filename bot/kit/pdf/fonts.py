"""Fonts: Roboto in four weights and slants, embedded; what each draws and how wide."""

import unicodedata
from collections.abc import Mapping
from functools import cache
from threading import Lock

import font_roboto
from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, MEDIUM, BOLD, ITALIC = "Roboto", "RobotoMedium", "RobotoBold", "RobotoItalic"

# Characters that a font may hold and that draw nothing, reorder the line or stack on their
# neighbour.
_NEVER_DRAWN = {"Cc", "Cf", "Co", "Cs", "Cn", "Mn", "Me", "Zl", "Zp"}
_ONE_AT_A_TIME = Lock()


def register() -> None:
    """Makes Roboto known to reportlab, once in a process."""
    with _ONE_AT_A_TIME:
        _register()


@cache
def _register() -> None:
    for name in (REGULAR, MEDIUM, BOLD, ITALIC):
        pdfmetrics.registerFont(TTFont(name, font_roboto.font_files[name], asciiReadable=True))
    for bold, italic, name in ((0, 0, REGULAR), (1, 0, BOLD), (0, 1, ITALIC), (1, 1, BOLD)):
        addMapping(REGULAR, bold, italic, name)


@cache
def widths(font: str) -> Mapping[str, float]:
    """The width of each character that ``font`` draws, in thousandths of its size."""
    register()
    face = pdfmetrics.getFont(font).face
    return {
        chr(code): face.charWidths[code]
        for code in face.charToGlyph
        if unicodedata.category(chr(code)) not in _NEVER_DRAWN
    }


def width(text: str, font: str, size: float) -> float:
    """How wide ``text`` is in points; every character must be drawable."""
    return sum(map(widths(font).__getitem__, text)) * size / 1000


@cache
def drawable() -> frozenset[str]:
    """The characters that every weight of the font draws."""
    return frozenset.intersection(
        *(frozenset(widths(font)) for font in (REGULAR, MEDIUM, BOLD, ITALIC))
    )
