"""The Slack app manifest, made from what the features themselves listen to."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.app import all_routes
from bot.catalogue import loader as catalogue
from bot.config import Settings
from bot.http import TOOLS
from bot.kit.catalogue import Catalogue
from bot.kit.errors import Problem
from bot.kit.routes import Route
from storage.turn import Turn


class NoPublicAddress(Problem):
    """Slack cannot be told where to send anything."""

    sentence = (
        "Without Socket Mode the manifest must say where Slack reaches Zaplecze: set "
        "ZAPLECZE_PUBLIC_URL to that address (https://…), or SLACK_APP_TOKEN for Socket Mode."
    )


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
    "reactions:write": "a mark on notes that stay with the agents",
    "app_mentions:read": "being asked by a mention",
    "files:read": "invoices dropped on the bot",
    "files:write": "documents sent to people",
}
_OPTIONAL = {  # what a catalogue must name somebody by, for each of these to be needed
    "users:read.email": re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    "usergroups:read": re.compile(r"S[A-Z0-9]{6,}"),
}
_MARKS = "reactions:write"
"""Refused, a note is told by its own sign alone."""
_AUTHORS = "chat:write.customize"
"""Mirrored words under their author's name; refused, the name stands in the words alone."""
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
    if not socket_mode and not settings.public_url:
        raise NoPublicAddress()
    first = catalogues.get("*") or next(iter(catalogues.values()))
    agents = f"{settings.public_url}{TOOLS}" if settings.mcp and settings.public_url else ""
    return build(first, socket_mode, settings.public_url, agents)


def build(
    catalogue: Catalogue, socket_mode: bool = True, address: str = "", agents: str = ""
) -> dict[str, Any]:
    """The manifest of all features. ``address`` is where Slack reaches us by HTTP; not needed in
    Socket Mode. ``agents`` is where Slackbot finds the tools, if it may.
    """
    routes = [route for routes in all_routes() for route in routes.routes]
    steps = _of(routes, "step")
    url = None if socket_mode else f"{address.rstrip('/')}/slack/events"
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
            "slash_commands": [
                _command(route, catalogue, url) for route in _of(routes, "command") if route.facts
            ],
            "shortcuts": [_shortcut(route) for route in _of(routes, "shortcut")],
            **_agent_view(catalogue),
        },
        "oauth_config": {"scopes": _scopes(catalogue, agents)},
        "settings": {
            "event_subscriptions": _with_url({"bot_events": _events(routes)}, "request_url", url),
            "interactivity": _with_url(
                _with_url({"is_enabled": True}, "request_url", url), "message_menu_options_url", url
            ),
            "org_deploy_enabled": bool(steps),  # Slack wants it of apps that bring steps
            "socket_mode_enabled": socket_mode,
            "token_rotation_enabled": False,
            **({"function_runtime": "remote"} if steps else {}),
        },
        **({"mcp_servers": {"zaplecze": _mcp_server(agents)}} if agents else {}),
        **({"functions": {route.name: dict(route.facts) for route in steps}} if steps else {}),
    }


def _agent_view(catalogue: Catalogue) -> dict[str, Any]:
    """The app's conversations as those of an agent, in the company's language.

    Source: docs.slack.dev/ai/developing-agents.
    """
    rules, language = catalogue.agent_view, catalogue.company.language
    if not rules.on:
        return {}
    prompts = [
        {"title": prompt.title.in_(language), "message": prompt.message.in_(language)}
        for prompt in rules.prompts
    ]
    description = rules.description.in_(language)
    return {"agent_view": {"agent_description": description, "suggested_prompts": prompts}}


def _mcp_server(address: str) -> dict[str, str]:
    """Slack signs each request and says for whom it is.

    Source: docs.slack.dev/ai/slackbot-mcp-client.
    """
    return {"url": address, "auth_type": "slack_identity_auth"}


def _of(routes: Iterable[Route[Turn]], kind: str) -> list[Route[Turn]]:
    return [route for route in routes if route.kind == kind]


def _command(route: Route[Turn], catalogue: Catalogue, url: str | None) -> dict[str, Any]:
    words = catalogue.commands.model_dump()
    facts = {
        "command": words[route.name],
        **{k: v for k, v in route.facts.items() if v},
        "should_escape": True,
    }
    return _with_url(facts, "url", url)


def _shortcut(route: Route[Turn]) -> dict[str, Any]:
    return {**route.facts, "callback_id": route.name, "description": route.facts["name"]}


def _events(routes: Iterable[Route[Turn]]) -> list[str]:
    """Slack subscribes to messages by the kind of conversation."""
    names = {route.name for route in _of(routes, "event")} | {
        "function_executed" for _ in _of(routes, "step")
    }
    return sorted((names - {"message"}) | (set(_MESSAGES) if "message" in names else set()))


def _with_url(facts: dict[str, Any], key: str, url: str | None) -> dict[str, Any]:
    return {**facts, key: url} if url else facts


def _scopes(catalogue: Catalogue, agents: str) -> dict[str, list[str]]:
    """Slack wants each optional scope under ``bot`` too, and no empty list."""
    needed = required_scopes(catalogue)
    optional = [scope for scope in _SCOPES if scope not in needed]
    more = [*(["mcp:connect"] if agents else []), *_agent_scopes(catalogue)]
    if catalogue.tickets.as_authors:
        more, optional = [*more, _AUTHORS], [*optional, _AUTHORS]
    return {"bot": [*_SCOPES, *more], **({"bot_optional": optional} if optional else {})}


def _agent_scopes(catalogue: Catalogue) -> list[str]:
    return ["assistant:write"] if catalogue.agent_view.on else []


def required_scopes(catalogue: Catalogue) -> list[str]:
    """The scopes without which a part of what this catalogue asks for does not work."""
    # The company's own address names nobody.
    texts = set(_texts(catalogue.model_dump(exclude={"company": {"email"}})))
    needless = {scope for scope, form in _OPTIONAL.items() if not any(map(form.fullmatch, texts))}
    needless.add(_MARKS)
    return [scope for scope in _SCOPES if scope not in needless]


def purpose_of(scope: str) -> str:
    """What it is asked for."""
    return _SCOPES[scope]


def _texts(facts: Any) -> Iterator[str]:
    if isinstance(facts, str):
        yield facts
    elif isinstance(facts, Mapping):
        yield from _texts(list(facts.values()))
    elif isinstance(facts, (list, tuple, set, frozenset)):
        for each in facts:
            yield from _texts(each)
