"""What stands in a conversation and how it changes: post, edit, delete, whisper, react, join,
leave.
"""

from typing import Any

from bot.playground.slack.channels import Channel
from bot.playground.slack.people import Person
from bot.playground.slack.shapes import Json, Refused
from bot.playground.slack.wire import events
from bot.playground.slack.world import World


def post(world: World, channel: Channel, message: Json) -> Json:
    """Post a message (its shape without `ts`), keep it, show it, tell the app."""
    message = {"type": "message", **message, "ts": world.next_ts(), "team": world.team.id}
    parent = channel.messages.get(message.get("thread_ts", ""))
    if parent and parent.get("user"):
        message["parent_user_id"] = parent["user"]
    if message.get("bot_id"):
        world.agents.answered(channel.id, message.get("thread_ts", ""))
    channel.add(message)
    world.keep_message(channel, message)
    _show(world, channel, message)
    body = message
    if message.get("subtype") == "thread_broadcast" and parent:
        body = message | {"root": channel.with_thread(parent)}
    events.message_posted(world, channel, body)
    return message


def change(world: World, channel: Channel, ts: str, changes: Json, *, editor: str = "") -> Json:
    """Change a message in place. `None` takes a field away; an `editor` marks it as edited."""
    before = channel.messages[ts]
    after = {key: value for key, value in (before | changes).items() if value is not None}
    if editor:
        after["edited"] = {"user": editor, "ts": f"{int(world.now().timestamp())}.000000"}
    channel.messages[ts] = after
    world.keep_message(channel, after)
    _show(world, channel, after)
    events.message_changed(world, channel, before, after)
    return after


def remove(world: World, channel: Channel, ts: str) -> None:
    """Delete a message; a parent that has replies leaves a tombstone, as in Slack."""
    before = channel.messages[ts]
    if channel.replies(ts):
        _tombstone(world, channel, before)
        return
    channel.remove(ts)
    world.drop_message(channel, ts)
    _show(world, channel, before)
    events.message_deleted(world, channel, before)


def _tombstone(world: World, channel: Channel, before: Json) -> None:
    stone: Json = {"type": "message", "subtype": "tombstone", "text": "This message was deleted."}
    stone |= {
        "user": "USLACKBOT",
        "hidden": True,
        "ts": before["ts"],
        "team": before.get("team", world.team.id),
    }
    channel.messages[before["ts"]] = stone
    world.keep_message(channel, stone)
    _show(world, channel, stone)
    events.message_changed(world, channel, before, stone)


def whisper(world: World, channel: Channel, user: str, message: Json) -> Json:
    """An ephemeral note: only this person sees it, it cannot be read back, and it is not kept."""
    note = {
        "type": "message",
        **message,
        "ts": world.next_ts(),
        "team": world.team.id,
        "ephemeral": True,
    }
    channel.notes.setdefault(user, []).append(note)
    world.watchers.changed(*_places(channel, note), for_user=user)
    return note


def change_note(world: World, channel: Channel, user: str, ts: str, changes: Json | None) -> None:
    """Replace an ephemeral note, or take it away (`None`)."""
    notes = channel.notes.get(user, [])
    for index, note in enumerate(notes):
        if note["ts"] == ts:
            if changes is None:
                del notes[index]
            else:
                notes[index] = {
                    key: value for key, value in (note | changes).items() if value is not None
                }
            world.watchers.changed(*_places(channel, note), for_user=user)
            return


def react(world: World, channel: Channel, ts: str, user: str, name: str, *, on: bool) -> None:
    """Add or take away a reaction, refusing what Slack refuses."""
    message = channel.messages.get(ts)
    if message is None:
        raise Refused("message_not_found")
    reactions: list[dict[str, Any]] = [
        {**each, "users": list(each["users"])} for each in message.get("reactions", [])
    ]
    reaction = next((each for each in reactions if each["name"] == name), None)
    has = reaction is not None and user in reaction["users"]
    if on == has:
        raise Refused("already_reacted" if on else "no_reaction")
    if reaction is None:
        reaction = {"name": name, "users": [], "count": 0}
        reactions.append(reaction)
    reaction["users"] = (
        [*reaction["users"], user] if on else [each for each in reaction["users"] if each != user]
    )
    reaction["count"] = len(reaction["users"])
    left = [each for each in reactions if each["users"]]
    after = {key: value for key, value in message.items() if key != "reactions"}
    channel.messages[ts] = after | ({"reactions": left} if left else {})
    world.keep_message(channel, channel.messages[ts])
    _show(world, channel, message)
    events.reaction_event(world, channel, message, user, name, on=on)


def join(world: World, channel: Channel, person: Person, *, inviter: str = "") -> None:
    if person.id in channel.members:
        return
    channel.members.append(person.id)
    world.keep_channel(channel)
    world.watchers.changed("workspace", f"channel:{channel.id}")
    events.membership_event(world, channel, person, joined=True, inviter=inviter)
    notice = _notice(person, "join", "has joined the channel")
    post(world, channel, notice | ({"inviter": inviter} if inviter else {}))


def leave(world: World, channel: Channel, person: Person) -> None:
    if person.id not in channel.members:
        return
    post(world, channel, _notice(person, "leave", "has left the channel"))
    channel.members.remove(person.id)
    world.keep_channel(channel)
    world.watchers.changed("workspace", f"channel:{channel.id}")
    events.membership_event(world, channel, person, joined=False)


def _notice(person: Person, what: str, words: str) -> Json:
    """The line that Slack itself writes into a channel; the app hears it as a message with a
    subtype.
    """
    return {"subtype": f"channel_{what}", "user": person.id, "text": f"<@{person.id}> {words}"}


def bot_message(world: World, body: Json, *, username: str = "", icon: Json | None = None) -> Json:
    """The fields of a message that the app posts: its bot user's, or a customised author's."""
    app = world.app
    profile = {
        "id": app.bot_id,
        "app_id": app.app_id,
        "name": app.name,
        "deleted": False,
        "updated": 0,
        "team_id": world.team.id,
        "icons": {"image_36": "https://a.slack-edge.com/80588/img/plugins/app/bot_36.png"},
    }
    own: Json = {"bot_id": app.bot_id, "app_id": app.app_id, "bot_profile": profile}
    if username or icon:
        own |= {"subtype": "bot_message", "username": username or app.name, "icons": icon or {}}
    else:
        own["user"] = app.bot_user_id
    return own | body


def _places(channel: Channel, message: Json) -> list[str]:
    places = [f"channel:{channel.id}"]
    parent = message.get("thread_ts")
    return (
        [*places, f"thread:{channel.id}:{parent}"]
        if parent
        else [*places, f"thread:{channel.id}:{message['ts']}"]
    )


def _show(world: World, channel: Channel, message: Json) -> None:
    for member in channel.members if channel.kind != "public" else list(world.people):
        world.watchers.changed("workspace", *_places(channel, message), for_user=member)
