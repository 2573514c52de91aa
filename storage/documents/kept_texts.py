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
    key = f"{_PREFIX}{turn.actor.id}:{name}"
    files.keep(turn, key, json.dumps([text, [dict(file) for file in came_with]]).encode())
    return key


def read(turn: Turn, key: str) -> tuple[str, Files]:
    """The text and its files; KeyError when it is gone, or is somebody else's."""
    if not key.startswith(f"{_PREFIX}{turn.actor.id}:"):
        raise KeyError(key)
    text, came_with = json.loads(files.content(turn, key))
    return text, came_with


def forget(turn: Turn, before: datetime) -> None:
    """Those that nobody asked for since long ago."""
    files.forget(turn, _PREFIX, before)
