"""Texts too long for a button or a form to carry: kept for whoever wrote them, for a while."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from storage.documents import files
from storage.turn import Turn

Files = Sequence[Mapping[str, Any]]

_PREFIX = "ticket-offer:"


def keep(turn: Turn, name: str, text: str, came_with: Files = ()) -> str:
    """Keep the actor's text, and the files that came with it; returns the key that reads it."""
    written = json.dumps([text, [dict(file) for file in came_with]])
    files.keep(turn, key(turn, name), written.encode())
    return key(turn, name)


def key(turn: Turn, name: str) -> str:
    """What reads the actor's text of this name."""
    return f"{_PREFIX}{turn.actor.id}:{name}"


def read(turn: Turn, kept: str) -> tuple[str, Files]:
    """The text and its files; KeyError when it is gone, or is somebody else's."""
    if not kept.startswith(key(turn, "")):
        raise KeyError(kept)
    text, came_with = json.loads(files.content(turn, kept))
    return text, came_with


def forget(turn: Turn, before: datetime) -> None:
    """Those that nobody asked for since long ago."""
    files.forget(turn, _PREFIX, before)
