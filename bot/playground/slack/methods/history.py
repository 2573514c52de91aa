"""conversations.history and conversations.replies, with metadata on request."""

from bot.playground.slack.methods.pages import page
from bot.playground.slack.methods.registry import Call, method
from bot.playground.slack.shapes import Json, Refused


def _shown(message: Json, *, metadata: bool) -> Json:
    """A message with its metadata, or with the metadata's event type only."""
    if metadata or "metadata" not in message:
        return message
    return message | {"metadata": {"event_type": message["metadata"]["event_type"]}}


def _between(messages: list[Json], oldest: str, latest: str, *, inclusive: bool) -> list[Json]:
    for name, moment in (("oldest", oldest), ("latest", latest)):
        if moment and not moment.replace(".", "", 1).isdigit():
            raise Refused(f"invalid_ts_{name}")
    low, high = float(oldest or 0), float(latest or "inf")

    def within(ts: float) -> bool:
        return low <= ts <= high if inclusive else low < ts < high

    return [each for each in messages if within(float(each["ts"]))]


@method(
    "conversations.history",
    "channels:history",
    "groups:history",
    "im:history",
    "mpim:history",
    tier="3",
)
def history(
    call: Call,
    *,
    channel: str,
    oldest: str = "",
    latest: str = "",
    inclusive: bool = False,
    limit: int = 100,
    cursor: str = "",
    include_all_metadata: bool = False,
) -> Json:
    place = call.readable(channel)
    messages = [place.with_thread(each) for each in reversed(place.top_level())]
    between = _between(messages, oldest, latest, inclusive=inclusive)
    shown, beside = page(between, limit, cursor, most=999)
    has_more = bool(beside["response_metadata"]["next_cursor"])
    answer: Json = {"messages": [_shown(each, metadata=include_all_metadata) for each in shown]}
    answer |= {
        "has_more": has_more,
        "pin_count": 0,
        "channel_actions_ts": None,
        "channel_actions_count": 0,
    }
    return answer | (beside if has_more else {})


@method(
    "conversations.replies",
    "channels:history",
    "groups:history",
    "im:history",
    "mpim:history",
    tier="3",
)
def replies(
    call: Call,
    *,
    channel: str,
    ts: str,
    oldest: str = "",
    latest: str = "",
    inclusive: bool = False,
    limit: int = 1000,
    cursor: str = "",
    include_all_metadata: bool = False,
) -> Json:
    place = call.readable(channel)
    if ts not in place.messages:
        raise Refused("thread_not_found")
    parent_ts = place.messages[ts].get("thread_ts", ts)
    if parent_ts != ts:
        return {
            "messages": [_shown(place.messages[ts], metadata=include_all_metadata)],
            "has_more": False,
        }
    between = _between(place.replies(ts), oldest, latest, inclusive=inclusive)
    shown, beside = page(between, limit, cursor, most=1000)
    parent = place.with_thread(place.messages[ts])
    has_more = bool(beside["response_metadata"]["next_cursor"])
    messages = [_shown(each, metadata=include_all_metadata) for each in [parent, *shown]]
    return {"messages": messages, "has_more": has_more} | (beside if has_more else {})
