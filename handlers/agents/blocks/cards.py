"""The cards of commands as an agent may show them, and buttons that call a tool.

Slack draws only some blocks in an agent's answer, and drops the whole answer for one that it does
not know. Buttons there call tools: ``tool:NAME`` with the arguments as JSON. Source:
docs.slack.dev/ai/slackbot-mcp-client (returning rich responses).
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bot.kit import block_kit
from bot.kit.block_kit import Block, Element

ALLOWED = frozenset(
    {
        "context",
        "divider",
        "header",
        "markdown",
        "rich_text",
        "section",
        "file",
        "image",
        "video",
        "actions",
        "carousel",
        "input",
        "data_table",
        "data_visualization",
        "table",
        "card",
        "container",
    }
)
MOST_BLOCKS = 50
_CALLS = ("tool:", "input:")


def shown(blocks: Iterable[Mapping[str, Any]], buttons: Sequence[Element] = ()) -> list[Block]:
    """The blocks that an agent may show, with these buttons below them."""
    most = MOST_BLOCKS - bool(buttons)
    kept = [kept for block in blocks for kept in _allowed(block)][:most]
    if buttons:
        kept.append({"type": "actions", "elements": list(buttons)})
    return kept


def call(label: str, tool: str, **arguments: Any) -> Element:
    """A button that calls a tool with these arguments."""
    return block_kit.button(label, f"tool:{tool}", json.dumps(arguments, ensure_ascii=False))


def _allowed(block: Mapping[str, Any]) -> Iterator[Block]:
    """The block without what works in our own messages alone; nothing where nothing is left."""
    if block["type"] not in ALLOWED:
        return
    if block["type"] == "actions":
        elements = [element for element in block["elements"] if _works(element)]
        if elements:
            yield {**block, "elements": elements}
        return
    accessory = block.get("accessory")
    if accessory is not None and not _works(accessory):
        block = {key: value for key, value in block.items() if key != "accessory"}
    yield {key: value for key, value in block.items() if key != "block_id"}


def _works(element: Mapping[str, Any]) -> bool:
    return "url" in element or str(element.get("action_id", "")).startswith(_CALLS)
