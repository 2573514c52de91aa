"""What an administrator does to the workspace: hire, archive, run a workflow's step, uninstall the app, trouble."""

from bot.playground import events
from bot.playground.acts import Unable
from bot.playground.channels import Channel
from bot.playground.people import Person
from bot.playground.shapes import Json
from bot.playground.tokens import restore, revoke
from bot.playground.world import World


def hire(world: World, person: Person) -> Person:
    """Somebody new in the workspace; the app hears `team_join`."""
    world.add_person(person)
    world.watchers.changed("workspace")
    events.user_changed(world, person, "team_join")
    return person


def archive(world: World, channel: Channel, user: str) -> None:
    """Nobody can write there any more; the app hears `channel_archive`."""
    channel.is_archived = True
    world.keep_channel(channel)
    world.watchers.changed("workspace")
    kind = "channel_archive" if channel.kind == "public" else "group_archive"
    event = {"type": kind, "channel": channel.id, "user": user, "event_ts": world.now_ts()}
    events.emit(world, kind, event, channel=channel)


def run_step(world: World, callback_id: str, inputs: Json) -> str:
    """Run a workflow's custom step of the app; the id of the execution. The app hears `function_executed`."""
    functions: Json = world.app.manifest.get("functions") or {}
    if callback_id not in functions:
        raise Unable("The app has no such workflow step.")
    definition = functions[callback_id]
    id, token = world.ids.draw("Fx"), f"xwfp-{world.ids.small(24)}"
    outputs = _parameters(definition.get("output_parameters"))
    required = [each["name"] for each in outputs if each["is_required"]]
    world.executions[id] = {"status": "running", "required_outputs": required, "outputs": {}, "error": ""}
    world.executions_by_token[token] = id
    function = {
        "id": world.ids.draw("Fn"), "callback_id": callback_id, "title": definition.get("title", callback_id),
        "description": definition.get("description", ""), "type": "app", "app_id": world.app.app_id,
        "input_parameters": _parameters(definition.get("input_parameters")), "output_parameters": outputs,
        "date_created": 0, "date_updated": 0, "date_deleted": 0,
    }  # fmt: skip
    event = {
        "type": "function_executed", "function": function, "inputs": inputs, "function_execution_id": id,
        "workflow_execution_id": world.ids.draw("Wx"), "event_ts": world.now_ts(), "bot_access_token": token,
    }  # fmt: skip
    events.emit(world, "function_executed", event)
    return id


def _parameters(given: Json | None) -> list[Json]:
    return [
        {
            "name": name, "type": each.get("type", "string"), "title": each.get("title", name),
            "description": each.get("description", ""), "is_required": bool(each.get("is_required")),
        }
        for name, each in (given or {}).items()
    ]  # fmt: skip


def trouble(world: World, fault: str, on: bool) -> None:
    """What must happen at once when a lasting fault is switched: tokens go or come back, sockets are cut."""
    if fault == "token_revoked":
        (revoke if on else restore)(world)
    if fault == "outage" and on:
        world.deliveries.run(world.sockets.cut())
