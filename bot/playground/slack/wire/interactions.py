"""The payloads of what a person does to the app: commands, clicks, forms, shortcuts,
suggestions.
"""

from bot.playground.slack.block_kit.forms import Field
from bot.playground.slack.channels import Channel
from bot.playground.slack.people import Person
from bot.playground.slack.shapes import Json
from bot.playground.slack.views import outward
from bot.playground.slack.wire.deliveries import Delivery, Kind
from bot.playground.slack.world import World

_STATE_ONLY = (
    "placeholder",
    "initial_option",
    "initial_options",
    "initial_user",
    "initial_date",
    "confirm",
    "style",
)


def envelope(world: World, kind: Kind, payload: Json, *, accepts_payload: bool) -> Delivery:
    return Delivery(kind, payload, world.ids.uuid(), accepts_payload)


def command(world: World, person: Person, channel: Channel, name: str, text: str) -> Delivery:
    link = world.response_links.begin(channel.id, person.id)
    shown = {"im": "directmessage", "mpim": channel.name, "private": "privategroup"}
    payload = {
        "token": world.app.verification_token,
        "team_id": world.team.id,
        "team_domain": world.team.domain,
        "channel_id": channel.id,
        "channel_name": shown.get(channel.kind, channel.name),
        "user_id": person.id,
        "user_name": person.name,
        "command": name,
        "text": text,
        "api_app_id": world.app.app_id,
        "is_enterprise_install": "false",
        "response_url": world.response_links.draw("commands", link),
        "trigger_id": world.triggers.draw(person.id),
    }
    return envelope(world, "slash_commands", payload, accepts_payload=True)


def _common(world: World, kind: str, person: Person) -> Json:
    condition = person.team_id == world.team.id
    domain = world.team.domain if condition else f"{person.team_id.lower()}"
    return {
        "type": kind,
        "team": {"id": person.team_id, "domain": domain},
        "user": {
            "id": person.id,
            "username": person.name,
            "name": person.name,
            "team_id": person.team_id,
        },
        "api_app_id": world.app.app_id,
        "token": world.app.verification_token,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _place(channel: Channel) -> Json:
    name = {"im": "directmessage", "private": "privategroup"}.get(channel.kind, channel.name)
    return {"id": channel.id, "name": name}


def action_of(world: World, field: Field, given: Json) -> Json:
    """The action as Slack sends it: what the element says of itself, and what the person chose."""
    element = field.element
    action: Json = {"type": field.type, "action_id": field.action_id, "block_id": field.block_id}
    for name in ("text", "value", *_STATE_ONLY):
        if name in element and field.type != "plain_text_input":
            action[name] = element[name]
    if field.type == "overflow":
        action["selected_option"] = given.get("selected_option")
    elif (key := field.value_key) is not None:
        action[key] = given.get(key)
    elif field.type in ("feedback_buttons", "icon_button", "workflow_button") and "value" in given:
        action["value"] = given["value"]
    return action | {"action_ts": world.now_ts()}


def click_in_message(
    world: World, person: Person, channel: Channel, message: Json, action: Json, state: Json
) -> Delivery:
    is_note = bool(message.get("ephemeral"))
    link = world.response_links.begin(channel.id, person.id)
    link.message_ts, link.is_ephemeral = message["ts"], is_note
    link.thread_ts = message.get("thread_ts", "")
    container: Json = {"type": "message", "message_ts": message["ts"], "channel_id": channel.id}
    container["is_ephemeral"] = is_note
    if message.get("thread_ts"):
        container["thread_ts"] = message["thread_ts"]
    payload = _common(world, "block_actions", person) | {
        "container": container,
        "trigger_id": world.triggers.draw(person.id),
        "channel": _place(channel),
        "state": {"values": state},
        "response_url": world.response_links.draw("actions", link),
        "actions": [action],
    }
    if not is_note:
        payload["message"] = {key: value for key, value in message.items() if key != "metadata"}
        if "metadata" in message:
            payload["message"]["metadata"] = message["metadata"]
    return envelope(world, "interactive", payload, accepts_payload=False)


def click_in_view(world: World, person: Person, view: Json, action: Json) -> Delivery:
    payload = _common(world, "block_actions", person) | {
        "container": {"type": "view", "view_id": view["id"]},
        "trigger_id": world.triggers.draw(person.id, view["id"]),
        "view": outward(view),
        "actions": [action],
    }
    return envelope(world, "interactive", payload, accepts_payload=False)


def submission(world: World, person: Person, view: Json) -> Delivery:
    payload = _common(world, "view_submission", person) | {
        "trigger_id": world.triggers.draw(person.id, view["id"]),
        "view": outward(view),
        "response_urls": _response_urls(world, person, view),
    }
    return envelope(world, "interactive", payload, accepts_payload=True)


def _response_urls(world: World, person: Person, view: Json) -> list[Json]:
    """A response URL for each conversation that was chosen in a select that asks for one."""
    urls = []
    for block in view["blocks"]:
        element = block.get("element") or {}
        if block["type"] == "input" and element.get("response_url_enabled"):
            entry = view["state"]["values"][block["block_id"]][element["action_id"]]
            channel = entry.get("selected_conversation") or entry.get("selected_channel")
            if channel:
                link = world.response_links.begin(channel, person.id)
                url = world.response_links.draw("app", link)
                where = {"block_id": block["block_id"], "action_id": element["action_id"]}
                urls.append({**where, "channel_id": channel, "response_url": url})
    return urls


def closing(world: World, person: Person, view: Json, *, is_cleared: bool) -> Delivery:
    payload = _common(world, "view_closed", person) | {
        "view": outward(view),
        "is_cleared": is_cleared,
    }
    return envelope(world, "interactive", payload, accepts_payload=False)


def suggestion(world: World, person: Person, field: Field, typed: str, where: Json) -> Delivery:
    """A search in an external select; `where` is the view or the message with its channel."""
    payload = (
        _common(world, "block_suggestion", person)
        | where
        | {
            "action_id": field.action_id,
            "block_id": field.block_id,
            "value": typed,
        }
    )
    return envelope(world, "interactive", payload, accepts_payload=True)


def global_shortcut(world: World, person: Person, callback_id: str) -> Delivery:
    payload = _common(world, "shortcut", person) | {
        "callback_id": callback_id,
        "trigger_id": world.triggers.draw(person.id),
        "action_ts": world.now_ts(),
    }
    return envelope(world, "interactive", payload, accepts_payload=False)


def message_shortcut(
    world: World, person: Person, callback_id: str, channel: Channel, message: Json
) -> Delivery:
    link = world.response_links.begin(channel.id, person.id)
    link.message_ts = message["ts"]
    payload = _common(world, "message_action", person) | {
        "callback_id": callback_id,
        "trigger_id": world.triggers.draw(person.id),
        "action_ts": world.now_ts(),
        "message_ts": message["ts"],
        "message": message,
        "channel": _place(channel),
        "response_url": world.response_links.draw("app", link),
    }
    return envelope(world, "interactive", payload, accepts_payload=False)
