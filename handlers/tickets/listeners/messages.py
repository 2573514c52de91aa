"""Messages in Slack: replies in a ticket's threads, their edits and deletions."""

from collections.abc import Mapping
from typing import Any

from bot.kit.doors import Event
from bot.kit.replies import NOTHING, PASS, Reply
from handlers.tickets.doors import doors
from handlers.tickets.service import conversation
from handlers.tickets.service.conversation import Said
from storage.turn import Turn

_SPOKEN = (None, "file_share", "thread_broadcast", "me_message")


@doors.event("message")
def message(turn: Turn, event: Event) -> Reply:
    facts = event.facts
    match facts.get("subtype"):
        case "message_deleted":
            mine = conversation.hear_deletion(turn, facts["channel"], facts["deleted_ts"])
        case "message_changed" if facts["message"].get("subtype") == "tombstone":
            mine = conversation.hear_deletion(turn, facts["channel"], facts["message"]["ts"])
        case "message_changed":
            mine = conversation.hear_edit(turn, _said(turn, facts["channel"], facts["message"]))
        case kind if kind in _SPOKEN and not turn.actor.is_bot and not facts.get("bot_id"):
            mine = _spoken(turn, facts)
        case _:
            mine = False
    return NOTHING if mine else PASS


def _spoken(turn: Turn, facts: Mapping[str, Any]) -> bool:
    if facts.get("thread_ts") is None:
        return False
    return conversation.hear(turn, facts["thread_ts"], _said(turn, facts["channel"], facts))


def _said(turn: Turn, channel: str, message: Mapping[str, Any]) -> Said:
    text = conversation.read(turn, message.get("text") or "")
    return Said(channel, message["ts"], text, [_file(file) for file in message.get("files") or ()])


def _file(file: Mapping[str, Any]) -> dict[str, Any]:
    """What we keep of a file that was shared."""
    return {name: file.get(name) for name in ("id", "name", "size", "mimetype", "url_private")}
