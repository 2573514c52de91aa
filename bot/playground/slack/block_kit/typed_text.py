"""What a person types becomes what Slack stores: escaped text with mentions, and the rich text
beside it.
"""

import re
from collections.abc import Callable

from bot.playground.slack.channels import Channel
from bot.playground.slack.shapes import Json
from bot.playground.slack.world import World

_BROADCASTS = ("channel", "here", "everyone")
_TOKEN = re.compile(
    r"<@(?P<user>[UW][A-Z0-9]+)>|<#(?P<channel>[CG][A-Z0-9]+)(?:\|[^>]*)?>"
    r"|(?P<url>https?://[^\s<>|]+[^\s<>|.,;:!?)])"
    r"|(?<![\w@])@(?P<name>[\w][\w.\-]*)|(?<![\w#&])#(?P<hash>[\w\-]+)"
)


def typed(world: World, text: str) -> str:
    """Slack's text of what was typed: ``@name``, ``#channel`` and addresses become tokens, the rest
    is escaped.
    """
    return _walk(world, text, escape)


def typed_plain(world: World, text: str, *, tokens: bool) -> str:
    """A command's text: escaped too, and with tokens only if the manifest asks
    (``should_escape``).
    """
    return _walk(world, text, escape) if tokens else escape(text)


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_KEPT = re.compile(
    r"<(?:[@#!]|https?://|mailto:|tel:)[^<>\n]*>|&(?:amp|lt|gt);|https?://[^\s<>|]+[^\s<>|.,;:!?)]"
)


def posted(text: str) -> str:
    """A text as Slack stores what an app posts: tokens stay, bare addresses become tokens, stray
    signs are escaped.
    """
    done, parts = 0, []
    for match in _KEPT.finditer(text):
        kept = f"<{match[0]}>" if match[0].startswith("http") else match[0]
        parts += [escape(text[done : match.start()]), kept]
        done = match.end()
    return "".join([*parts, escape(text[done:])])


def _walk(world: World, text: str, plain: Callable[[str], str]) -> str:
    done, parts = 0, []
    for match in _TOKEN.finditer(text):
        token = _token(world, match)
        if token is not None:
            parts += [plain(text[done : match.start()]), token]
            done = match.end()
    return "".join([*parts, plain(text[done:])])


def _token(world: World, match: re.Match[str]) -> str | None:
    kind, value = match.lastgroup, match.group(match.lastgroup or 0)
    if kind == "user":
        return f"<@{value}>" if value in world.people else None
    if kind == "channel":
        return f"<#{value}|>" if value in world.channels else None
    if kind == "url":
        return f"<{escape(value)}>"
    if kind == "name":
        if value in _BROADCASTS:
            return f"<!{value}>"
        return next(
            (f"<@{person.id}>" for person in world.people.values() if person.name == value), None
        )
    channel: Channel | None = next(
        (each for each in world.channels.values() if each.name == value), None
    )
    return f"<#{channel.id}|>" if channel else None


_STORED = re.compile(r"<(?P<inner>[^<>]+)>|:(?P<emoji>[a-z0-9_+\-]+):")


def rich_text(world: World, text: str) -> Json:
    """The rich text block that Slack's client sends beside the text of a message."""
    elements: list[Json] = []
    done = 0
    for match in _STORED.finditer(text):
        _add_text(elements, text[done : match.start()])
        elements.append(_element(match))
        done = match.end()
    _add_text(elements, text[done:])
    section = {"type": "rich_text_section", "elements": elements}
    return {"type": "rich_text", "block_id": world.ids.small(5), "elements": [section]}


def _add_text(elements: list[Json], text: str) -> None:
    if text:
        plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        elements.append({"type": "text", "text": plain})


def _element(match: re.Match[str]) -> Json:
    if match["emoji"]:
        return {"type": "emoji", "name": match["emoji"]}
    inner = match["inner"]
    value = inner[1:].partition("|")[0]
    if inner.startswith("@"):
        return {"type": "user", "user_id": value}
    if inner.startswith("#"):
        return {"type": "channel", "channel_id": value}
    if inner.startswith("!"):
        return {"type": "broadcast", "range": value}
    url, _, label = inner.partition("|")
    return {"type": "link", "url": url, **({"text": label} if label else {})}
