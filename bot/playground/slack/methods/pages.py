"""Pages of a long answer: a limit, and a cursor that leads to the next one."""

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from bot.playground.slack.shapes import Json, Refused

Item = TypeVar("Item")


def page(items: Sequence[Item], limit: int, cursor: str, *, most: int) -> tuple[list[Item], Json]:
    """One page and the `response_metadata` with the cursor of the next (empty at the end)."""
    if not 0 < limit <= most:
        raise Refused("invalid_limit")
    start = _start(cursor)
    shown = list(items[start : start + limit])
    following = start + limit
    next_cursor = (
        base64.b64encode(f"next:{following}".encode()).decode() if following < len(items) else ""
    )
    return shown, {"response_metadata": {"next_cursor": next_cursor}}


def _start(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        word, _, number = base64.b64decode(cursor, validate=True).decode().partition(":")
        if word == "next":
            return int(number)
    except (binascii.Error, ValueError):
        pass
    raise Refused("invalid_cursor")
