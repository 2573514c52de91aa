"""Letters: which text can be printed, and what stands for signs that cannot."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from bot.kit.errors import Problem
from bot.kit.words import N_, Phrase

_BREAKS = re.compile(r"[\t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]")
_LINE_ENDS = re.compile(r"\r\n|[\r\f\v\x1c-\x1e\x85\u2028\u2029]")
_VARIATION = re.compile("[\ufe0e\ufe0f]")


class GlyphMissing(Problem):
    """A fact holds a character that the font cannot draw: the paper would show a square."""

    sentence = N_(
        "“{field}” contains {characters}, which cannot be printed. Correct it and ask again."
    )


def fact(text: str, field: Phrase) -> str:
    """A fact as it will be drawn: composed letters, one line; ``GlyphMissing`` names what cannot be
    drawn.

    ``field`` is what a person calls this fact.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    composed = _BREAKS.sub(" ", unicodedata.normalize("NFC", text)).strip()
    require(composed, field)
    return composed


def require(text: str, field: Phrase | str) -> None:
    """``GlyphMissing`` unless every character of ``text`` can be drawn; ``field`` names
    the text.
    """
    if missing := _cannot_draw(text):
        raise GlyphMissing(field=field, characters=", ".join(map(_named, missing[:10])))


def free(text: str) -> str:
    """Free text as it will be drawn: an emoji becomes its ``:name:``, another unknown sign
    ``[U+1234]``.
    """
    text = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)).replace("\t", "    ")
    if _cannot_draw(text.replace("\n", "")):
        text = _VARIATION.sub("", _spelled(text))
    existing = _drawable()
    return "".join(
        sign if sign in existing or sign == "\n" else f"[U+{ord(sign):04X}]" for sign in text
    )


@cache
def _drawable() -> frozenset[str]:
    from bot.kit.pdf import fonts  # reading the fonts takes a quarter of a second

    return fonts.drawable()


def _cannot_draw(text: str) -> list[str]:
    """The characters of ``text`` that cannot be drawn, each once, in their order."""
    existing = _drawable()
    return (
        []
        if existing.issuperset(text)
        else list(dict.fromkeys(sign for sign in text if sign not in existing))
    )


def _spelled(text: str) -> str:
    import emoji  # a table of half a megabyte, read only when somebody writes one

    def name(sign: str, data: Mapping[str, str]) -> str:
        return data["en"] if _cannot_draw(_VARIATION.sub("", sign)) else sign

    return emoji.replace_emoji(text, replace=name)


def _named(sign: str) -> str:
    code = f"U+{ord(sign):04X}"
    return f"“{sign}” ({code})" if sign.isprintable() else code
