"""files.*: upload in three steps, facts about a file, deletion."""

import re

from bot.playground.slack import files, talk
from bot.playground.slack.methods.chat import place_to_post, thread_of
from bot.playground.slack.methods.registry import Call, method
from bot.playground.slack.shapes import Json, Refused

LARGEST = 1_000_000_000
_CHANNEL = r"^[CGDZ][A-Z0-9]{8,}$"


@method("files.getUploadURLExternal", "files:write", tier="4")
def upload_url(
    call: Call, *, filename: str, length: int, alt_txt: str = "", snippet_type: str = ""
) -> Json:
    world = call.world
    if length <= 0:
        raise Refused("missing_argument")
    if len(alt_txt) > 1000:
        raise Refused("alt_txt_too_large")
    if length > LARGEST:
        raise Refused("file_upload_size_restricted")
    id, ticket = world.ids.draw("F"), world.ids.small(40)
    world.uploads[ticket] = {
        "id": id,
        "name": filename,
        "length": length,
        "born": world.clock.ticks(),
        "content": None,
    }
    return {"upload_url": f"{world.base_url}/upload/v1/{ticket}", "file_id": id}


@method("files.completeUploadExternal", "files:write", tier="4")
def complete_upload(
    call: Call,
    *,
    files: list[Json],
    channel_id: str = "",
    channels: list[str] | None = None,
    initial_comment: str = "",
    thread_ts: str = "",
    blocks: list[Json] | None = None,
) -> Json:
    world = call.world
    if (
        not isinstance(files, list)
        or not files
        or not all(isinstance(each, dict) for each in files)
    ):
        raise Refused("invalid_arguments", "[ERROR] files must be a list of objects with an id")
    wanted = [channel_id] if channel_id else channels or []
    for each in wanted:
        if not re.fullmatch(_CHANNEL, each):
            raise Refused(
                "invalid_arguments",
                f"[ERROR] input must match regex pattern: {_CHANNEL} [json-pointer:/channel_id]",
            )
    places = [place_to_post(call, each) for each in wanted]
    parents = [thread_of(place, thread_ts) for place in places] if thread_ts else []
    done = [_finished(call, each) for each in files]
    for index, place in enumerate(places):
        body: Json = {
            "subtype": "file_share",
            "text": initial_comment,
            "files": done,
            "upload": True,
        }
        if parents:
            body["thread_ts"] = parents[index]
        message = talk.post(world, place, talk.bot_message(world, body))
        done = [_shared(call, each, place.id, message["ts"]) for each in done]
    for file in done:
        world.late_shares[file["id"]] = world.faults.most(world.faults.settings.late_shares)
    return {"files": [_as_told(call, file) for file in done]}


def _finished(call: Call, given: Json) -> Json:
    world = call.world
    ticket = next(
        (key for key, each in world.uploads.items() if each["id"] == given.get("id")), None
    )
    if ticket is None or world.uploads[ticket]["content"] is None:
        raise Refused("file_not_found")
    upload = world.uploads.pop(ticket)
    title = given.get("title") or upload["name"]
    return files.draw_file(
        world, upload["name"], upload["content"], call.user, title=title, id=upload["id"]
    )


def _shared(call: Call, file: Json, channel: str, ts: str) -> Json:
    return files.share(call.world, file, call.world.channels[channel], ts)


def _as_told(call: Call, file: Json) -> Json:
    """As Slack tells of it: where a new file stands it often says some questions later."""
    left = call.world.late_shares.get(file["id"], 0)
    if not left:
        return file
    call.world.late_shares[file["id"]] = left - 1
    return file | {"shares": {}}


def visible_file(call: Call, id: str) -> Json:
    file = call.world.files.get(id)
    if file is None or not files.may_see(call.world, file, call.user):
        raise Refused("file_not_found")
    if file.get("mode") == "tombstone":
        raise Refused("file_deleted")
    return file


@method("files.info", "files:read", tier="4")
def file_info(call: Call, *, file: str, limit: int = 100, cursor: str = "") -> Json:
    as_told = _as_told(call, visible_file(call, file))
    return {"file": as_told, "comments": [], "response_metadata": {"next_cursor": ""}}


@method("files.delete", "files:write", tier="3")
def delete_file(call: Call, *, file: str) -> Json:
    result = visible_file(call, file)
    if result["user"] != call.user:
        raise Refused("cant_delete_file")
    call.world.keep_file(result | {"mode": "tombstone"})
    return {}
