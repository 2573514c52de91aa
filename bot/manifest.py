"""The Slack app manifest, made from what the features themselves listen to."""

from collections.abc import Iterable
from typing import Any

from bot import catalogue
from bot.app import rooms
from bot.config import Settings
from bot.kit.catalogue import Catalogue
from bot.kit.doors import Door
from storage.turn import Turn

_SCOPES = {  # what for
    "chat:write": "cards, replies, reminders",
    "commands": "slash commands and shortcuts",
    "im:write": "direct messages to people",
    "im:history": "what people write to the bot; letters found again after a crash",
    "channels:history": "replies in public channels' threads; letters found again after a crash",
    "groups:history": "the same in private channels",
    "channels:read": "which channel is which, who is in a triage channel",
    "groups:read": "the same for private channels",
    "users:read": "names, languages, time zones, statuses",
    "users:read.email": "people whom the catalogue names by e-mail",
    "usergroups:read": "departments whose agents are a user group",
    "reactions:read": "an emoji makes a ticket",
    "app_mentions:read": "being asked by a mention",
    "files:read": "invoices dropped on the bot",
    "files:write": "documents sent to people",
}
_OPTIONAL = ("users:read.email", "usergroups:read")
_MESSAGES = ("message.channels", "message.groups", "message.im")


def manifest_of(settings: Settings) -> dict[str, Any]:
    """The manifest (version 2 of Slack's schema) for the settings' catalogue and way of
    connecting.
    """
    catalogues = catalogue.load_all(settings.config)
    socket_mode = (
        bool(settings.slack_app_token.get_secret_value())
        or not settings.slack_signing_secret.get_secret_value()
    )
    return build(catalogues.get("*") or next(iter(catalogues.values())), socket_mode)


def build(
    catalogue: Catalogue, socket_mode: bool = True, address: str = "https://zaplecze.example.com"
) -> dict[str, Any]:
    """The manifest of all rooms. ``address`` is where Slack reaches us by HTTP; not needed in
    Socket Mode.
    """
    doors = [door for room in rooms() for door in room.doors]
    steps = _of(doors, "step")
    url = None if socket_mode else f"{address}/slack/events"
    return {
        "_metadata": {"major_version": 2, "minor_version": 0},
        "display_information": {
            "name": "Zaplecze",
            "description": "The back office: tickets, invoices, documents, reminders",
            "background_color": "#1f3d3a",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Zaplecze", "always_online": True},
            "slash_commands": [_command(door, catalogue, url) for door in _of(doors, "command")],
            "shortcuts": [_shortcut(door) for door in _of(doors, "shortcut")],
        },
        "oauth_config": {
            "scopes": {
                "bot": [s for s in _SCOPES if s not in _OPTIONAL],
                "bot_optional": list(_OPTIONAL),
            }
        },
        "settings": {
            "event_subscriptions": _with_url({"bot_events": _events(doors)}, "request_url", url),
            "interactivity": _with_url(
                _with_url({"is_enabled": True}, "request_url", url), "message_menu_options_url", url
            ),
            "org_deploy_enabled": bool(steps),  # Slack wants it of apps that bring steps
            "socket_mode_enabled": socket_mode,
            "token_rotation_enabled": False,
            **({"function_runtime": "remote"} if steps else {}),
        },
        **({"functions": {door.name: dict(door.facts) for door in steps}} if steps else {}),
    }


def _of(doors: Iterable[Door[Turn]], kind: str) -> list[Door[Turn]]:
    return [door for door in doors if door.kind == kind]


def _command(door: Door[Turn], catalogue: Catalogue, url: str | None) -> dict[str, Any]:
    words = catalogue.commands.model_dump()
    facts = {
        "command": words[door.name],
        **{k: v for k, v in door.facts.items() if v},
        "should_escape": True,
    }
    return _with_url(facts, "url", url)


def _shortcut(door: Door[Turn]) -> dict[str, Any]:
    return {**door.facts, "callback_id": door.name, "description": door.facts["name"]}


def _events(doors: Iterable[Door[Turn]]) -> list[str]:
    """Slack subscribes to messages by the kind of conversation."""
    names = {door.name for door in _of(doors, "event")} | {
        "function_executed" for _ in _of(doors, "step")
    }
    return sorted((names - {"message"}) | (set(_MESSAGES) if "message" in names else set()))


def _with_url(facts: dict[str, Any], key: str, url: str | None) -> dict[str, Any]:
    return {**facts, key: url} if url else facts


def required_scopes() -> list[str]:
    """The scopes without which a part does not work."""
    return [scope for scope in _SCOPES if scope not in _OPTIONAL]
