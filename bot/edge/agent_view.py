"""Agent view: while somebody's message to the bot is worked on, Slack shows that it is.

Source: docs.slack.dev/ai/developing-agents (assistant.threads.setStatus).
"""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from slack_sdk.errors import SlackApiError

from bot.edge.payloads import Delivery
from bot.kit.words import Words
from bot.slack import UNREACHED, Client

log = logging.getLogger(__name__)


def is_conversation(delivery: Delivery) -> bool:
    """Something that a person wrote in their direct message with the bot."""
    if (delivery.kind, delivery.name) != ("event", "message"):
        return False
    facts = delivery.input.facts
    written = facts.get("subtype") in (None, "file_share")
    return facts.get("channel_type") == "im" and written and not facts.get("bot_id")


@asynccontextmanager
async def working(delivery: Delivery, words: Words, client: Client) -> AsyncIterator[None]:
    """While the block lasts it stands below the message; nothing depends on it."""
    await _set(delivery, words.say("is looking into it…"), client)
    try:
        yield
    finally:
        await _set(delivery, "", client)


async def _set(delivery: Delivery, status: str, client: Client) -> None:
    facts = delivery.input.facts
    root = facts.get("thread_ts") or facts["ts"]
    try:
        await client.assistant_threads_setStatus(
            channel_id=facts["channel"], thread_ts=root, status=status
        )
    except (SlackApiError, *UNREACHED) as fault:
        log.info("the status was not taken: %s", type(fault).__name__)
