"""The formatting of what somebody wrote in Slack, kept where it is shown again: bold, lists, code,
quotes and links stay, and nobody is called by it.
"""

import re
from collections.abc import Mapping

from bot.kit.language.characters import legible
from bot.kit.markup import Mrkdwn, escape, unescaped

REFERENCE = re.compile(r"<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>")
"""A person, a channel, a group or an address, as Slack writes them."""
_FORMATS = re.compile(r"(?<![0-9A-Za-z])[*_~`]\S|<https?://[^<>|]+\|")
_SCHEMES = ("http://", "https://", "mailto:")
_LOOKS_LIKE_AN_ADDRESS = re.compile(r"https?:|www\.|\w\.\w")
_FENCE = "```"


def formatted(text: str, names: Mapping[str, str]) -> str | None:
    """A text of Slack's as safe mrkdwn; None where it has no formatting, and is shown as it
    reads.
    """
    if not _FORMATS.search(text):
        return None
    text = legible(text)
    parts, last = [], 0
    for match in REFERENCE.finditer(text):
        parts += [_harmless(text[last : match.start()]), _reference(match, names)]
        last = match.end()
    return "".join([*parts, _harmless(text[last:])]).strip()


def pieces(styled: str, most: int) -> list[Mrkdwn] | None:
    """Formatted text cut at line ends so that each piece fits, a block of code closed and opened
    again; None where a line is too long to be cut.
    """
    result: list[Mrkdwn] = []
    piece: list[str] = []
    length, in_code = 0, False
    for line in styled.split("\n"):
        if len(line) + 2 * len(_FENCE) + 2 > most:
            return None
        if piece and length + len(line) + len(_FENCE) + 2 > most:
            result.append(Mrkdwn("\n".join([*piece, _FENCE] if in_code else piece)))
            piece = [_FENCE] if in_code else []
            length = sum(len(each) + 1 for each in piece)
        piece.append(line)
        length += len(line) + 1
        if line.count(_FENCE) % 2:
            in_code = not in_code
    return [*result, Mrkdwn("\n".join(piece))]


def _harmless(text: str) -> str:
    """Signs that no reference came of: a mention must not come of them either."""
    return text.replace("<", "&lt;").replace(">", "&gt;")


def _reference(match: re.Match[str], names: Mapping[str, str]) -> str:
    kind, what, label = match.groups()
    match kind:
        case "@":
            return "@" + escape(names.get(what) or unescaped(label or what))
        case "#":
            return "#" + escape(unescaped(label or "") or names.get(what) or what)
        case "!":
            return escape(unescaped(label or "@" + what.partition("^")[0]))
        case _:
            return _link(what, label)


def _link(address: str, label: str | None) -> str:
    """A link as it was; where the words beside it look like another address, both are read."""
    if not address.startswith(_SCHEMES):
        return escape(unescaped(label or address))
    if not label or label == address.removeprefix("mailto:"):
        return f"<{address}>"
    if _LOOKS_LIKE_AN_ADDRESS.search(label) and label not in address:
        return f"{escape(unescaped(label))} (<{address}>)"
    return f"<{address}|{label}>"
