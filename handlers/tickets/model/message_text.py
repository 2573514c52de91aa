"""What people wrote in Slack as plain text, and as text that is safe to show again."""

import re
from collections.abc import Mapping

from bot.kit.markup import Mrkdwn, escape, unescaped
from handlers.tickets.model import styled_text
from handlers.tickets.model.styled_text import REFERENCE

_ADDRESS = re.compile(r"https?://[^\s<>|\"]*[^\s<>|\"'.,;:!?)\]]")
_MOST = 2900  # a section holds 3000; a piece must never be cut within an escaped sign


def mentioned(text: str, sign: str = "@") -> set[str]:
    """The ids of the people whom a text of Slack's mentions; with ``#`` those of channels."""
    return {match[2] for match in REFERENCE.finditer(text) if match[1] == sign}


def plain(text: str, names: Mapping[str, str]) -> str:
    """A text of Slack's as a person reads it: mentions by name, links by address, ``&amp;`` as
    ``&``.
    """

    def read(match: re.Match[str]) -> str:
        kind, what, label = match.groups()
        match kind:
            case "@":
                return "@" + (names.get(what) or label or what)
            case "#":
                return "#" + (label or names.get(what) or what)
            case "!":
                return label or "@" + what.partition("^")[0]
            case _:
                return (
                    what
                    if not label or label == what.removeprefix("mailto:")
                    else f"{label} ({what})"
                )

    return unescaped(REFERENCE.sub(read, text)).strip()


def divided(text: str, most: int) -> tuple[str, str]:
    """What fits into so many characters, cut at a line's end or a blank, and the rest."""
    if len(text) <= most:
        return text, ""
    room = text[: most + 1]
    at = max(room.rfind("\n"), room.rfind(" "))
    at = at if at > most // 2 else most
    return text[:at].rstrip(), text[at:].lstrip()


def shown(text: str, most: int = _MOST, styled: str | None = None) -> list[Mrkdwn]:
    """A text as pieces that each fit into a section: formatted where it came so and can be cut,
    else escaped, with web addresses as links to themselves.
    """
    pieces = styled_text.pieces(styled, most) if styled else None
    if pieces is not None:
        return pieces
    return [_linked(piece) for piece in _pieces(text, most)]


def _linked(text: str) -> Mrkdwn:
    parts, last = [], 0
    for match in _ADDRESS.finditer(text):
        address = match[0].replace("&", "&amp;")
        parts += [escape(text[last : match.start()]), f"<{address}>"]
        last = match.end()
    return Mrkdwn("".join([*parts, escape(text[last:])]))


def _pieces(text: str, most: int) -> list[str]:
    """Cut at line ends where possible, else at blanks, so that each piece is short enough even when
    escaped.
    """
    pieces: list[str] = []
    while text:
        piece = text[: _fitting(text, most)]
        at = len(piece)
        if len(piece) < len(text):
            at = max(piece.rfind("\n"), 0) or max(piece.rfind(" "), 0) or at
        pieces.append(text[:at].rstrip())
        text = text[at:].lstrip()
    return [piece for piece in pieces if piece]


def _fitting(text: str, most: int) -> int:
    """How many characters from the start fit when escaped."""
    room = most
    for count, sign in enumerate(text):
        room -= 5 if sign in "&<>" else 2 if sign in "*_~`" else 1
        if text.startswith("http", count):
            room -= 2  # a web address is shown as a link
        if room < 0:
            return count
    return len(text)
