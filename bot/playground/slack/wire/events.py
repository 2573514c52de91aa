"""The Events API: which events the app hears, and their shapes."""

from bot.playground.slack.channels import EVENT_TYPES, SCOPES, Channel
from bot.playground.slack.people import Person, user_shape
from bot.playground.slack.shapes import Json
from bot.playground.slack.subscriptions import NEEDED
from bot.playground.slack.wire.deliveries import Delivery
from bot.playground.slack.world import World

_SUBSCRIPTIONS = {
    "public": "message.channels",
    "private": "message.groups",
    "im": "message.im",
    "mpim": "message.mpim",
}


def emit(
    world: World, name: str, event: Json, *, channel: Channel | None = None, scope: str = ""
) -> None:
    """Deliver the event if the app subscribes to it, has the scope for it, and is in
    the channel.
    """
    app = world.app
    if channel is not None and app.bot_user_id not in channel.members:
        return
    needed = (scope,) if scope else NEEDED.get(name, ())
    granted = not needed or bool(app.scopes & {*needed, "*"})
    if app.hears(name) and granted:
        world.deliveries.tell(_delivery(world, event, channel))


def _delivery(world: World, event: Json, channel: Channel | None) -> Delivery:
    return Delivery("events_api", wrap(world, event, channel), world.ids.uuid())


