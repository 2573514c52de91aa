"""The page's own protocol: what a window shows (GET), what it hears (WebSocket)."""

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.playground.mail.postbox import Postbox
from bot.playground.page.tour import Tour
from bot.playground.page.watchers import next_frame
from bot.playground.slack import files
from bot.playground.slack.acts.conversations import Unable, readable
from bot.playground.slack.channels import Channel
from bot.playground.slack.people import Person
from bot.playground.slack.shapes import Json
from bot.playground.slack.world import World

EMOJI = {
    "ticket": "🎫",
    "white_check_mark": "✅",
    "eyes": "👀",
    "+1": "👍",
    "-1": "👎",
    "heart": "❤️",
    "tada": "🎉",
    "pray": "🙏",
    "raised_hands": "🙌",
    "warning": "⚠️",
    "x": "❌",
    "hourglass": "⌛",
    "bell": "🔔",
    "bow": "🙇",
    "moneybag": "💰",
    "page_facing_up": "📄",
    "receipt": "🧾",
    "smile": "😄",
    "palm_tree": "🌴",
    "calendar": "📅",
    "face_with_thermometer": "🤒",
    "house": "🏠",
    "bus": "🚌",
    "speech_balloon": "💬",
    "rotating_light": "🚨",
    "inbox_tray": "📥",
    "outbox_tray": "📤",
    "lock": "🔒",
    "mag": "🔍",
    "clock3": "🕒",
    "fire": "🔥",
    "large_green_circle": "🟢",
    "large_yellow_circle": "🟡",
    "red_circle": "🔴",
    "white_circle": "⚪",
    "paperclip": "📎",
    "pencil2": "✏️",
    "star": "⭐",
    "wave": "👋",
    "package": "📦",
    "truck": "🚚",
    "bulb": "💡",
}


_SHOWN = (
    "application/pdf",
    "audio/mpeg",
    "image/gif",
    "image/jpeg",
    "image/png",
    "image/webp",
    "video/mp4",
)
"""What a browser shows without running it; all other text is read as text."""


def me(request: Request | WebSocket) -> Person:
    """Who looks: the person named by `as`; a window that names nobody begins as the tour says, or
    as the first of the company.
    """
    world: World = request.app.state.world
    person = world.people.get(request.query_params.get("as") or _beginner(request))
    if person is None:
        raise Unable("Choose who to be.")
    return person


def _beginner(request: Request | WebSocket) -> str:
    state = request.app.state
    if state.tour:
        return str(state.tour.beginner(request.headers.get("accept-language", "")))
    people = state.world.people.values()
    staff = (each.id for each in people if not each.is_bot and each.id != "USLACKBOT")
    return next(staff, "")


def person_shape(person: Person, team_id: str) -> Json:
    names = (
        "id",
        "name",
        "real_name",
        "title",
        "language",
        "locale",
        "tz",
        "is_bot",
        "is_restricted",
        "status_text",
        "status_emoji",
        "color",
        "initials",
    )
    shape = {name: getattr(person, name) for name in names}
    return shape | {"is_external": person.team_id != team_id, "team_id": person.team_id}


def channel_row(world: World, channel: Channel, person: Person) -> Json:
    """A line of the side bar: what is unread, and how often one is spoken to."""
    unread = _unread(channel, person)
    to_me = [
        each for each in unread if channel.kind == "im" or f"<@{person.id}>" in each.get("text", "")
    ]
    peer = next((member for member in channel.members if member != person.id), person.id)
    last = next(reversed(channel.messages), "")
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind,
        "topic": channel.topic,
        "shared": channel.is_shared,
        "peer": peer if channel.kind == "im" else None,
        "unread": len(unread),
        "mentions": len(to_me),
        "is_member": person.id in channel.members,
        "last_ts": last,
        "members": channel.members,
        "prompts": world.agents.prompts.get(channel.id, []),
    }


def _unread(channel: Channel, person: Person) -> list[Json]:
    if person.id not in channel.members:
        return []
    seen = channel.read.get(person.id, "")
    fresh = (each for each in channel.top_level() if each["ts"] > seen)
    return [
        each
        for each in fresh
        if each.get("user") != person.id and each.get("subtype") != "tombstone"
    ]


def visible_channels(world: World, person: Person) -> list[Channel]:
    outsider = person.team_id != world.team.id or person.is_restricted
    return [
        channel
        for channel in world.channels.values()
        if person.id in channel.members or (channel.kind == "public" and not outsider)
    ]


