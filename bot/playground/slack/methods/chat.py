"""chat.*: posting, ephemeral notes, updating, deleting, permalinks, unfurling."""

import json
from typing import Any

from bot.playground.slack import talk
from bot.playground.slack.block_kit import blocks as kit
from bot.playground.slack.block_kit.typed_text import escape, posted
from bot.playground.slack.channels import Channel
from bot.playground.slack.methods.registry import Call, method
from bot.playground.slack.shapes import Json, Refused

LONGEST_TEXT = 40_000
LONGEST_UPDATE = 4_000
LONGEST_MARKDOWN = 12_000
LONGEST_METADATA = 16_000


def place_to_post(call: Call, id: str) -> Channel:
    """Where a message goes: a conversation that the bot is in, or may write to; a person's id is
    their DM.
    """
    world = call.world
    if id in world.people:
        if world.people[id].deleted or world.people[id].is_bot:
            raise Refused("channel_not_found")
        return world.direct_channel({id, call.user})
    named = next(
        (each.id for each in world.channels.values() if each.name and f"#{each.name}" == id), id
    )
    channel = call.visible(named)
    if channel.is_archived:
        raise Refused("is_archived")
    if call.user not in channel.members and not call.has("chat:write.public"):
        raise Refused("not_in_channel")
    return channel


def content(call: Call, text: str, blocks: Any, attachments: Any, markdown_text: str = "") -> Json:
    """Text, blocks and attachments as they are stored; refused if there is nothing or too much."""
    if markdown_text and (text or blocks):
        raise Refused("markdown_text_conflict")
    if len(markdown_text) > LONGEST_MARKDOWN:
        raise Refused("msg_too_long")
    if markdown_text:
        blocks, text = [{"type": "markdown", "text": markdown_text}], markdown_text
    if not (text or blocks or attachments):
        raise Refused("no_text")
    body: Json = {"text": posted(text[:LONGEST_TEXT])}
    if blocks:
        body["blocks"] = kit.prepared(call.world, blocks)
    if attachments:
        if not isinstance(attachments, list) or len(attachments) > 100:
            raise Refused("too_many_attachments")
        body["attachments"] = attachments
    return body


def checked_metadata(metadata: Any) -> Json:
    if not isinstance(metadata, dict):
        raise Refused("invalid_metadata_format")
    if not metadata.get("event_type") or not isinstance(metadata.get("event_payload", {}), dict):
        raise Refused("invalid_metadata_schema")
    if len(json.dumps(metadata)) > LONGEST_METADATA:
        raise Refused("metadata_too_large")
    return {
        "event_type": metadata["event_type"],
        "event_payload": metadata.get("event_payload", {}),
    }


def truncated(text: str) -> Json:
    """The warning beside an answer whose text Slack cut at 40 000 characters."""
    if len(text) <= LONGEST_TEXT:
        return {}
    return {
        "warning": "message_truncated",
        "response_metadata": {"warnings": ["message_truncated"]},
    }


@method("chat.postMessage", "chat:write", tier="post")
def post_message(
    call: Call,
    *,
    channel: str,
    text: str = "",
    blocks: list[Json] | None = None,
    attachments: list[Json] | None = None,
    markdown_text: str = "",
    thread_ts: str = "",
    reply_broadcast: bool = False,
    metadata: Json | None = None,
    username: str = "",
    icon_emoji: str = "",
    icon_url: str = "",
    unfurl_links: bool = False,
    unfurl_media: bool = True,
    mrkdwn: bool = True,
    link_names: bool = False,
    parse: str = "",
) -> Json:
    place = place_to_post(call, channel)
    body = content(call, text, blocks, attachments, markdown_text)
    if metadata:
        body["metadata"] = checked_metadata(metadata)
    if thread_ts:
        body["thread_ts"] = thread_of(place, thread_ts)
        if reply_broadcast:
            body["subtype"] = "thread_broadcast"
    icons = {"emoji": icon_emoji} if icon_emoji else {"image_48": icon_url} if icon_url else {}
    customized = (username or icons) and call.has("chat:write.customize")
    own = talk.bot_message(
        call.world, body, username=username if customized else "", icon=icons or None
    )
    message = talk.post(
        call.world, place, own if customized else talk.bot_message(call.world, body)
    )
    return {"channel": place.id, "ts": message["ts"], "message": message} | truncated(text)


def thread_of(channel: Channel, ts: str) -> str:
    """The parent of the thread that this message belongs to."""
    if ts not in channel.messages:
        raise Refused("thread_not_found")
    return str(channel.messages[ts].get("thread_ts", ts))