def wrap(world: World, event: Json, channel: Channel | None) -> Json:
    """The event in its outer wrapper."""
    team = world.team.id
    where = f"-{channel.id}" if channel else ""
    return {
        "token": world.app.verification_token,
        "team_id": team,
        "context_team_id": team,
        "context_enterprise_id": None,
        "api_app_id": world.app.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": world.ids.draw("Ev"),
        "event_time": int(world.now().timestamp()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": team,
                "user_id": world.app.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": bool(channel and channel.is_shared),
        "event_context": f"1-{event['type']}-{team}{where}",
    }


def message_event(world: World, channel: Channel, body: Json) -> None:
    """A `message` event of any subtype, and `app_mention` where the app is spoken to."""
    event = {
        **_withheld(channel, body),
        "type": "message",
        "channel": channel.id,
        "channel_type": EVENT_TYPES[channel.kind],
    }
    event.setdefault("event_ts", event["ts"])
    author = world.people.get(event.get("user", ""))
    if author and author.team_id != world.team.id:
        event |= {
            "user_team": author.team_id,
            "source_team": author.team_id,
            "user_profile": author.profile(),
        }
    emit(
        world,
        _SUBSCRIPTIONS[channel.kind],
        event,
        channel=channel,
        scope=f"{SCOPES[channel.kind]}:history",
    )


def _withheld(channel: Channel, body: Json) -> Json:
    """Of the files in a channel that is shared with another company, events tell the id alone."""
    if not channel.is_shared:
        return body
    told = dict(body)
    if body.get("files"):
        told["files"] = [
            {"id": file["id"], "mode": "file_access", "file_access": "check_file_info"}
            for file in body["files"]
        ]
    if body.get("message"):
        told["message"] = _withheld(channel, body["message"])
    return told


def message_posted(world: World, channel: Channel, message: Json) -> None:
    """What the app hears when something was posted."""
    message_event(world, channel, message)
    mention = f"<@{world.app.bot_user_id}>"
    from_person = message.get("user") != world.app.bot_user_id
    if from_person and channel.kind != "im" and mention in message.get("text", ""):
        told = _withheld(channel, message)
        mentioned = {key: value for key, value in told.items() if key != "subtype"}
        event = {
            **mentioned,
            "type": "app_mention",
            "channel": channel.id,
            "event_ts": message["ts"],
        }
        emit(world, "app_mention", event, channel=channel)
    for file in message.get("files", []):
        shared: Json = {
            "type": "file_shared",
            "file_id": file["id"],
            "user_id": message.get("user", ""),
        }
        shared |= {"file": {"id": file["id"]}, "channel_id": channel.id, "event_ts": message["ts"]}
        emit(world, "file_shared", shared, channel=channel)
    metadata_event(world, channel, "message_metadata_posted", message)


def metadata_event(world: World, channel: Channel, kind: str, message: Json) -> None:
    metadata = message.get("metadata")
    if not metadata:
        return
    subscribed = world.app.settings.get("event_subscriptions", {}).get("metadata_subscriptions", [])
    if any(each.get("event_type") == metadata["event_type"] for each in subscribed):
        event = {
            "type": kind,
            "app_id": message.get("app_id", ""),
            "bot_id": message.get("bot_id", ""),
            "user_id": message.get("user", ""),
            "team_id": world.team.id,
            "channel_id": channel.id,
            "metadata": metadata,
            "message_ts": message["ts"],
            "event_ts": world.now_ts(),
        }
        emit(world, kind, event, channel=channel)


def message_changed(world: World, channel: Channel, before: Json, after: Json) -> None:
    ts = world.next_ts()
    event = {
        "subtype": "message_changed",
        "message": channel.with_thread(after),
        "previous_message": before,
    }
    message_event(world, channel, {**event, "hidden": True, "ts": ts})
    if after.get("metadata") != before.get("metadata"):
        metadata_event(world, channel, "message_metadata_updated", after)


def message_deleted(world: World, channel: Channel, before: Json) -> None:
    ts = world.next_ts()
    event = {"subtype": "message_deleted", "previous_message": before, "deleted_ts": before["ts"]}
    message_event(world, channel, {**event, "hidden": True, "ts": ts})
    metadata_event(world, channel, "message_metadata_deleted", before)


def reaction_event(
    world: World, channel: Channel, message: Json, user: str, name: str, *, on: bool
) -> None:
    kind = "reaction_added" if on else "reaction_removed"
    item = {"type": "message", "channel": channel.id, "ts": message["ts"]}
    event: Json = {
        "type": kind,
        "user": user,
        "reaction": name,
        "item": item,
        "event_ts": world.now_ts(),
    }
    if message.get("user"):
        event["item_user"] = message["user"]
    emit(world, kind, event, channel=channel)


def membership_event(
    world: World, channel: Channel, person: Person, *, joined: bool, inviter: str = ""
) -> None:
    """Joining and leaving; the app hears of its own leaving too, though it is not in the channel
    any more.
    """
    kind = "member_joined_channel" if joined else "member_left_channel"
    letter = "C" if channel.kind == "public" else "G"
    event: Json = {"type": kind, "user": person.id, "channel": channel.id, "channel_type": letter}
    event |= {"team": person.team_id, "event_ts": world.now_ts()}
    if joined and inviter:
        event["inviter"] = inviter
    condition = person.id == world.app.bot_user_id
    emit(
        world,
        kind,
        event,
        channel=None if condition else channel,
        scope=f"{SCOPES[channel.kind]}:read",
    )


def user_changed(world: World, person: Person, kind: str = "user_change") -> None:
    shape = user_shape(person, world.team, world.now(), locale=True, email=False)
    now = world.now_ts()
    emit(world, kind, {"type": kind, "user": shape, "cache_ts": int(float(now)), "event_ts": now})


def home_opened(world: World, person: Person, channel: Channel, tab: str) -> None:
    event: Json = {"type": "app_home_opened", "user": person.id, "channel": channel.id, "tab": tab}
    event["event_ts"] = world.now_ts()
    if tab == "home" and person.id in world.homes:
        event["view"] = world.homes[person.id]
    emit(world, "app_home_opened", event)


def link_shared(world: World, channel: Channel, message: Json, links: list[Json]) -> None:
    event: Json = {
        "type": "link_shared",
        "channel": channel.id,
        "user": message.get("user", ""),
        "links": links,
        "message_ts": message["ts"],
        "unfurl_id": f"{message['ts']}.{channel.id}",
        "source": "conversations_history",
        "is_bot_user_member": True,
        "event_ts": world.now_ts(),
    }
    if message.get("thread_ts"):
        event["thread_ts"] = message["thread_ts"]
    emit(world, "link_shared", event, channel=channel)
