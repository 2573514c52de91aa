"""How a method is declared: its name, scopes and parameters, read from the function's own
signature.
"""

import inspect
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, get_type_hints

from bot.playground.slack.channels import SCOPES, Channel
from bot.playground.slack.shapes import Json, Refused
from bot.playground.slack.world import World

_FALSE = ("", "0", "false", "False", None)
_WORDS = (list[str], list[str] | None)
_OBJECTS = (Json, Json | None)


@dataclass(frozen=True)
class Call:
    """One call of the Web API: the workspace, and the scopes of the token that came with it."""

    world: World
    scopes: frozenset[str]
    is_app_token: bool = False

    @property
    def user(self) -> str:
        return self.world.app.bot_user_id

    def has(self, scope: str) -> bool:
        return scope in self.scopes or "*" in self.scopes

    def need(self, *any_of: str) -> None:
        """One of these scopes, or `missing_scope` with what is needed and what was provided."""
        if any_of and not any(self.has(scope) for scope in any_of):
            provided = ",".join(sorted(self.scopes))
            raise Refused("missing_scope", needed=",".join(any_of), provided=provided)

    def visible(self, id: str) -> Channel:
        """A conversation that the bot can know of: any public one, others only from the inside."""
        channel = self.world.channel(id)
        if channel.kind != "public" and self.user not in channel.members:
            raise Refused("channel_not_found")
        return channel

    def readable(self, id: str) -> Channel:
        """A conversation whose history the bot may read: it must be in it, and have the scope of
        its kind.
        """
        channel = self.visible(id)
        self.need(f"{SCOPES[channel.kind]}:history")
        if self.user not in channel.members:
            raise Refused("not_in_channel")
        return channel


@dataclass(frozen=True)
class Method:
    name: str
    act: Callable[..., Json]
    scopes: tuple[str, ...]
    tier: str
    app_token: bool
    kinds: dict[str, Any]
    required: frozenset[str]


METHODS: dict[str, Method] = {}
Act = Callable[..., Json]


def method(
    name: str, *scopes: str, tier: str = "3", app_token: bool = False
) -> Callable[[Act], Act]:
    """Declare a method. Scopes are alternatives; the tier is Slack's rate tier."""

    def declare(act: Act) -> Act:
        hints = get_type_hints(act)
        parameters = [
            each for each in inspect.signature(act).parameters.values() if each.name != "call"
        ]
        kinds = {each.name.rstrip("_"): hints[each.name] for each in parameters}
        required = frozenset(
            each.name.rstrip("_") for each in parameters if each.default is inspect.Parameter.empty
        )
        METHODS[name] = Method(name, act, scopes, tier, app_token, kinds, required)
        return act

    return declare


def perform(method: Method, call: Call, given: Json) -> Json:
    """Call the method with what came over the wire, each parameter read as its kind."""
    call.need(*method.scopes)
    missing = sorted(name for name in method.required if given.get(name) in ("", None))
    if missing:
        raise Refused(
            "invalid_arguments", *(f"[ERROR] missing required field: {name}" for name in missing)
        )
    arguments = {}
    for name, kind in method.kinds.items():
        if given.get(name) is not None:
            python_name = name if name in inspect.signature(method.act).parameters else f"{name}_"
            arguments[python_name] = _read(name, kind, given[name])
    return {"ok": True, **method.act(call, **arguments)}


def _read(name: str, kind: Any, value: Any) -> Any:
    if kind is bool:
        return value not in _FALSE
    if kind is int:
        return _whole(name, value)
    if kind is str:
        return value if isinstance(value, str) else json.dumps(value)
    if kind in _WORDS and isinstance(value, str) and not value.startswith("["):
        return [each.strip() for each in value.split(",") if each.strip()]
    read = _parsed(name, value)
    wanted = dict if kind in _OBJECTS else list
    if not isinstance(read, wanted) or (
        kind in _WORDS and not all(isinstance(each, str) for each in read)
    ):
        raise _unreadable(name, "an object" if wanted is dict else "an array")
    return read


def _whole(name: str, value: Any) -> int:
    try:
        return int(float(value))
    except (TypeError, ValueError):
        raise Refused("invalid_arguments", f"[ERROR] {name} must be a number") from None


def _parsed(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise _unreadable(name, "valid JSON") from None


def _unreadable(name: str, wanted: str) -> Refused:
    error = {"blocks": "invalid_blocks_format", "metadata": "invalid_metadata_format"}
    return Refused(
        error.get(name, "invalid_arguments"),
        f"[ERROR] must provide {wanted} [json-pointer:/{name}]",
    )
