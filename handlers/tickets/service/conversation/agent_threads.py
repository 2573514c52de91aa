"""Agent view: in the direct message each message begins a thread, and the answer stands in it."""

from collections.abc import Mapping
from typing import Any

from bot.kit.catalogue import Catalogue
from handlers.tickets.service.conversation.thread import Said
from storage.outbox import Under
from storage.turn import Turn


def place(turn: Turn, facts: Mapping[str, Any]) -> Under | None:
    """Where a message of the direct message is answered; in agent view below it."""
    if not turn.catalogue.agent_view.on:
        return None
    return Under(channel=facts["channel"], ts=facts.get("thread_ts") or facts["ts"])


def below(turn: Turn, said: Said) -> Under | None:
    """The same, of a message at the top."""
    return place(turn, {"channel": said.channel, "ts": said.ts})


def goes_on(catalogue: Catalogue, facts: Mapping[str, Any]) -> bool:
    """Whether it goes on a conversation that its writer began; of a ticket's thread the tickets
    are asked first.
    """
    began = facts.get("parent_user_id")
    return catalogue.agent_view.on and began is not None and began == facts.get("user")
