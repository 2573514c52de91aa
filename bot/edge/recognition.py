"""Recognition: somebody may reply under a message of ours before we know that it was posted (its
sender was killed).
"""

import asyncio
import logging
from collections.abc import Mapping
from concurrent.futures import Executor
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.delivery.sender import METADATA
from bot.edge.payloads import Delivery
from bot.edge.turns import Turns
from bot.slack import UNREACHED, Slack, error_of
from storage import outbox_places

log = logging.getLogger(__name__)


class Unread(Exception):
    """It cannot be heard now (Slack does not show the message above, the database fails): Slack
    brings it again.
    """


def is_under_ours(delivery: Delivery, bot_user: str) -> bool:
    """Whether it is a reply in the thread of a message of the bot's."""
    return (
        delivery.name == "message"
        and delivery.kind == "event"
        and delivery.input.facts.get("parent_user_id") == bot_user
    )


async def recognise(delivery: Delivery, slack: Slack, turns: Turns, threads: Executor) -> None:
    """Learn which message the message above is, if that is not known yet: its mark stands in its
    metadata.

    Raises ``Unread`` while Slack cannot be asked.
    """
    workspace, channel, ts = (
        slack.workspace_of(delivery),
        delivery.channel or "",
        delivery.thread_ts or "",
    )

    def is_known() -> bool:
        with turns.transaction() as db:
            return outbox_places.is_known(db, workspace, channel, ts)

    def note(mark: str) -> None:
        with turns.transaction() as db:
            outbox_places.recognise(db, workspace, mark, channel, ts)

    loop = asyncio.get_running_loop()
    if await loop.run_in_executor(threads, is_known):
        return
    mark = await _mark_of(slack, channel, ts)
    if mark:
        await loop.run_in_executor(threads, note, mark)


async def _mark_of(slack: Slack, channel: str, ts: str) -> str | None:
    request = {"channel": channel, "ts": ts, "limit": 1, "include_all_metadata": True}
    try:
        page = await slack.ask("conversations_replies", **request)
    except SlackApiError as refused:
        if refused.response.status_code != 200:
            raise Unread(error_of(refused)) from refused
        log.warning("the message above a reply cannot be read: %s", error_of(refused))
        return None
    except UNREACHED as lost:
        raise Unread(type(lost).__name__) from lost
    above: Mapping[str, Any] = next(iter(page.get("messages") or ()), {})
    metadata = above.get("metadata") or {}
    return str(metadata["event_payload"]["key"]) if metadata.get("event_type") == METADATA else None
