"""Payloads: what Slack sends, as the values that listeners take. Pure; the only place that knows
these shapes.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.kit.routes import (
    Click,
    Closing,
    Command,
    Event,
    Place,
    Search,
    Shortcut,
    Submission,
    Value,
)

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Delivery:
    """A delivery: which route it wants, what it says, who sent it, and how it can be answered."""

    kind: str  # command, action, submission, closing, event, shortcut, search, step
    name: str
    input: Any
    person: str
    team: str
    key: str | None = None  # the same for a redelivery
    channel: str | None = None
    thread_ts: str | None = None
    trigger: str | None = None
    response_url: str | None = None
    view_id: str | None = None
    execution: str | None = None  # of a workflow step
    attempt: int = 0  # how often it was brought before


def command(body: Json) -> Delivery:
    request = Command(
        name=body["command"], text=(body.get("text") or "").strip(), channel=body["channel_id"]
    )
    return Delivery(
        kind="command",
        name=body["command"],
        input=request,
        person=body["user_id"],
        team=body["team_id"],
        key=body.get("trigger_id"),
        channel=request.channel,
        trigger=body.get("trigger_id"),
        response_url=body.get("response_url"),
    )


def action(body: Json) -> Delivery:
    pressed = body["actions"][0]
    action_id = (
        pressed.get("action_id") or pressed["name"]
    )  # a name: a button of an attachment, as apps had them once
    view = body.get("view")
    place = _place(body)
    click = Click(
        action_id=action_id,
        value=value_of(pressed),
        block_id=pressed.get("block_id", ""),
        place=place,
        view=view,
        values=_values((view or body).get("state")),
        metadata=_metadata(view),
        private=bool((body.get("container") or {}).get("is_ephemeral")),
        files=_files((view or body).get("state")),
    )
    return Delivery(
        kind="action",
        name=action_id.partition(":")[0],
        input=click,
        person=body["user"]["id"],
        team=_team(body),
        key=body.get("trigger_id"),
        channel=place.channel if place else None,
        thread_ts=place.thread_ts if place else None,
        trigger=body.get("trigger_id"),
        response_url=body.get("response_url"),
        view_id=view["id"]
        if view and view.get("type") != "home"
        else None,  # on Home nothing is pushed or updated
    )


def submission(body: Json) -> Delivery:
    view = body["view"]
    values, files = _values(view.get("state")), _files(view.get("state"))
    sent = Submission(view["callback_id"], view["id"], values, _metadata(view), files)
    return Delivery(
        kind="submission",
        name=view["callback_id"],
        input=sent,
        person=body["user"]["id"],
        team=_team(body),
        key=body.get("trigger_id"),
        trigger=body.get("trigger_id"),
        view_id=view["id"],
    )


def closing(body: Json) -> Delivery:
    view = body["view"]
    closed = Closing(view["callback_id"], _metadata(view))
    return Delivery(
        kind="closing",
        name=view["callback_id"],
        input=closed,
        person=body["user"]["id"],
        team=_team(body),
    )


def shortcut(body: Json) -> Delivery:
    place = _place(body)
    chosen = Shortcut(callback_id=body["callback_id"], place=place, message=body.get("message"))
    return Delivery(
        kind="shortcut",
        name=body["callback_id"],
        input=chosen,
        person=body["user"]["id"],
        team=_team(body),
        key=body.get("trigger_id"),
        channel=place.channel if place else None,
        trigger=body.get("trigger_id"),
        response_url=body.get("response_url"),
    )


def search(body: Json) -> Delivery:
    request = Search(
        action_id=body["action_id"],
        text=body.get("value") or "",
        metadata=_metadata(body.get("view")),
    )
    name = body["action_id"].partition(":")[0]
    return Delivery(
        kind="search", name=name, input=request, person=body["user"]["id"], team=_team(body)
    )


def event(body: Json) -> Delivery:
    facts = _dated(body["event"])
    what = facts["type"]
    step = what == "function_executed"
    return Delivery(
        kind="step" if step else "event",
        name=facts["function"]["callback_id"] if step else what,
        input=Event(type=what, facts=facts),
        person=_who(facts),
        team=_team(body),
        key=body.get("event_id"),
        channel=_channel(facts),
        thread_ts=facts.get("thread_ts"),
        execution=facts.get("function_execution_id"),
    )


def reader_of(body: Json) -> Callable[[Json], Delivery] | None:
    """What reads this body; None for what is none of ours."""
    return command if "command" in body else _READERS.get(str(body.get("type")))


_READERS: Mapping[str, Callable[[Json], Delivery]] = {
    "block_actions": action,
    "interactive_message": action,
    "view_submission": submission,
    "view_closed": closing,
    "shortcut": shortcut,
    "message_action": shortcut,
    "block_suggestion": search,
    "event_callback": event,
}


def value_of(element: Json) -> Value:
    """What somebody chose or typed in an element, whatever its type."""
    if "selected_option" in element:
        chosen = element["selected_option"]
        return chosen["value"] if chosen else None
    if "selected_options" in element:
        return [option["value"] for option in element["selected_options"] or ()]
    if "rich_text_value" in element:
        return json.dumps(element["rich_text_value"]) if element["rich_text_value"] else None
    for key, chosen in element.items():
        if key.startswith("selected_") or key == "value":
            return [str(item) for item in chosen] if isinstance(chosen, list) else _text(chosen)
    return None


def _text(chosen: object) -> str | None:
    return None if chosen is None else str(chosen)


def _values(state: Json | None) -> dict[str, Value]:
    blocks = (state or {}).get("values") or {}
    return {
        block: value_of(element)
        for block, elements in blocks.items()
        for element in elements.values()
    }


def _files(state: Json | None) -> dict[str, list[Json]]:
    blocks = (state or {}).get("values") or {}
    inputs = (
        (block, element) for block, elements in blocks.items() for element in elements.values()
    )
    return {block: list(element["files"] or ()) for block, element in inputs if "files" in element}


def _metadata(view: Json | None) -> Json:
    carried = (view or {}).get("private_metadata")
    catalogue = json.loads(carried) if carried and carried.startswith("{") else {}
    return catalogue if isinstance(catalogue, dict) else {}


def _place(body: Json) -> Place | None:
    """The message that was clicked or chosen; for a click in an ephemeral note, where the note
    stands.
    """
    container = body.get("container") or {}
    channel = container.get("channel_id") or (body.get("channel") or {}).get("id")
    message = body.get("message") or {}
    ts = container.get("message_ts") or message.get("ts") or body.get("message_ts")
    return (
        Place(channel, ts, message.get("thread_ts") or container.get("thread_ts"))
        if channel
        else None
    )


def _team(body: Json) -> str:
    """The workspace that the app is installed in (in shared channels the person's own may be
    another).
    """
    authorizations: Sequence[Json] = body.get("authorizations") or ({},)
    view = body.get("view") or {}
    team = body.get("team") or {}
    result = (
        authorizations[0].get("team_id") or view.get("app_installed_team_id") or body.get("team_id")
    )
    return result or team.get("id") or body.get("enterprise_id") or ""


def _dated(facts: Json) -> Json:
    """What was edited or deleted has its ``ts``: Slack sometimes gives that of the message before
    alone.
    """
    before = facts.get("previous_message") or {}
    match facts.get("subtype"):
        case "message_changed" if not facts["message"].get("ts"):
            return {**facts, "message": {**facts["message"], "ts": before["ts"]}}
        case "message_deleted" if not facts.get("deleted_ts"):
            return {**facts, "deleted_ts": before["ts"]}
        case _:
            return facts


def _who(facts: Json) -> str:
    """Whose doing an event is; for an edited or deleted message, the message's author."""
    user = facts.get("user")
    if isinstance(user, Mapping):
        return str(user.get("id") or "")
    message = facts.get("message") or facts.get("previous_message") or {}
    return str(user or message.get("user") or facts.get("user_id") or "")


def _channel(facts: Json) -> str | None:
    item = facts.get("item")
    channel = facts.get("channel") or (item.get("channel") if isinstance(item, Mapping) else None)
    return channel["id"] if isinstance(channel, Mapping) else channel