async def workspace(request: Request) -> Response:
    world: World = request.app.state.world
    tour: Tour | None = request.app.state.tour
    postbox: Postbox | None = request.app.state.postbox
    person = me(request)
    app = world.app
    lines = ("command", "description", "usage_hint")
    commands = [{key: each.get(key, "") for key in lines} for each in app.commands]
    shortcuts = [
        {key: each[key] for key in ("callback_id", "name", "type")} for each in app.shortcuts
    ]
    return JSONResponse(
        {
            "team": {"id": world.team.id, "name": world.team.name},
            "me": person_shape(person, world.team.id),
            "people": [
                person_shape(each, world.team.id)
                for each in world.people.values()
                if each.id != "USLACKBOT"
            ],
            "channels": [
                channel_row(world, each, person) for each in visible_channels(world, person)
            ],
            "commands": commands if person.team_id == world.team.id else [],
            "shortcuts": shortcuts,
            "bots": [{"user_id": app.bot_user_id, "name": app.name, "has_home": app.has_home}],
            "clock": {"now": world.now().isoformat(), "offset": world.clock.offset},
            "faults": world.faults.shown(),
            "usual_faults": world.faults.usual(),
            "emoji": EMOJI,
            "tour": tour.shown_to(world, person) if tour else None,
            "slackbot": bool(app.tools_address),
            "letters": postbox.count() if postbox else None,
            "token": world.page_token,
        }
    )


async def messages(request: Request) -> Response:
    world: World = request.app.state.world
    person, query = me(request), request.query_params
    channel = readable(world, person, query.get("channel", ""))
    thread, before = query.get("thread", ""), query.get("before", "")
    limit = int(query.get("limit", 100))
    if thread:
        parent = channel.messages.get(thread)
        result = [*([channel.with_thread(parent)] if parent else []), *channel.replies(thread)]
    else:
        result = [
            channel.with_thread(each) | world.agents.beside(channel.id, each["ts"])
            for each in channel.top_level()
        ]
    notes = [
        note for note in channel.notes.get(person.id, []) if note.get("thread_ts", "") == thread
    ]
    everything = sorted([*result, *notes], key=lambda each: str(each["ts"]))
    earlier = [each for each in everything if not before or each["ts"] < before]
    return JSONResponse({"messages": earlier[-limit:], "has_more": len(earlier) > limit})


async def views(request: Request) -> Response:
    world: World = request.app.state.world
    return JSONResponse({"stack": world.stacks.get(me(request).id, [])})


async def home(request: Request) -> Response:
    world: World = request.app.state.world
    return JSONResponse({"view": world.homes.get(me(request).id)})


async def file_bytes(request: Request) -> Response:
    world: World = request.app.state.world
    person, id = me(request), request.path_params["file_id"]
    file, content = world.files.get(id), world.store.bytes_of(id)
    if file is None or content is None or not files.may_see(world, file, person.id):
        raise Unable("This file does not exist, or you may not see it.")
    return shown_file(content, str(file["mimetype"]))


def shown_file(content: bytes, kind: str) -> Response:
    """The bytes as a kind that a browser shows and does not run."""
    if kind in _SHOWN:
        return Response(content, media_type=kind, headers={"Content-Disposition": "inline"})
    is_text = kind.startswith("text/") or kind.endswith(("/xml", "+xml", "/json"))
    read_as = "text/plain" if is_text else "application/octet-stream"
    return Response(content, media_type=read_as, headers={"Content-Disposition": "inline"})


async def live(socket: WebSocket) -> None:
    """Frames that say what to read again, until the window closes."""
    world: World = socket.app.state.world
    await socket.accept()
    try:
        person = me(socket)
    except Unable:
        await socket.close(4004)
        return
    with world.watchers.window(person.id) as queue:
        closed = asyncio.create_task(_until_closed(socket))
        while not closed.done():
            frame = asyncio.create_task(next_frame(queue))
            await asyncio.wait({frame, closed}, return_when=asyncio.FIRST_COMPLETED)
            if frame.done():
                await socket.send_json(frame.result())
            else:
                frame.cancel()


async def _until_closed(socket: WebSocket) -> None:
    try:
        while True:
            await socket.receive_text()
    except WebSocketDisconnect:
        return
