"""Forms in an agent's answer: what is still needed is chosen there, and the button calls the tool
again with it.

Slackbot takes menus and radio buttons (``input:ARGUMENT``) and no field to type in. Source:
docs.slack.dev/ai/slackbot-mcp-client (returning rich responses).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.kit import block_kit
from bot.kit.block_kit import Block, Element
from bot.kit.markup import Mrkdwn
from bot.kit.replies import Whisper
from handlers.agents.blocks import cards

MOST = 100
"""Options of a menu."""
_RADIO = 5
"""So few are shown at once, and not behind a menu."""


@dataclass(frozen=True)
class Choice:
    """One argument that is chosen: its options are Block Kit's, alone or in groups."""

    argument: str
    label: str
    options: Sequence[dict[str, Any]] = ()
    groups: Sequence[dict[str, Any]] = ()


def form(text: Mrkdwn, choices: Sequence[Choice], submit: Element) -> Whisper:
    """A sentence, what is chosen, and the button made by ``cards.call`` with what is known."""
    blocks: list[Block] = [block_kit.section(text), *map(_field, choices)]
    return Whisper(text, cards.shown(blocks, [{**submit, "style": "primary"}]))


def _field(choice: Choice) -> Block:
    return {
        "type": "input",
        "label": block_kit.plain(choice.label),
        "element": _element(choice),
    }


def _element(choice: Choice) -> Element:
    name = f"input:{choice.argument}"
    if choice.groups:
        return {
            "type": "static_select",
            "action_id": name,
            "option_groups": list(choice.groups)[:MOST],
        }
    if len(choice.options) <= _RADIO:
        return {"type": "radio_buttons", "action_id": name, "options": list(choice.options)}
    return block_kit.select(name, choice.options)
