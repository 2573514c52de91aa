"""chat.scheduleMessage and its list: posted by Slack later, at most 120 days ahead."""

from bot.playground.slack import talk
from bot.playground.slack.methods.chat import content, place_to_post, thread_of
from bot.playground.slack.methods.pages import page
from bot.playground.slack.methods.registry import Call, method
from bot.playground.slack.shapes import Json, Refused

_FARTHEST = 120 * 86_400
_WINDOW, _MOST_IN_WINDOW = 300, 30


@method("chat.scheduleMessage", "chat:write", tier="3")
def schedule_message(
    call: Call,
    *,
    channel: str,
    post_at: int,
    text: str = "",
    blocks: list[Json] | None = None,
    attachments: list[Json] | None = None,
    thread_ts: str = "",
    reply_broadcast: bool = False,
    metadata: Json | None = None,
    markdown_text: str = "",
) -> Json:
    """Metadata is taken and, as in Slack, such a message never posts."""
    world = call.world
    place = place_to_post(call, channel)
    now = world.now().timestamp()
    if post_at <= now:
        raise Refused("time_in_past")
    if post_at > now + _FARTHEST:
        raise Refused("time_too_far")
    window = [
        each
        for each in world.scheduled.values()
        if each["channel_id"] == place.id and each["post_at"] // _WINDOW == post_at // _WINDOW
    ]
    if len(window) >= _MOST_IN_WINDOW:
        raise Refused("restricted_too_many")
    body = content(call, text, blocks, attachments, markdown_text)
    if thread_ts:
        body["thread_ts"] = thread_of(place, thread_ts)
    id = world.ids.draw("Q")
    world.scheduled[id] = {
        "id": id,
        "channel_id": place.id,
        "post_at": post_at,
        "date_created": int(now),
        "text": text,
        "body": body,
        "posts": not metadata,
    }
    message = talk.bot_message(world, body)
    return {"channel": place.id, "scheduled_message_id": id, "post_at": post_at, "message": message}


@method("chat.deleteScheduledMessage", "chat:write", tier="3")
def delete_scheduled(call: Call, *, channel: str, scheduled_message_id: str) -> Json:
    result = call.world.scheduled.get(scheduled_message_id)
    if result is None or result["channel_id"] != call.visible(channel).id:
        raise Refused("invalid_scheduled_message_id")
    del call.world.scheduled[scheduled_message_id]
    return {}


@method("chat.scheduledMessages.list", tier="3")
def list_scheduled(
    call: Call,
    *,
    channel: str = "",
    oldest: int = 0,
    latest: int = 0,
    limit: int = 100,
    cursor: str = "",
) -> Json:
    if channel and channel not in call.world.channels:
        raise Refused("invalid_channel")
    low, high = oldest, latest or float("inf")
    results = [
        {key: each[key] for key in ("id", "channel_id", "post_at", "date_created", "text")}
        for each in call.world.scheduled.values()
        if channel in ("", each["channel_id"]) and low <= each["post_at"] <= high
    ]
    shown, beside = page(results, limit, cursor, most=999)
    return {"scheduled_messages": shown, **beside}
