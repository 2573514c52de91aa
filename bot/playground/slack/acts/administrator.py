"""What an administrator does to the workspace: hire, regroup, archive, rename, share, run a step,
make trouble.
"""

from bot.playground.slack import files
from bot.playground.slack.acts.conversations import Unable
from bot.playground.slack.channels import SCOPES, Channel, Kind
from bot.playground.slack.people import Person, Usergroup
from bot.playground.slack.shapes import Json
from bot.playground.slack.tokens import restore, revoke
from bot.playground.slack.wire import events
from bot.playground.slack.world import World


def hire(world: World, person: Person) -> Person:
    """Somebody new in the workspace; the app hears `team_join`."""
    world.add_person(person)
    world.watchers.changed("workspace")
    events.user_changed(world, person, "team_join")
    return person


def archive(world: World, channel: Channel, user: str, *, on: bool = True) -> None:
    """Nobody can write there any more, or again; the app hears `channel_archive` or
    `channel_unarchive`.
    """
    channel.is_archived = on
    _changed(
        world, channel, "archive" if on else "unarchive", {"channel": channel.id, "user": user}
    )


def rename(world: World, channel: Channel, name: str) -> None:
    """The app hears `channel_rename`."""
    channel.name = name
    shape = {"id": channel.id, "name": name, "name_normalized": name, "created": channel.created}
    _changed(world, channel, "rename", {"channel": shape})


def share(world: World, channel: Channel, team_id: str) -> None:
    """Connect a channel with another team; the app hears `channel_shared`."""
    _prepare_to_share(world, channel)
    channel.teams.append(team_id)
    channel.invited_teams = [team for team in channel.invited_teams if team != team_id]
    event = {"connected_team_id": team_id, "channel": channel.id}
    world.keep_channel(channel)
    world.watchers.changed("workspace")
    whole = {"type": "channel_shared", "event_ts": world.now_ts(), **event}
    events.emit(
        world, "channel_shared", whole, channel=channel, scope=f"{SCOPES[channel.kind]}:read"
    )


def invite_company(world: World, channel: Channel, team_id: str) -> None:
    """Another team is invited and has not accepted; of a public channel the app hears nothing."""
    _prepare_to_share(world, channel)
    channel.invited_teams.append(team_id)
    world.keep_channel(channel)


def _prepare_to_share(world: World, channel: Channel) -> None:
    """A private channel gets another id for good with the first invitation; the app hears
    `channel_id_changed`.
    """
    if channel.kind != "private" or channel.is_prepared_to_share:
        return
    channel.is_prepared_to_share = True
    old = channel.id
    world.move_channel(channel, world.ids.draw("C"))
    files.move(world, old, channel.id)
    event = {"old_channel_id": old, "new_channel_id": channel.id}
    whole = {"type": "channel_id_changed", **event, "event_ts": world.now_ts()}
    events.emit(world, "channel_id_changed", whole, channel=channel, scope="groups:read")


def unshare(world: World, channel: Channel, team_id: str) -> None:
    """Disconnect a team from a channel; the app hears `channel_unshared`."""
    channel.teams.remove(team_id)
    world.keep_channel(channel)
    world.watchers.changed("workspace")
    event = {
        "type": "channel_unshared",
        "previously_connected_team_id": team_id,
        "channel": channel.id,
    }
    whole = {**event, "is_ext_shared": channel.is_shared, "event_ts": world.now_ts()}
    events.emit(
        world, "channel_unshared", whole, channel=channel, scope=f"{SCOPES[channel.kind]}:read"
    )


def convert(world: World, channel: Channel, kind: Kind, user: str) -> None:
    """Make a channel public or private; the app hears a message of that subtype."""
    channel.kind = kind
    world.keep_channel(channel)
    world.watchers.changed("workspace")
    facts = {
        "subtype": f"channel_convert_to_{kind}",
        "user": user,
        "text": f"made this channel *{kind}*.",
    }
    events.message_event(world, channel, {**facts, "ts": world.now_ts()})


def _changed(world: World, channel: Channel, what: str, beside: Json) -> None:
    world.keep_channel(channel)
    world.watchers.changed("workspace")
    kind = f"channel_{what}" if channel.kind == "public" else f"group_{what}"
    event = {"type": kind, "event_ts": world.now_ts(), **beside}
    events.emit(world, kind, event, channel=channel, scope=f"{SCOPES[channel.kind]}:read")


def regroup(world: World, group: Usergroup, users: list[str]) -> None:
    """Change who is in a user group; the app hears `subteam_members_changed` and
    `subteam_updated`.
    """
    added = [user for user in users if user not in group.users]
    removed = [user for user in group.users if user not in users]
    group.users = list(users)
    world.keep_usergroup(group)
    members = {
        "type": "subteam_members_changed",
        "subteam_id": group.id,
        "team_id": world.team.id,
        "date_previous_update": 0,
        "date_update": int(world.now().timestamp()),
        "event_ts": world.now_ts(),
        "added_users": added,
        "added_users_count": len(added),
        "removed_users": removed,
        "removed_users_count": len(removed),
    }
    events.emit(world, "subteam_members_changed", members)
    shape = group.shape(world.team, users=True, count=True)
    events.emit(
        world,
        "subteam_updated",
        {"type": "subteam_updated", "subteam": shape, "event_ts": world.now_ts()},
    )


def run_step(world: World, callback_id: str, inputs: Json) -> str:
    """Run a workflow's custom step of the app; the id of the execution. The app hears
    `function_executed`.
    """
    functions: Json = world.app.manifest.get("functions") or {}
    if callback_id not in functions:
        raise Unable("The app has no such workflow step.")
    definition = functions[callback_id]
    id, token = world.ids.draw("Fx"), f"xwfp-{world.ids.small(24)}"
    outputs = _parameters(definition.get("output_parameters"))
    required = [each["name"] for each in outputs if each["is_required"]]
    world.executions[id] = {
        "status": "running",
        "required_outputs": required,
        "outputs": {},
        "error": "",
    }
    world.executions_by_token[token] = id
    function = {
        "id": world.ids.draw("Fn"),
        "callback_id": callback_id,
        "title": definition.get("title", callback_id),
        "description": definition.get("description", ""),
        "type": "app",
        "app_id": world.app.app_id,
        "input_parameters": _parameters(definition.get("input_parameters")),
        "output_parameters": outputs,
        "date_created": 0,
        "date_updated": 0,
        "date_deleted": 0,
    }
    event = {
        "type": "function_executed",
        "function": function,
        "inputs": inputs,
        "function_execution_id": id,
        "workflow_execution_id": world.ids.draw("Wx"),
        "event_ts": world.now_ts(),
        "bot_access_token": token,
    }
    events.emit(world, "function_executed", event)
    return id


def _parameters(given: Json | None) -> list[Json]:
    """The parameters of a step, as either version of the manifest's schema writes them."""
    given = given or {}
    required = given.get("required", []) if "properties" in given else None
    return [
        {
            "name": name,
            "type": each.get("type", "string"),
            "title": each.get("title", name),
            "description": each.get("description", ""),
            "is_required": bool(each.get("is_required")) if required is None else name in required,
        }
        for name, each in given.get("properties", given).items()
    ]


def trouble(world: World, fault: str, on: bool) -> None:
    """What must happen at once when a lasting fault is switched: tokens go or come back, sockets
    are cut.
    """
    if fault == "token_revoked":
        (revoke if on else restore)(world)
    if fault == "outage" and on:
        world.deliveries.run(world.sockets.cut())
