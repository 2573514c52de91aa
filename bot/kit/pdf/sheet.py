"""What is printed, as values: a sheet is a title, a letterhead and blocks; nothing here knows how
it is drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True)
class Mark:
    """What stands at the foot of every page, so that a paper can be traced."""

    number: str
    template_version: str
    made_on: date
    requester: str
    approver: str
    """Empty when the kind needs no approval."""
    code: str
    """The verification code, as a person types it."""


@dataclass(frozen=True)
class Letterhead:
    """Whose paper it is: the name, and small lines with address, numbers and how to be reached."""

    name: str
    lines: tuple[str, ...] = ()
    logo: bytes = b""
    """A PNG or JPEG above the name."""


@dataclass(frozen=True)
class Heading:
    """A small heading; it stays with what follows."""

    text: str


@dataclass(frozen=True)
class Text:
    """A paragraph. Line ends in ``text`` are kept; :func:`strong` makes a part of it bold."""

    text: str
    look: Literal["normal", "small", "lead", "byline"] = "normal"
    """A byline stays with what follows."""


@dataclass(frozen=True)
class Panel:
    """Somebody or something under a small caption: the first line stands out."""

    caption: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Panels:
    """Panels side by side, equally wide."""

    panels: tuple[Panel, ...]


@dataclass(frozen=True)
class Details:
    """Labels and values, one under another; an empty value is left out."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Column:
    """A column of a table. ``grows``: takes the width that is left and wraps; others are as wide as
    needed.
    """

    title: str
    align: Literal["left", "right"] = "left"
    grows: bool = False


@dataclass(frozen=True)
class Table:
    """A table whose header stands on every page; ``totals`` are rows in bold that never stand
    alone.
    """

    columns: tuple[Column, ...]
    rows: Sequence[tuple[str, ...]]
    totals: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Amount:
    """The one figure that the reader looks for, with its label and an optional remark."""

    label: str
    figure: str
    remark: str = ""


@dataclass(frozen=True)
class Tick:
    """A box that somebody ticks with a pen, and what it then says."""

    text: str


@dataclass(frozen=True)
class Blank:
    """A line to be filled in with a pen after its label."""

    label: str


@dataclass(frozen=True)
class Signatures:
    """Places to sign, side by side: a typed name (or nothing) above each line, its caption under
    it.

    Belongs into a :class:`Together`, so that nobody signs an empty page.
    """

    places: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Cut:
    """A dashed line: what follows is cut off and sent back."""

    text: str


@dataclass(frozen=True)
class Code:
    """A QR code that opens ``link``, with lines beside it."""

    link: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Scan:
    """A QR code given by its rows (1 is dark), with lines beside it: the first stands out."""

    modules: tuple[bytes, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Gap:
    """Empty height in points."""

    height: float = 8


@dataclass(frozen=True)
class Together:
    """Blocks that stay on one page where they fit on one."""

    blocks: "tuple[Block, ...]"


Block = (
    Heading
    | Text
    | Panels
    | Details
    | Table
    | Amount
    | Tick
    | Blank
    | Signatures
    | Cut
    | Code
    | Scan
    | Gap
    | Together
)


@dataclass(frozen=True)
class Sheet:
    """A whole document, ready to be pressed."""

    title: str
    letterhead: Letterhead
    blocks: tuple[Block, ...]
    subtitle: str = ""


_STRONG_ON, _STRONG_OFF = (
    "\x02",
    "\x03",
)  # no fact holds control characters, so nobody can type these


def strong(text: str) -> str:
    """``text`` in bold, inside a :class:`Text`."""
    return f"{_STRONG_ON}{text}{_STRONG_OFF}"
