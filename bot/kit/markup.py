"""Slack's mrkdwn made safe: text of people is escaped unless it already is mrkdwn."""

import re

from bot.kit.language.characters import legible

# Slack formats only at the edge of a word: FV_2026_11 stays as it is, and can be copied.
# The sign comes first, so that a text without one is passed over at once.
_FORMATTING = re.compile(r"[*_~`](?:(?<![0-9A-Za-z].)|(?![0-9A-Za-z]))")


class Mrkdwn(str):
    """Text that is already valid mrkdwn and is not escaped again."""

    __slots__ = ()


def escape(text: object) -> Mrkdwn:
    """User text as mrkdwn that shows just these characters: no mention, link, or formatting comes
    of it.
    """
    if isinstance(text, Mrkdwn):
        return text
    plain = legible(str(text)).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return Mrkdwn(_FORMATTING.sub(lambda sign: "\u200b" + sign.group(), plain))


def unescaped(text: str) -> str:
    """What a person typed, of the text that Slack sends: ``&`` for ``&amp;``."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def link(url: str, label: object) -> Mrkdwn:
    """A link; ``url`` is ours or Slack's, never a person's."""
    return Mrkdwn(f"<{url}|{escape(label)}>")


def person(user_id: str) -> Mrkdwn:
    return Mrkdwn(f"<@{user_id}>")


def channel(channel_id: str) -> Mrkdwn:
    return Mrkdwn(f"<#{channel_id}>")


def join(separator: str, parts: "list[Mrkdwn]") -> Mrkdwn:
    return Mrkdwn(separator.join(parts))
