"""Manifests: read as strictly as Slack reads one when an app is made from it.

The shapes follow Slack's own schema (github.com/slackapi/manifest-schema, version 2), of the parts
that an app like ours has; what else Slack knows is taken as it comes.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from bot.playground.slack.shapes import Json
from bot.playground.slack.subscriptions import NEEDED

_FLAG: Json = {"type": bool}
_NUMBER: Json = {"type": int}
_WORDS: Json = {"type": str}
_OPEN: Json = {"type": dict, "open": True}


def _text(most: int, least: int = 1, **more: object) -> Json:
    return {"type": str, "min": least, "max": most, **more}


def _address(most: int = 3500, scheme: str = "https?") -> Json:
    return _text(most, pattern=f"{scheme}://")


def _list(of: Json, most: int) -> Json:
    return {"type": list, "of": of, "max": most}


def _object(needed: str = "", **fields: Json) -> Json:
    return {"type": dict, "fields": fields, "needed": needed.split()}


_PROMPT = _object("title message", title=_WORDS, message=_WORDS)
_FUNCTION = _object(
    "title description input_parameters output_parameters",
    title=_WORDS,
    description=_WORDS,
    input_parameters=_OPEN,
    output_parameters=_OPEN,
)
_FEATURES = _object(
    app_home=_object(
        home_tab_enabled=_FLAG, messages_tab_enabled=_FLAG, messages_tab_read_only_enabled=_FLAG
    ),
    bot_user=_object("display_name", display_name=_text(80), always_online=_FLAG),
    functions=_list(_OPEN, 50),
    shortcuts=_list(
        _object(
            "name type callback_id description",
            name=_text(24),
            type=_text(10, one_of=("message", "global")),
            callback_id=_text(255),
            description=_text(150),
        ),
        10,
    ),
    slash_commands=_list(
        _object(
            "command description",
            command=_text(32, 2, pattern="/"),
            url=_address(3000),
            description=_text(2000),
            usage_hint=_text(1000),
            should_escape=_FLAG,
        ),
        50,
    ),
    workflow_steps=_list(_object("name callback_id", name=_text(50), callback_id=_text(50)), 10),
    unfurl_domains=_list(_text(255), 5),
    assistant_view=_OPEN,
    agent_view=_object(
        agent_description=_text(300),
        suggested_prompts=_list(_PROMPT, 4),
        actions=_list(_object("name description", name=_WORDS, description=_WORDS), 100),
    ),
)
_SCOPE_LIST = _list(_text(50), 255)
_SETTINGS = _object(
    allowed_ip_address_ranges=_list(_text(18), 50),
    event_subscriptions=_object(
        request_url=_address(),
        user_events=_list(_text(50), 100),
        bot_events=_list(_text(50), 100),
        metadata_subscriptions=_list(_OPEN, 20),
    ),
    incoming_webhooks=_object(incoming_webhooks_enabled=_FLAG),
    interactivity=_object(
        "is_enabled",
        is_enabled=_FLAG,
        request_url=_address(),
        message_menu_options_url=_address(),
    ),
    org_deploy_enabled=_FLAG,
    socket_mode_enabled=_FLAG,
    is_hosted=_FLAG,
    token_rotation_enabled=_FLAG,
    siws_links=_OPEN,
    hermes_app_type=_WORDS,
    function_runtime=_WORDS,
    is_mcp_enabled=_FLAG,
)
_MANIFEST = _object(
    "display_information",
    _metadata=_object(
        schema_version=_NUMBER, min_version=_NUMBER, major_version=_NUMBER, minor_version=_NUMBER
    ),
    app_directory=_OPEN,
    display_information=_object(
        "name",
        name=_text(35),
        description=_text(140),
        background_color=_text(7, 4),
        long_description=_text(4000, 175),
    ),
    features=_FEATURES,
    oauth_config=_object(
        redirect_urls=_list(_text(2500), 1000),
        scopes=_object(
            bot=_SCOPE_LIST, bot_optional=_SCOPE_LIST, user=_SCOPE_LIST, user_optional=_SCOPE_LIST
        ),
        token_management_enabled=_FLAG,
        pkce_enabled=_FLAG,
    ),
    settings=_SETTINGS,
    functions={"type": dict, "each": _FUNCTION},
    workflows=_OPEN,
    datastores=_OPEN,
    outgoing_domains=_list(_text(50), 10),
    types=_OPEN,
    external_auth_providers=_OPEN,
    mcp_servers={
        "type": dict,
        "each": _object(
            "url auth_type",
            url=_text(500, pattern=r"https://|http://127\.0\.0\.1[:/]"),  # ours stands beside
            headers=_OPEN,
            auth_provider_key=_text(255, 0),
            auth_type=_text(
                40,
                one_of=(
                    "dynamic_client_registration",
                    "no_auth",
                    "manual_auth",
                    "slack_identity_auth",
                ),
            ),
        ),
    },
)
_MANIFEST["fields"]["$schema"] = _WORDS


class BadManifest(ValueError):
    """What Slack would refuse, all of it at once."""


def refuse_bad(manifest: Json) -> None:
    """Raises :class:`BadManifest` with every fault that Slack would name."""
    faults = [*_misshapen(manifest, _MANIFEST, "")]
    faults = faults or [*_scope_faults(manifest), *_address_faults(manifest)]
    if faults:
        raise BadManifest(f"Slack would refuse this manifest: {'; '.join(faults)}")


def _misshapen(value: Any, shape: Json, path: str) -> Iterator[str]:
    if type(value) is not shape["type"]:
        yield f"{path or 'the manifest'} must be a {shape['type'].__name__}"
        return
    yield from _READ.get(shape["type"], _nothing)(value, shape, path)


def _nothing(value: Any, shape: Json, path: str) -> Iterator[str]:
    yield from ()


def _in_text(value: str, shape: Json, path: str) -> Iterator[str]:
    if not shape.get("min", 0) <= len(value) <= shape.get("max", len(value)):
        yield f"{path} must have {shape['min']} to {shape['max']} characters"
    if not re.match(shape.get("pattern", ""), value):
        yield f"{path} must begin as {shape['pattern']}"
    if value not in shape.get("one_of", (value,)):
        yield f"{path} must be one of {', '.join(shape['one_of'])}"


def _in_list(value: list[Any], shape: Json, path: str) -> Iterator[str]:
    if not 1 <= len(value) <= shape["max"]:
        yield f"{path} must have 1 to {shape['max']} items"
    if any(each in value[:index] for index, each in enumerate(value)):
        yield f"{path} names one twice"
    for index, each in enumerate(value):
        yield from _misshapen(each, shape["of"], f"{path}/{index}")


def _in_object(value: Json, shape: Json, path: str) -> Iterator[str]:
    for name in shape.get("needed", ()):
        if name not in value:
            yield f"{path}/{name} is missing"
    for name, each in value.items():
        inner = shape.get("each") or shape.get("fields", {}).get(name)
        if inner is not None:
            yield from _misshapen(each, inner, f"{path}/{name}")
        elif not shape.get("open"):
            yield f"{path}/{name} is not known"


_READ: dict[type, Callable[[Any, Json, str], Iterator[str]]] = {
    str: _in_text,
    list: _in_list,
    dict: _in_object,
}


def _scope_faults(manifest: Json) -> Iterator[str]:
    """Each optional scope is a scope, each event exists, and the scope of each is asked for."""
    scopes: Json = (manifest.get("oauth_config") or {}).get("scopes") or {}
    request = set(scopes.get("bot", ()))
    for scope in scopes.get("bot_optional", ()):
        if scope not in request:
            yield f"/oauth_config/scopes/bot_optional: {scope} must stand under bot too"
    subscribed: Json = (manifest.get("settings") or {}).get("event_subscriptions") or {}
    for event in subscribed.get("bot_events", ()):
        needed = NEEDED.get(event)
        if needed is None:
            yield f"/settings/event_subscriptions/bot_events: there is no event {event}"
        elif needed and not request.intersection(needed):
            yield f"/settings/event_subscriptions/bot_events: {event} needs {' or '.join(needed)}"
    if "mcp_servers" in manifest and "mcp:connect" not in request:
        yield "/mcp_servers need the scope mcp:connect"
    commands = (manifest.get("features") or {}).get("slash_commands")
    if commands and "commands" not in request:
        yield "/features/slash_commands need the scope commands"


def _address_faults(manifest: Json) -> Iterator[str]:
    """Without Socket Mode each thing that Slack sends needs an address to send it to."""
    settings: Json = manifest.get("settings") or {}
    if settings.get("socket_mode_enabled"):
        return
    for command in (manifest.get("features") or {}).get("slash_commands", ()):
        if "url" not in command:
            yield f"/features/slash_commands: {command['command']} needs a url"
    events: Json = settings.get("event_subscriptions") or {}
    if events.get("bot_events") and "request_url" not in events:
        yield "/settings/event_subscriptions/request_url is missing"
    interactivity: Json = settings.get("interactivity") or {}
    if interactivity.get("is_enabled") and "request_url" not in interactivity:
        yield "/settings/interactivity/request_url is missing"
