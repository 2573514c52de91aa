"""The press: documents described as values (:mod:`sheet`) become PDFs with embedded fonts and
traceable marks.
"""

from bot.kit.pdf.letters import GlyphMissing, fact, free
from bot.kit.pdf.sheet import (
    Amount,
    Blank,
    Block,
    Code,
    Column,
    Cut,
    Details,
    Gap,
    Heading,
    Letterhead,
    Mark,
    Panel,
    Panels,
    Scan,
    Sheet,
    Signatures,
    Table,
    Text,
    Tick,
    Together,
    strong,
)
from bot.kit.words import Words

__all__ = [
    "Amount",
    "Blank",
    "Block",
    "Code",
    "Column",
    "Cut",
    "Details",
    "Gap",
    "GlyphMissing",
    "Heading",
    "Letterhead",
    "Mark",
    "Panel",
    "Panels",
    "Scan",
    "Sheet",
    "Signatures",
    "Table",
    "Text",
    "Tick",
    "Together",
    "fact",
    "free",
    "press",
    "strong",
]


def press(sheet: Sheet, mark: Mark, words: Words) -> bytes:
    """``sheet`` as a PDF in the language of ``words``, with ``mark`` on every page.

    The same input gives the same bytes. ``GlyphMissing`` when a text holds what the font cannot
    draw: facts go through :func:`fact` and free text through :func:`free` first.
    """
    from bot.kit.pdf.pages import (
        set_pages,
    )  # reportlab and its fonts take a quarter of a second to load

    return set_pages(sheet, mark, words)
