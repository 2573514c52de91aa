"""What Slackbot demands of the blocks that a tool answers with, beyond what holds in a message.

Source: docs.slack.dev/ai/slackbot-mcp-client/returning-rich-responses.
"""

import json
from collections.abc import Iterator

from bot.playground.slack.block_kit.rules import complaint
from bot.playground.slack.shapes import Json

_FORM_ELEMENTS = ("static_select", "radio_buttons")
_TABLES = {"table": 10_000, "data_table": 20_000}


def complaints(blocks: list[Json], at: str) -> list[str]:
    """Each thing for which Slack would drop all the blocks, or which would do nothing there."""
    return [
        line
        for index, block in enumerate(blocks)
        for line in [*_of_block(block, f"{at}/{index}"), *_of_table(block, f"{at}/{index}")]
    ]


def _of_block(block: Json, at: str) -> Iterator[str]:
    if block["type"] == "input":
        yield from _of_input(block["element"], f"{at}/element")
        return
    several = [*(block.get("elements") or []), *(block.get("actions") or [])]
    for element in [*several, block.get("accessory")]:
        if isinstance(element, dict) and element.get("type") == "button":
            yield from _of_button(element, at)
    if block["type"] == "container":
        yield from complaints(block["child_blocks"], f"{at}/child_blocks")


def _of_input(element: Json, at: str) -> Iterator[str]:
    if element["type"] not in _FORM_ELEMENTS:
        yield from complaint(f"unsupported type: {element['type']}", f"{at}/type")
    if not str(element.get("action_id", "")).removeprefix("input:"):
        yield from complaint("an argument must be named", f"{at}/action_id")
    if not str(element.get("action_id", "")).startswith("input:"):
        yield from complaint("must begin with input:", f"{at}/action_id")


def _of_button(button: Json, at: str) -> Iterator[str]:
    if "url" in button:
        return
    if not str(button.get("action_id", "")).startswith("tool:"):
        yield from complaint("a button must call a tool: or lead to a url", at)
    if not _is_object(str(button.get("value", ""))):
        yield from complaint("the value must be the arguments as a JSON object", at)


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


def _of_table(block: Json, at: str) -> Iterator[str]:
    most = _TABLES.get(block["type"])
    if most is not None and len(json.dumps(block.get("rows") or [])) > 3 * most:
        yield from complaint(f"no more than {most} characters in a table", at)