@method("chat.postEphemeral", "chat:write", tier="4")
def post_ephemeral(
    call: Call,
    *,
    channel: str,
    user: str,
    text: str = "",
    blocks: list[Json] | None = None,
    attachments: list[Json] | None = None,
    thread_ts: str = "",
    username: str = "",
    icon_emoji: str = "",
    markdown_text: str = "",
) -> Json:
    place = place_to_post(call, channel)
    if user not in place.members:
        raise Refused("user_not_in_channel")
    body = content(call, text, blocks, attachments, markdown_text)
    if thread_ts:
        body["thread_ts"] = thread_of(place, thread_ts)
    note = talk.whisper(call.world, place, user, talk.bot_message(call.world, body))
    return {"message_ts": note["ts"]}


def own_message(call: Call, channel: Channel, ts: str, error: str) -> Json:
    message = channel.messages.get(ts)
    if message is None or message.get("subtype") == "tombstone":
        raise Refused("message_not_found")
    if message.get("bot_id") != call.world.app.bot_id:
        raise Refused(error)
    return message


@method("chat.update", "chat:write", tier="3")
def update_message(
    call: Call,
    *,
    channel: str,
    ts: str,
    text: str = "",
    blocks: list[Json] | None = None,
    attachments: list[Json] | None = None,
    markdown_text: str = "",
    metadata: Json | None = None,
    reply_broadcast: bool = False,
    link_names: bool = False,
    parse: str = "",
    file_ids: list[str] | None = None,
) -> Json:
    """Without blocks, text takes their place; without text, they stay. Only text marks a message as
    edited.
    """
    place = call.visible(channel)
    own_message(call, place, ts, "cant_update_message")
    if len(escape(text).encode()) > LONGEST_UPDATE and not blocks:
        raise Refused("msg_too_long")
    changes = content(call, text, blocks, attachments, markdown_text)
    if not text and not markdown_text:
        del changes["text"]
    elif not blocks and not markdown_text:
        changes["blocks"] = None
    if attachments == []:
        changes["attachments"] = None
    if metadata is not None:
        changes["metadata"] = checked_metadata(metadata) if metadata else None
    editor = "" if changes.get("blocks") else call.user
    message = talk.change(call.world, place, ts, changes, editor=editor)
    return {"channel": place.id, "ts": ts, "text": message.get("text", ""), "message": message}


@method("chat.delete", "chat:write", tier="3")
def delete_message(call: Call, *, channel: str, ts: str) -> Json:
    place = call.visible(channel)
    own_message(call, place, ts, "cant_delete_message")
    talk.remove(call.world, place, ts)
    return {"channel": place.id, "ts": ts}


@method("chat.getPermalink", tier="special")
def permalink(call: Call, *, channel: str, message_ts: str) -> Json:
    place = call.visible(channel)
    message = place.messages.get(message_ts)
    if message is None:
        raise Refused("message_not_found")
    workspace = f"https://{call.world.team.domain}.slack.com"
    address = f"{workspace}/archives/{place.id}/p{message_ts.replace('.', '')}"
    parent = message.get("thread_ts")
    if parent and parent != message_ts:
        address += f"?thread_ts={parent}&cid={place.id}"
    return {"channel": place.id, "permalink": address}


@method("chat.unfurl", "links:write", tier="3")
def unfurl(
    call: Call,
    *,
    channel: str,
    ts: str,
    unfurls: Json | None = None,
    user_auth_required: bool = False,
    user_auth_message: str = "",
    user_auth_url: str = "",
    metadata: Json | None = None,
) -> Json:
    place = call.visible(channel)
    message = place.messages.get(ts)
    if message is None:
        raise Refused("cannot_find_message")
    if not unfurls and not user_auth_required and not metadata:
        raise Refused("missing_unfurls")
    attachments = [_unfurled(call, url, card) for url, card in (unfurls or {}).items()]
    if any(each["from_url"] not in message["text"].replace("&amp;", "&") for each in attachments):
        raise Refused("cannot_unfurl_url")
    kept = [each for each in message.get("attachments", []) if "from_url" not in each]
    talk.change(call.world, place, ts, {"attachments": kept + attachments})
    return {}


def _unfurled(call: Call, url: str, card: Any) -> Json:
    if not isinstance(card, dict):
        raise Refused("cannot_parse_attachment")
    if card.get("blocks"):
        card = card | {"blocks": kit.prepared(call.world, card["blocks"])}
    shown: Json = {**card, "from_url": url, "app_unfurl_url": url, "is_app_unfurl": True}
    return shown | {
        "app_id": call.world.app.app_id,
        "bot_id": call.world.app.bot_id,
        "fallback": "",
    }
