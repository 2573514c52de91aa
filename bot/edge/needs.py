"""Needs: what a route must have in hand before its turn begins, fetched from Slack outside any
transaction.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.edge.payloads import Delivery
from bot.kit.language.characters import storable
from bot.kit.routes import Need, Route
from bot.slack import UNREACHED, Slack
from storage.turn import Turn


async def fetch(delivery: Delivery, routes: Sequence[Route[Turn]], slack: Slack) -> Delivery:
    """The delivery with everything that its routes declare; what Slack does not give is
    left out.
    """
    wanted = {need for route in routes for need in route.needs}
    if not wanted or not _can_be_fetched(delivery):
        return delivery
    fetched: dict[Need, Any] = {}
    for need in wanted:
        try:
            fetched[need] = storable(await _FETCHERS[need](delivery, slack))
        except (SlackApiError, *UNREACHED):
            continue
    return replace(delivery, input=replace(delivery.input, fetched=fetched))


async def _message(delivery: Delivery, slack: Slack) -> Any:
    """The message that a reaction or shortcut is about, wherever in a thread it stands."""
    channel, ts = _where(delivery)
    response = await slack.client.conversations_replies(
        channel=channel, ts=ts, latest=ts, inclusive=True, limit=1
    )
    messages = response.get("messages") or []
    return next((message for message in messages if message.get("ts") == ts), None)


async def _thread(delivery: Delivery, slack: Slack) -> Any:
    channel, ts = _where(delivery)
    messages = await _replies(slack, channel, ts)
    above = messages[0].get("thread_ts", ts) if messages else ts
    return (
        messages if above == ts else await _replies(slack, channel, above)
    )  # Slack gives of a reply itself alone


async def _replies(slack: Slack, channel: str, ts: str) -> list[Any]:
    messages: list[Any] = []
    async for page in await slack.client.conversations_replies(channel=channel, ts=ts, limit=200):
        messages += page.get("messages") or []
    return messages


async def _members(delivery: Delivery, slack: Slack) -> Any:
    """Everybody who reads where it was clicked."""
    channel, _ = _where(delivery)
    return await _everybody_in(channel, slack)


async def _everybody_in(channel: str, slack: Slack) -> list[Any]:
    members: list[Any] = []
    async for page in await slack.client.conversations_members(channel=channel, limit=1000):
        members += page.get("members") or []
    return members


async def _around_us(delivery: Delivery, slack: Slack) -> Any:
    """Of the comings and goings before, Slack told us nothing."""
    facts = delivery.input.facts
    if facts["user"] != slack.bot_user:
        return None
    return await _everybody_in(facts["channel"], slack)


async def _profile(delivery: Delivery, slack: Slack) -> Any:
    response = await slack.client.users_info(user=delivery.person, include_locale=True)
    return response["user"]


def _can_be_fetched(delivery: Delivery) -> bool:
    """A form that was not opened from a message has nothing to fetch, nor has a click on Home."""
    if delivery.kind == "action":
        return delivery.input.place is not None
    return delivery.kind != "submission" or bool(delivery.input.metadata.get("ts"))


def _where(delivery: Delivery) -> tuple[str, str]:
    place = getattr(delivery.input, "place", None)
    if place:
        return place.channel, place.thread_ts or place.ts or ""
    if delivery.kind == "submission":
        return delivery.input.metadata["channel"], delivery.input.metadata["ts"]
    item = delivery.input.facts.get("item") or delivery.input.facts
    return item["channel"], item.get("thread_ts") or item["ts"]


_FETCHERS = {
    Need.MESSAGE: _message,
    Need.THREAD: _thread,
    Need.MEMBERS: _members,
    Need.AROUND_US: _around_us,
    Need.PROFILE: _profile,
}
