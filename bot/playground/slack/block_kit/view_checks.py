"""A view on its way in: what Slack demands of a modal or a Home tab."""

import json
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.views import View

from bot.playground.slack.block_kit import blocks
from bot.playground.slack.block_kit.rules import (
    Rule,
    anything,
    boolean,
    complaint,
    one_of,
    plain,
    string,
    thing,
)
from bot.playground.slack.shapes import Json, Refused
from bot.playground.slack.world import World

LARGEST = 250_000
_SHARED: dict[str, Rule] = {
    "private_metadata": string(3000),
    "callback_id": string(255),
    "external_id": string(255),
}
_SHELLS = {
    "modal": thing(
        {"type": one_of("modal"), "title": plain(24), "blocks": anything},
        {
            **_SHARED,
            "submit": plain(24),
            "close": plain(24),
            "clear_on_close": boolean,
            "notify_on_close": boolean,
            "submit_disabled": boolean,
        },
    ),
    "home": thing({"type": one_of("home"), "blocks": anything}, _SHARED),
}


def checked_view(world: World, given: Any, kind: str) -> Json:
    """The view with its blocks prepared. Raises `invalid_arguments` with a message for each thing
    wrong.
    """
    if not isinstance(given, dict):
        raise Refused(
            "invalid_arguments", "[ERROR] missing required field: view [json-pointer:/view]"
        )
    if len(json.dumps(given, ensure_ascii=False).encode()) > LARGEST:
        raise Refused("view_too_large")
    wrong = _SHELLS[kind](given, "/view") or _submit_missing(given)
    if wrong:
        raise Refused("invalid_arguments", *(f"[ERROR] {sentence}" for sentence in wrong))
    at = "/view/blocks"
    prepared = blocks.prepared(
        world, given["blocks"], surface=kind, error="invalid_arguments", at=at
    )
    wrong = _second_look(given)
    if wrong:
        raise Refused("invalid_arguments", *(f"[ERROR] {sentence}" for sentence in wrong))
    return {**given, "blocks": prepared}


def _submit_missing(given: Json) -> list[str]:
    """A modal with input blocks needs a submit button."""
    held = given["blocks"] if isinstance(given["blocks"], list) else []
    asks = any(isinstance(block, dict) and block.get("type") == "input" for block in held)
    if given["type"] == "modal" and asks and not given.get("submit"):
        return complaint("missing required field: submit", "/view")
    return []


def _second_look(given: Json) -> list[str]:
    """The SDK's own model looks once more at the view as a whole."""
    stand_ins = [{"type": "divider"}] * len(given["blocks"])
    try:
        View(**(given | {"blocks": stand_ins})).to_dict()
    except SlackObjectFormationError as error:
        return complaint(str(error), "/view")
    return []
