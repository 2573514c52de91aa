"""A view on its way in: what Slack demands of a modal or a Home tab."""

import json
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.views import View

from bot.playground import blocks
from bot.playground.shapes import Json, Refused
from bot.playground.world import World

LARGEST = 250_000


def checked_view(world: World, given: Any, kind: str) -> Json:
    """The view with its blocks prepared. Raises `invalid_arguments` with a message for each thing wrong."""
    if not isinstance(given, dict):
        raise Refused("invalid_arguments", "[ERROR] missing required field: view [json-pointer:/view]")
    if len(json.dumps(given, ensure_ascii=False).encode()) > LARGEST:
        raise Refused("view_too_large")
    wrong = _wrong(given, kind)
    if wrong:
        raise Refused("invalid_arguments", *wrong)
    prepared = blocks.prepared(
        world, given["blocks"], most=blocks.IN_VIEW, error="invalid_arguments", at="/view/blocks"
    )
    return {**given, "blocks": prepared}


def _wrong(given: Json, kind: str) -> list[str]:
    wrong = []
    if given.get("type") != kind:
        wrong.append(f"[ERROR] must be {kind} [json-pointer:/view/type]")
    if kind == "modal" and not given.get("title"):
        wrong.append("[ERROR] missing required field: title [json-pointer:/view]")
    if not isinstance(given.get("blocks"), list):
        return [*wrong, "[ERROR] missing required field: blocks [json-pointer:/view]"]
    has_input = any(isinstance(block, dict) and block.get("type") == "input" for block in given["blocks"])
    if kind == "modal" and has_input and not given.get("submit"):
        wrong.append("[ERROR] submit is required when there are input blocks [json-pointer:/view/submit]")
    stand_ins = [{"type": "divider"}] * len(given["blocks"])
    shell = {key: value for key, value in given.items() if key != "state"} | {"blocks": stand_ins}
    try:
        View(**shell).to_dict()
    except SlackObjectFormationError as error:
        wrong.append(f"[ERROR] {error} [json-pointer:/view]")
    except (TypeError, AttributeError, ValueError) as error:
        wrong.append(f"[ERROR] invalid view: {error} [json-pointer:/view]")
    return wrong
