"""Threads of the direct message: what is written in one is answered there, and in agent view each
message begins one.
"""

from collections.abc import Mapping
from typing import Any

from handlers.tickets.service.conversation.thread import Said
from storage.outbox import Under
from storage.turn import Turn


def place(turn: Turn, facts: Mapping[str, Any]) -> Under | None:
    """Where a message of the direct message is answered."""
    above = facts.get("thread_ts")
    if above:
        return Under(channel=facts["channel"], ts=above)
    return Under(channel=facts["channel"], ts=facts["ts"]) if turn.catalogue.agent_view.on else None


def below(turn: Turn, said: Said) -> Under | None:
    """The same, of what was said."""
    return place(turn, {"channel": said.channel, "ts": said.ts, "thread_ts": said.above})
