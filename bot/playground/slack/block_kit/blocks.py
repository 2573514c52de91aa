"""Block Kit on its way in: refused as Slack refuses it, with ids drawn for what has none."""

from collections.abc import Iterator
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

from bot.playground.slack.block_kit import slackbot_checks
from bot.playground.slack.block_kit.block_types import rule_for
from bot.playground.slack.shapes import Json, Refused
from bot.playground.slack.world import World

MOST = {"message": 50, "modal": 100, "home": 100, "slackbot": 50}
_RULES = {surface: rule_for(surface) for surface in MOST}
_NO_MODEL = ("data_table", "data_visualization")
_MARKDOWN = 12_000
# over all blocks of a message, as apps have measured it (github.com/slackapi/bolt-js/issues/2509)
_LONGEST = 13_200


def prepared(
    world: World,
    blocks: Any,
    *,
    surface: str = "message",
    error: str = "invalid_blocks",
    at: str = "/blocks",
) -> list[Json]:
    """The blocks as Slack stores them. Raises `Refused(error)` with a message for each thing that
    is wrong.
    """
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format" if error == "invalid_blocks" else error)
    wrong = _wrong(blocks, surface, at)
    stored = [] if wrong else [_with_ids(world, _spelled_out(block)) for block in blocks]
    wrong = wrong or _twice(stored, at)
    if wrong:
        marked = [f"[ERROR] {sentence}" for sentence in wrong]
        raise Refused(error, *marked, errors=wrong)
    return stored


def _wrong(blocks: list[Any], surface: str, at: str) -> list[str]:
    if len(blocks) > MOST[surface]:
        return [f"no more than {MOST[surface]} items allowed [json-pointer:{at}]"]
    wrong = [
        line
        for index, block in enumerate(blocks)
        for line in _RULES[surface](block, f"{at}/{index}")
    ]
    wrong = wrong or _together(blocks, at) or _second_look(blocks, at)
    if surface == "slackbot":
        wrong = wrong or slackbot_checks.complaints(blocks, at)
    return wrong


def _together(blocks: list[Json], at: str) -> list[str]:
    """What Slack limits over all the blocks of a payload: one table, two charts, 12 000 characters
    of markdown.
    """
    count = {
        kind: sum(block["type"] == kind for block in blocks)
        for kind in ("table", "data_visualization")
    }
    markdown = sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
    wrong = []
    if count["table"] > 1:
        wrong.append(f"only_one_table_allowed [json-pointer:{at}]")
    if count["data_visualization"] > 2:
        wrong.append(f"no more than 2 data_visualization blocks allowed [json-pointer:{at}]")
    if at == "/blocks" and sum(_length(block) for block in blocks) > _LONGEST:
        raise Refused("msg_blocks_too_long")
    if markdown > _MARKDOWN:
        wrong.append(
            f"must be less than {_MARKDOWN + 1} characters of markdown [json-pointer:{at}]"
        )
    return wrong


def _length(value: Any) -> int:
    """The characters of all texts in a block."""
    if isinstance(value, dict):
        own = len(value["text"]) if isinstance(value.get("text"), str) else 0
        return own + sum(_length(each) for each in value.values() if isinstance(each, dict | list))
    return sum(_length(each) for each in value) if isinstance(value, list) else 0


def _second_look(blocks: list[Json], at: str) -> list[str]:
    """The SDK's own models look once more: whatever they refuse, Slack refuses."""
    wrong = []
    for index, block in enumerate(blocks):
        if block["type"] in _NO_MODEL:
            continue
        try:
            parsed = Block.parse(block)
            if parsed is not None:
                parsed.to_dict()
        except SlackObjectFormationError as error:
            wrong.append(f"{error} [json-pointer:{at}/{index}]")
    return wrong


def _with_ids(world: World, block: Json) -> Json:
    stored: Json = {
        key: _inner(world, key, value) for key, value in block.items() if value is not None
    }
    stored.setdefault("block_id", world.ids.small(5))
    return stored


_TEXT_DEFAULTS = {"plain_text": {"emoji": True}, "mrkdwn": {"verbatim": False}}


def _spelled_out(value: Any) -> Any:
    """Text objects with what Slack adds to them: ``emoji`` and ``verbatim``."""
    if isinstance(value, list):
        return [_spelled_out(each) for each in value]
    if not isinstance(value, dict):
        return value
    kind = value.get("type")
    defaults = (
        _TEXT_DEFAULTS.get(kind, {})
        if isinstance(kind, str) and isinstance(value.get("text"), str)
        else {}
    )
    return {**defaults, **{key: _spelled_out(each) for key, each in value.items()}}


def _inner(world: World, key: str, value: Any) -> Any:
    if key == "child_blocks":
        return [_with_ids(world, each) for each in value]
    if isinstance(value, list) and key in ("elements", "actions"):
        return [_inner(world, "", each) for each in value]
    if isinstance(value, dict) and value.get("type") == "card":
        return _with_ids(world, value)
    if isinstance(value, dict) and _acts(str(value.get("type", ""))):
        return {**value, "action_id": value.get("action_id") or world.ids.small(5)}
    return value


_ACTING = frozenset(
    {
        "button",
        "overflow",
        "checkboxes",
        "radio_buttons",
        "datepicker",
        "timepicker",
        "datetimepicker",
        "feedback_buttons",
        "icon_button",
        "workflow_button",
    }
)


def _acts(kind: str) -> bool:
    return kind in _ACTING or kind.endswith(("_select", "_input"))


def _twice(blocks: list[Json], at: str) -> list[str]:
    """`block_id` is unique among the blocks, `action_id` within a block."""
    wrong, seen = [], set()
    for index, block in enumerate(blocks):
        if block["block_id"] in seen:
            wrong.append(
                f"block_id already exists: {block['block_id']} [json-pointer:{at}/{index}/block_id]"
            )
        seen.add(block["block_id"])
        actions = list(_action_ids(block))
        for action in sorted({each for each in actions if actions.count(each) > 1}):
            wrong.append(f"action_id already exists: {action} [json-pointer:{at}/{index}/elements]")
    return wrong


def _action_ids(block: Json) -> Iterator[str]:
    many = [*(block.get("elements") or []), *(block.get("actions") or [])]
    for each in [*many, block.get("accessory"), block.get("element")]:
        if isinstance(each, dict) and "action_id" in each:
            yield each["action_id"]
