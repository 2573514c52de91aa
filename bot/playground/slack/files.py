"""Files: their shape, their bytes, who may see them."""

import mimetypes
from collections.abc import Iterable

from bot.playground.slack.channels import Channel
from bot.playground.slack.shapes import Json
from bot.playground.slack.world import World

_PRETTY = {
    "pdf": "PDF",
    "png": "PNG",
    "jpg": "JPEG",
    "xml": "XML",
    "csv": "CSV",
    "txt": "Plain Text",
    "json": "JSON",
    "docx": "Word Document",
    "xlsx": "Excel Spreadsheet",
    "zip": "Zip",
}


def draw_file(
    world: World, name: str, content: bytes, user: str, *, title: str = "", id: str = ""
) -> Json:
    """A new file of this person or bot, not yet shared anywhere."""
    id = id or world.ids.draw("F")
    world.store.put_bytes(id, content)
    file = _shape(world, id, name, title or name, user, len(content))
    world.keep_file(file)
    return file


def _shape(world: World, id: str, name: str, title: str, user: str, size: int) -> Json:
    kind = name.rpartition(".")[2].lower() if "." in name else "binary"
    kind = {"jpeg": "jpg", "txt": "text"}.get(kind, kind)
    created = int(world.now().timestamp())
    address = f"{world.base_url}/files-pri/{world.team.id}-{id}"
    by_bot = user == world.app.bot_user_id
    return {
        "id": id,
        "created": created,
        "timestamp": created,
        "name": name,
        "title": title,
        "mimetype": mimetypes.guess_type(name)[0] or "application/octet-stream",
        "filetype": kind,
        "pretty_type": _PRETTY.get(kind, kind.upper()),
        "user": user,
        "user_team": world.team.id,
        "editable": False,
        "size": size,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": False,
        "public_url_shared": False,
        "display_as_bot": by_bot,
        "username": "",
        "url_private": f"{address}/{name}",
        "url_private_download": f"{address}/download/{name}",
        "media_display_type": "unknown",
        "permalink": f"{world.base_url}/files/{user}/{id}/{name}",
        "permalink_public": f"{world.base_url}/pub/{world.team.id}-{id}",
        "channels": [],
        "groups": [],
        "ims": [],
        "has_rich_preview": False,
        "file_access": "visible",
    }


def share(world: World, file: Json, channel: Channel, ts: str) -> Json:
    """Note that the file stands in this conversation."""
    place = {"public": "channels", "private": "groups", "im": "ims", "mpim": "groups"}[channel.kind]
    public = channel.kind == "public"
    shares = {side: dict(where) for side, where in file.get("shares", {}).items()}
    side = shares.setdefault("public" if public else "private", {})
    side[channel.id] = [*side.get(channel.id, []), {"ts": ts, "channel_name": channel.name}]
    shared = file | {
        place: list(dict.fromkeys([*file[place], channel.id])),
        "is_public": file["is_public"] or public,
        "shares": shares,
    }
    world.keep_file(shared)
    return shared


def move(world: World, old: str, new: str) -> None:
    """A private channel has another id: the files in it stand there."""
    for file in list(world.files.values()):
        shares = file.get("shares", {})
        if old in file["groups"]:
            private = {new if at == old else at: of for at, of in shares["private"].items()}
            groups = [new if at == old else at for at in file["groups"]]
            world.keep_file(file | {"groups": groups, "shares": shares | {"private": private}})


def hand_over(world: World, ids: Iterable[str]) -> None:
    """Files put into a form are the app's to read once the form is sent."""
    for id in ids:
        if id in world.files:
            world.keep_file(world.files[id] | {"handed_to": world.app.bot_user_id})


def may_see(world: World, file: Json, user: str) -> bool:
    """Whether this person or bot may see the file: its own, or one in a conversation it
    can read.
    """
    if user in (file["user"], file.get("handed_to")):
        return True
    places = [*file["channels"], *file["groups"], *file["ims"]]
    channels = [world.channels[place] for place in places if place in world.channels]
    return any(user in channel.members for channel in channels)
