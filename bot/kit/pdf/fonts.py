"""Fonts: Roboto, embedded; which characters it can draw, and what stands for those that it cannot."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

import font_roboto
from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from bot.kit.errors import Problem
from bot.kit.words import N_, Phrase

REGULAR, MEDIUM, BOLD, ITALIC, BOLD_ITALIC = "Roboto", "RobotoMedium", "RobotoBold", "RobotoItalic", "RobotoBoldItalic"

# Characters that a font may hold and that draw nothing, reorder the line or stack on their neighbour.
_NEVER_DRAWN = {"Cc", "Cf", "Co", "Cs", "Cn", "Mn", "Me", "Zl", "Zp"}
_SPACES = re.compile(r"[\t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]")
_LINE_ENDS = re.compile(r"\r\n|[\r\f\v\x1c-\x1e\x85\u2028\u2029]")
_VARIATION = re.compile("[\ufe0e\ufe0f]")


class GlyphMissing(Problem):
    """A fact holds a character that the font cannot draw: the paper would show a square."""

    sentence = N_("“{field}” contains {characters}, which cannot be printed. Correct it and ask again.")


@cache
def register() -> None:
    """Makes Roboto known to reportlab, once in a process."""
    for name in (REGULAR, MEDIUM, BOLD, ITALIC, BOLD_ITALIC):
        pdfmetrics.registerFont(TTFont(name, font_roboto.font_files[name], asciiReadable=True))
    for bold, italic, name in ((0, 0, REGULAR), (1, 0, BOLD), (0, 1, ITALIC), (1, 1, BOLD_ITALIC)):
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
    return frozenset.intersection(*(frozenset(widths(font)) for font in (REGULAR, MEDIUM, BOLD, ITALIC, BOLD_ITALIC)))


def cannot_draw(text: str) -> list[str]:
    """The characters of ``text`` that cannot be drawn, each once, in their order."""
    return list(dict.fromkeys(sign for sign in text if sign not in drawable()))


def fact(text: str, field: Phrase) -> str:
    """A fact as it will be drawn: composed letters, single spaces; ``GlyphMissing`` names what cannot be drawn.

    ``field`` is what a person calls this fact.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    composed = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()
    if missing := cannot_draw(composed):
        raise GlyphMissing(field=field, characters=", ".join(map(_named, missing[:10])))
    return composed


def free(text: str) -> str:
    """Free text as it will be drawn: an emoji becomes its ``:name:``, another unknown sign ``[U+1234]``."""
    text = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)).replace("\t", "    ")
    if cannot_draw(text.replace("\n", "")):
        text = _VARIATION.sub("", _spelled(text))
    known = drawable()
    return "".join(sign if sign in known or sign == "\n" else f"[U+{ord(sign):04X}]" for sign in text)


def _spelled(text: str) -> str:
    import emoji  # a table of half a megabyte, read only when somebody writes one

    def name(sign: str, data: Mapping[str, str]) -> str:
        return data["en"] if cannot_draw(_VARIATION.sub("", sign)) else sign

    return emoji.replace_emoji(text, replace=name)


def _named(sign: str) -> str:
    code = f"U+{ord(sign):04X}"
    return f"“{sign}” ({code})" if sign.isprintable() else code
