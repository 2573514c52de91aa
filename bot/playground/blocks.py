"""Block Kit on its way in: refused as Slack refuses it, with ids drawn for what has none."""

from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

from bot.playground.shapes import Json, Refused
from bot.playground.world import World

IN_MESSAGE, IN_VIEW = 50, 100


def prepared(
    world: World, blocks: Any, *, most: int = IN_MESSAGE, error: str = "invalid_blocks", at: str = "/blocks"
) -> list[Json]:
    """The blocks as Slack stores them. Raises `Refused(error)` with a message for each thing that is wrong."""
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise Refused(error.replace("invalid_blocks", "invalid_blocks_format"))
    if len(blocks) > most:
        raise Refused(error, f"[ERROR] no more than {most} items allowed [json-pointer:{at}]")
    wrong = [sentence for index, block in enumerate(blocks) for sentence in _wrong(block, f"{at}/{index}")]
    stored = [_with_ids(world, block) for block in blocks]
    wrong += _twice(stored, at)
    if wrong:
        raise Refused(error, *wrong)
    return stored


def _wrong(block: Json, at: str) -> list[str]:
    try:
        parsed = Block.parse(block)
        if parsed is None:
            return [f"[ERROR] unsupported type: {block.get('type')} [json-pointer:{at}/type]"]
        parsed.to_dict()
    except SlackObjectFormationError as wrong:
        return [f"[ERROR] {wrong} [json-pointer:{at}]"]
    except (TypeError, AttributeError, ValueError) as wrong:
        return [f"[ERROR] invalid block: {wrong} [json-pointer:{at}]"]
    return []


def _with_ids(world: World, block: Json) -> Json:
    stored = {key: _element_with_id(world, value) for key, value in block.items()}
    stored.setdefault("block_id", world.ids.small(5))
    for key in ("elements", "actions", "child_blocks"):
        if isinstance(stored.get(key), list) and block.get("type") != "rich_text":
            stored[key] = [_element_with_id(world, each) for each in stored[key]]
    return stored


_WITH_ACTION = ("button", "overflow", "checkboxes", "radio_buttons", "datepicker", "timepicker", "datetimepicker",
                "file_input", "feedback_buttons", "icon_button")  # fmt: skip


def _element_with_id(world: World, value: Any) -> Any:
    if isinstance(value, dict):
        kind = str(value.get("type", ""))
        if kind in _WITH_ACTION or kind.endswith(("_select", "_input")):
            return {**value, "action_id": value.get("action_id") or world.ids.small(5)}
    return value


def _twice(blocks: list[Json], at: str) -> list[str]:
    """`block_id` is unique among the blocks, `action_id` within a block."""
    wrong, seen = [], set()
    for index, block in enumerate(blocks):
        if block["block_id"] in seen:
            wrong.append(f"[ERROR] block_id already exists: {block['block_id']} [json-pointer:{at}/{index}/block_id]")
        seen.add(block["block_id"])
        actions: list[str] = [each["action_id"] for each in _elements(block) if "action_id" in each]
        for action in sorted({each for each in actions if actions.count(each) > 1}):
            wrong.append(f"[ERROR] action_id already exists: {action} [json-pointer:{at}/{index}/elements]")
    return wrong


def _elements(block: Json) -> list[Json]:
    many = [*(block.get("elements") or []), block.get("accessory"), block.get("element")]
    return [each for each in many if isinstance(each, dict)]
