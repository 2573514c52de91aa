"""Slack's messages as values that the service takes."""

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.tickets.service import conversation
from handlers.tickets.service.conversation import Said
from storage import people
from storage.turn import Turn

Json = Mapping[str, Any]


def said(turn: Turn, channel: str, message: Json) -> Said:
    """One message, its text as it reads."""
    text = conversation.read(turn, message.get("text") or "")
    files = [
        file_of(file) for file in message.get("files") or () if file.get("mode") != "tombstone"
    ]
    return Said(channel, message["ts"], text, files, message.get("user") or "")


def thread(turn: Turn, channel: str, messages: Sequence[Json]) -> list[Said]:
    """What people of the workspace said in a thread, its first message apart, oldest first."""
    return whole_thread(turn, channel, messages[1:])


def whole_thread(turn: Turn, channel: str, messages: Sequence[Json]) -> list[Said]:
    """The same with its first message."""
    known = people.persons(turn, {message.get("user") or "" for message in messages})
    spoken = [
        message
        for message in messages
        if message.get("user") in known and not message.get("bot_id")
    ]
    return [said(turn, channel, message) for message in spoken]


def file_of(file: Json) -> dict[str, Any]:
    """What we keep of a file that was shared."""
    return {name: file.get(name) for name in ("id", "name", "size", "mimetype", "url_private")}
