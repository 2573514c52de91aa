"""Slack's messages as values that the service takes."""

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.tickets.listeners import quotes
from handlers.tickets.service.conversation import thread as conversation
from handlers.tickets.service.conversation.thread import Said
from storage.turn import Turn

Json = Mapping[str, Any]


def said(turn: Turn, channel: str, message: Json) -> Said:
    """One message, its text as it reads, with what was forwarded in it."""
    written = quotes.words_of(message)
    text, styled = conversation.read(turn, written), conversation.styled(turn, written)
    files = [file_of(file) for file in quotes.files_of(message)]
    return Said(
        channel=channel,
        ts=message["ts"],
        text=text,
        files=files,
        author=_author_of(message),
        styled=styled,
        above=_above(message),
    )


def _above(message: Json) -> str:
    """The thread of a reply; the first message of a thread names itself."""
    above = str(message.get("thread_ts") or "")
    return "" if above == message["ts"] else above


def thread(turn: Turn, channel: str, messages: Sequence[Json]) -> list[Said]:
    """What people of the workspace said in a thread, its first message apart, oldest first."""
    return whole_thread(turn, channel, messages[1:])


def whole_thread(turn: Turn, channel: str, messages: Sequence[Json]) -> list[Said]:
    """The same with its first message, and with what other apps posted."""
    authors = conversation.known_people(turn, {message.get("user") or "" for message in messages})
    spoken = [
        message
        for message in messages
        if is_of_another_app(turn, channel, message)
        or (message.get("user") in authors and not message.get("bot_id"))
    ]
    return [said(turn, channel, message) for message in spoken]


def is_of_another_app(turn: Turn, channel: str, message: Json) -> bool:
    """Whether an app posted it that is not ours."""
    return bool(message.get("bot_id")) and not conversation.is_ours(turn, channel, message["ts"])


def _author_of(message: Json) -> str:
    """Who wrote it: somebody's id, or an app by its name, which is nobody's id."""
    if message.get("bot_id"):
        return f"@{message.get('username') or message['bot_id']}"
    return str(message.get("user") or "")


def file_of(file: Json) -> dict[str, Any]:
    """What we keep of a file that was shared; one of which Slack tells nothing bears its id."""
    kept = {name: file.get(name) for name in ("id", "name", "size", "mimetype", "url_private")}
    return {**kept, "name": kept["name"] or kept["id"]}
