"""auth.test, apps.connections.open, team.info, bots.info, api.test."""

from bot.playground.slack.methods.registry import Call, method
from bot.playground.slack.shapes import Json, Refused
from bot.playground.slack.tokens import revoke


@method("api.test", tier="4")
def api_test(call: Call, *, error: str = "") -> Json:
    if error:
        raise Refused(error, args={"error": error})
    return {"args": {}}


@method("auth.test", tier="4")
def auth_test(call: Call) -> Json:
    world = call.world
    return {
        "url": f"https://{world.team.domain}.slack.com/",
        "team": world.team.name,
        "user": world.bot.name,
        "team_id": world.team.id,
        "user_id": world.app.bot_user_id,
        "bot_id": world.app.bot_id,
        "is_enterprise_install": False,
    }


@method("auth.revoke")
def auth_revoke(call: Call, *, test: bool = False) -> Json:
    if not test:
        revoke(call.world)
    return {"revoked": not test}


@method("apps.connections.open", "connections:write", tier="1", app_token=True)
def open_connection(call: Call) -> Json:
    world = call.world
    address = world.base_url.replace("http", "ws", 1)
    return {"url": f"{address}/link/?ticket={world.sockets.ticket()}&app_id={world.app.app_id}"}


@method("team.info", "team:read")
def team_info(call: Call, *, team: str = "") -> Json:
    if team and team != call.world.team.id:
        raise Refused("team_not_found")
    return {"team": call.world.team.shape()}


@method("bots.info", "users:read")
def bot_info(call: Call, *, bot: str = "") -> Json:
    app = call.world.app
    existing = next(
        (each for each in call.world.people.values() if each.is_bot and each.bot_id == bot), None
    )
    if bot and existing is None:
        raise Refused("bot_not_found")
    person = existing or call.world.bot
    condition = person.id == app.bot_user_id
    name, app_id = (app.name, app.app_id) if condition else (person.real_name, person.app_id)
    shape = {
        "id": person.bot_id,
        "deleted": person.deleted,
        "name": name,
        "updated": person.updated,
    }
    return {"bot": shape | {"app_id": app_id, "user_id": person.id, "icons": {}}}
