"""reactions.*: adding, taking away, reading."""

import re

from bot.playground.slack import talk
from bot.playground.slack.channels import SCOPES, Channel
from bot.playground.slack.methods.registry import Call, method
from bot.playground.slack.shapes import Json, Refused


def _place(call: Call, channel: str, timestamp: str, name: str) -> Channel:
    if not channel or not timestamp:
        raise Refused("no_item_specified")
    if not re.fullmatch(r"\d{9,11}\.\d{6}", timestamp):
        raise Refused("bad_timestamp")
    if not re.fullmatch(r"[a-z0-9_+\-']+(::skin-tone-[2-6])?", name):
        raise Refused("invalid_name")
    place = call.visible(channel)
    if place.is_archived:
        raise Refused("is_archived")
    if call.user not in place.members:
        raise Refused("not_in_channel")
    return place


@method("reactions.add", "reactions:write", tier="3")
def add(call: Call, *, name: str, channel: str = "", timestamp: str = "") -> Json:
    place = _place(call, channel, timestamp, name)
    talk.react(call.world, place, timestamp, call.user, name, on=True)
    return {}


@method("reactions.remove", "reactions:write", tier="2")
def remove(call: Call, *, name: str, channel: str = "", timestamp: str = "") -> Json:
    place = _place(call, channel, timestamp, name)
    talk.react(call.world, place, timestamp, call.user, name, on=False)
    return {}


@method("reactions.get", "reactions:read", tier="3")
def get(call: Call, *, channel: str = "", timestamp: str = "", full: bool = False) -> Json:
    place = _place(call, channel, timestamp, "x")
    message = place.messages.get(timestamp)
    if message is None:
        raise Refused("message_not_found")
    call.need(f"{SCOPES[place.kind]}:history", "reactions:read")
    return {"type": "message", "channel": place.id, "message": message}
