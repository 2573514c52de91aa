"""The page's acts: POST /page/act, a function per ``do``, and uploads."""

from collections.abc import Awaitable, Callable

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.playground.page.protocol import me
from bot.playground.slack.acts import app, conversations
from bot.playground.slack.acts.conversations import Unable
from bot.playground.slack.people import Person
from bot.playground.slack.schedule import turn_clock
from bot.playground.slack.shapes import Json
from bot.playground.slack.world import World

Act = Callable[[World, Person, Json], Awaitable[Json | None]]


async def act(request: Request) -> Response:
    """Do what the body asks; a refusal is a sentence in ``error``."""
    world: World = request.app.state.world
    given = await request.json()
    person = world.people.get(given.get("as", ""))
    doing = request.app.state.acts.get(given.get("do", ""))
    if person is None or doing is None:
        return JSONResponse(
            {"ok": False, "error": "The page asked for something that does not exist."}, 400
        )
    try:
        done = await doing(world, person, given)
    except Unable as unable:
        return JSONResponse({"ok": False, "error": str(unable)})
    except KeyError as missing:
        return JSONResponse({"ok": False, "error": f"The page left out {missing}."}, 400)
    return JSONResponse({"ok": True, **(done or {})})


async def upload(request: Request) -> Response:
    world: World = request.app.state.world
    person = me(request)
    async with request.form() as form:
        part = form.get("file")
        if not isinstance(part, UploadFile):
            raise Unable("Choose a file first.")
        file = conversations.upload(world, person, part.filename or "file", await part.read())
    return JSONResponse({"file": file})


async def _say(world: World, person: Person, given: Json) -> Json:
    message = conversations.say(
        world,
        person,
        given["channel"],
        given.get("text", ""),
        thread_ts=given.get("thread_ts") or "",
        broadcast=bool(given.get("broadcast")),
        file_ids=tuple(given.get("file_ids") or ()),
    )
    return {"ts": message["ts"]}


async def _command(world: World, person: Person, given: Json) -> None:
    await app.command(world, person, given["channel"], given["command"], given.get("text", ""))


async def _edit(world: World, person: Person, given: Json) -> None:
    conversations.edit(world, person, given["channel"], given["ts"], given["text"])


async def _delete(world: World, person: Person, given: Json) -> None:
    conversations.delete(world, person, given["channel"], given["ts"])


async def _react(world: World, person: Person, given: Json) -> None:
    conversations.react(
        world, person, given["channel"], given["ts"], given["name"], on=bool(given.get("on", True))
    )


async def _click(world: World, person: Person, given: Json) -> None:
    where = given["container"]
    block, action = given["block_id"], given["action_id"]
    what, state = given.get("action") or {}, given.get("state") or {}
    if where["type"] == "view":
        await app.click_view(world, person, where["view_id"], block, action, what, state)
    else:
        await app.click_message(
            world, person, where["channel"], where["ts"], block, action, what, state
        )


async def _submit(world: World, person: Person, given: Json) -> None:
    await app.submit(world, person, given["view_id"], (given.get("state") or {}).get("values"))


async def _close(world: World, person: Person, given: Json) -> None:
    await app.close(world, person, given["view_id"], clear=bool(given.get("clear")))


async def _suggest(world: World, person: Person, given: Json) -> Json:
    where = given["container"]
    return await app.suggest(
        world, person, where, given["block_id"], given["action_id"], given.get("value", "")
    )


async def _shortcut(world: World, person: Person, given: Json) -> None:
    await app.shortcut(
        world, person, given["callback_id"], given.get("channel") or "", given.get("ts") or ""
    )


async def _home(world: World, person: Person, given: Json) -> None:
    app.open_home(world, person, given.get("tab", "home"))


async def _read(world: World, person: Person, given: Json) -> None:
    conversations.read(world, person, given["channel"], given["ts"])


async def _open(world: World, person: Person, given: Json) -> Json:
    return {"channel": conversations.open_direct(world, person, given["users"]).id}


async def _join(world: World, person: Person, given: Json) -> None:
    conversations.join(world, person, given["channel"])


async def _leave(world: World, person: Person, given: Json) -> None:
    conversations.leave(world, person, given["channel"])


async def _invite(world: World, person: Person, given: Json) -> None:
    conversations.invite(world, person, given["channel"], given["user"])


async def _profile(world: World, person: Person, given: Json) -> None:
    conversations.change_profile(world, person, given)


async def _clock(world: World, person: Person, given: Json) -> None:
    seconds = float(given["seconds"])
    if not 0 <= seconds <= 366 * 86_400:
        raise Unable("The clock turns ahead only, by a year at most.")
    turn_clock(world, seconds)


async def _faults(world: World, person: Person, given: Json) -> None:
    try:
        world.faults.set({key: value for key, value in given.items() if key not in ("as", "do")})
    except (TypeError, ValueError) as wrong:
        raise Unable(f"This setting cannot be used: {wrong}.") from None
    world.watchers.changed("workspace")


ACTS: dict[str, Act] = {
    "say": _say,
    "command": _command,
    "edit": _edit,
    "delete": _delete,
    "react": _react,
    "click": _click,
    "submit": _submit,
    "close": _close,
    "suggest": _suggest,
    "shortcut": _shortcut,
    "home": _home,
    "read": _read,
    "open": _open,
    "join": _join,
    "leave": _leave,
    "invite": _invite,
    "profile": _profile,
    "clock": _clock,
    "faults": _faults,
}
