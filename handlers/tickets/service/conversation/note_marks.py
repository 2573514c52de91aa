"""A mark on what stays among the agents: an emoji in their thread, which everybody there sees."""

from typing import Any

from bot.kit.routes import Json
from storage.tickets import messages
from storage.tickets.messages import Message
from storage.turn import Turn

MARK_NOTE = "tickets.mark_note"
EMOJI = "lock"


def renew(turn: Turn, message: Message) -> None:
    """A message in the agents' thread is a note now, or is none any more."""
    turn.task(MARK_NOTE, f"{message.key}:mark:{turn.now.isoformat()}", message=message.id)


def put(payload: Json, tools: Any) -> None:
    """Mark it as it stands now: what was written before a quick correction does not count."""
    with tools.turn(payload["workspace"]) as turn:
        message = messages.numbered(turn, payload["message"])
    if not message.is_deleted:
        tools.react(payload["workspace"], message.origin, EMOJI, message.role == "note")
