"""What a person does in conversations: say, edit, delete, react, read, join, leave, change their
profile.
"""

from bot.playground.slack import files, talk
from bot.playground.slack.block_kit.typed_text import rich_text, typed
from bot.playground.slack.channels import Channel
from bot.playground.slack.people import Person
from bot.playground.slack.shapes import Json, Refused
from bot.playground.slack.wire import events
from bot.playground.slack.world import World


class Unable(Exception):
    """Slack's client would not let a person do this; the text is the sentence they see."""


def readable(world: World, person: Person, channel_id: str) -> Channel:
    """The channel if this person can see it."""
    channel = world.channels.get(channel_id)
    if channel is None or (channel.kind != "public" and person.id not in channel.members):
        raise Unable("This channel does not exist, or you are not in it.")
    if _is_outsider(world, person) and person.id not in channel.members:
        raise Unable("You can only see the channels that you were invited to.")
    return channel


def _is_outsider(world: World, person: Person) -> bool:
    return person.team_id != world.team.id or person.is_restricted or person.is_ultra_restricted


def writable(world: World, person: Person, channel_id: str) -> Channel:
    channel = readable(world, person, channel_id)
    if channel.is_archived:
        raise Unable("This channel is archived.")
    if person.id not in channel.members:
        raise Unable("Join this channel before writing in it.")
    if (
        channel.kind == "im"
        and world.app.bot_user_id in channel.members
        and not world.app.takes_messages
    ):
        raise Unable("Sending messages to this app has been turned off.")
    return channel


def message_in(channel: Channel, ts: str) -> Json:
    if ts not in channel.messages:
        raise Unable("This message is not there any more.")
    return channel.messages[ts]


def say(
    world: World,
    person: Person,
    channel_id: str,
    text: str,
    *,
    thread_ts: str = "",
    broadcast: bool = False,
    file_ids: tuple[str, ...] = (),
) -> Json:
    """Write a message, with files if there are any. The answer is the message as Slack
    stores it.
    """
    channel = writable(world, person, channel_id)
    if not text.strip() and not file_ids:
        raise Unable("Write something first.")
    body = _body(world, person, text)
    if thread_ts:
        message_in(channel, thread_ts)
        body["thread_ts"] = thread_ts
    if thread_ts and broadcast:
        body["subtype"] = "thread_broadcast"
    if file_ids:
        body |= {"subtype": "file_share", "upload": False, "display_as_bot": False}
        body["files"] = [world.files[id] for id in file_ids]
    message = talk.post(world, channel, body)
    for id in file_ids:
        files.share(world, world.files[id], channel, message["ts"])
    channel.read[person.id] = message["ts"]
    world.keep_channel(channel)
    _share_links(world, channel, message)
    return message


def _body(world: World, person: Person, text: str) -> Json:
    stored = typed(world, text)
    body: Json = {"client_msg_id": world.ids.uuid(), "user": person.id, "text": stored}
    if text.strip():
        body["blocks"] = [rich_text(world, stored)]
    return body


def _share_links(world: World, channel: Channel, message: Json) -> None:
    links = []
    for section in message.get("blocks", [{}])[0].get("elements", []):
        for element in section["elements"]:
            if element["type"] == "link":
                domain = element["url"].split("/")[2].partition(":")[0]
                if any(
                    domain == each or domain.endswith(f".{each}")
                    for each in world.app.unfurl_domains
                ):
                    links.append({"url": element["url"], "domain": domain})
    if links:
        events.link_shared(world, channel, message, links)


def edit(world: World, person: Person, channel_id: str, ts: str, text: str) -> Json:
    channel = writable(world, person, channel_id)
    message = message_in(channel, ts)
    if message.get("user") != person.id:
        raise Unable("You can only edit your own messages.")
    stored = typed(world, text)
    return talk.change(
        world, channel, ts, {"text": stored, "blocks": [rich_text(world, stored)]}, editor=person.id
    )


def take_out(world: World, person: Person, channel_id: str, ts: str, file_id: str) -> Json:
    """Take a file out of one's own message, which stays."""
    channel = writable(world, person, channel_id)
    message = message_in(channel, ts)
    if message.get("user") != person.id:
        raise Unable("You can only edit your own messages.")
    left = [file for file in message.get("files", []) if file["id"] != file_id]
    return talk.change(world, channel, ts, {"files": left or None}, editor=person.id)


def delete(world: World, person: Person, channel_id: str, ts: str) -> None:
    channel = readable(world, person, channel_id)
    note = next((note for note in channel.notes.get(person.id, []) if note["ts"] == ts), None)
    if note is not None:
        talk.change_note(world, channel, person.id, ts, None)
        return
    if message_in(channel, ts).get("user") != person.id and not person.is_admin:
        raise Unable("You can only delete your own messages.")
    talk.remove(world, channel, ts)


def react(world: World, person: Person, channel_id: str, ts: str, name: str, *, on: bool) -> None:
    channel = writable(world, person, channel_id)
    message_in(channel, ts)
    try:
        talk.react(world, channel, ts, person.id, name.strip(":"), on=on)
    except Refused as refused:
        raise Unable(f"You cannot react like this: {refused.error.replace('_', ' ')}.") from None


def read(world: World, person: Person, channel_id: str, ts: str) -> None:
    channel = readable(world, person, channel_id)
    if ts > channel.read.get(person.id, ""):
        channel.read[person.id] = ts
        world.keep_channel(channel)
        world.watchers.changed("workspace", for_user=person.id)


def open_direct(world: World, person: Person, users: list[str]) -> Channel:
    """Open the direct or group message with these people."""
    unknown = [user for user in users if user not in world.people]
    if unknown or not users:
        raise Unable("Choose who to write to.")
    channel = world.direct_channel({person.id, *users})
    world.watchers.changed("workspace", for_user=person.id)
    return channel


def join(world: World, person: Person, channel_id: str) -> None:
    channel = readable(world, person, channel_id)
    if channel.kind != "public":
        raise Unable("You can only be invited to this channel.")
    talk.join(world, channel, person)


def invite(world: World, person: Person, channel_id: str, guest_id: str) -> None:
    """Bring somebody, or the app, into a channel that one is in."""
    channel = writable(world, person, channel_id)
    talk.join(world, channel, world.person(guest_id), inviter=person.id)


def leave(world: World, person: Person, channel_id: str) -> None:
    channel = readable(world, person, channel_id)
    if channel.kind in ("im", "mpim") or channel.is_general:
        raise Unable("This conversation cannot be left.")
    talk.leave(world, channel, person)


def change_profile(world: World, person: Person, changes: Json) -> None:
    """Status, language or time zone; the app hears `user_change`."""
    for name in ("status_text", "status_emoji", "locale", "tz", "title", "real_name", "deleted"):
        if changes.get(name) is not None:
            setattr(person, name, changes[name])
    person.updated = int(world.now().timestamp())
    world.keep_person(person)
    world.watchers.changed("workspace")
    events.user_changed(world, person)


def upload(world: World, person: Person, name: str, content: bytes) -> Json:
    """A file that is ready to be shared with the next message."""
    return files.draw_file(world, name, content, person.id)
