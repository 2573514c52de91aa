"""Forms in an agent's answer: what is still needed is chosen there, and the button calls the tool
again with it.

Slackbot takes menus and radio buttons (``input:ARGUMENT``) and no field to type in. Source:
docs.slack.dev/ai/slackbot-mcp-client (returning rich responses).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.kit import block_kit
from bot.kit.block_kit import Block, Element
from bot.kit.errors import Problem
from bot.kit.markup import Mrkdwn
from bot.kit.replies import Whisper
from bot.kit.words import N_, Words
from handlers.agents.blocks import cards
from storage.invoices.customers import Customer

MOST = 100
"""Options of a menu."""
_RADIO = 5
"""So few are shown at once, and not behind a menu."""
_FORMS_OWN = {"type": "string", "description": "The form's own; leave it out", "x-chosen": True}
CHOSEN = {**_FORMS_OWN, "pattern": "^[0-9]{1,15}$"}
"""An argument that only a form gives: the id of what was chosen, for two may bear one name."""
PAGE = {**_FORMS_OWN, "pattern": "^[0-9]{1,4}$"}
"""Which part of a list a button asks for, from 0."""
KEPT = {**_FORMS_OWN, "maxLength": 200}
"""Where the text stands that a button had no room for."""


class TooManyFit(Problem):
    sentence = N_("More than {most} fit. Write more of the name or number.")


@dataclass(frozen=True)
class Choice:
    """One argument that is chosen: its options are Block Kit's, alone or in groups."""

    argument: str
    label: str
    options: Sequence[dict[str, Any]] = ()
    groups: Sequence[dict[str, Any]] = ()


def customers(found: Iterable[Customer]) -> list[dict[str, Any]]:
    """Options of customers: by id, with the tax number, which tells two of one name apart."""
    return [block_kit.option(_label(each), str(each.id)) for each in found]


def _label(customer: Customer) -> str:
    """Of a long name the end is cut off, and never the number."""
    behind = f" · {customer.tax_id}" if customer.tax_id else ""
    return block_kit.cut(customer.name, block_kit.MOST_OPTION - len(behind)) + behind


def page(arguments: Mapping[str, Any]) -> int:
    """Which part of a list is asked for; the first is 0."""
    return int(arguments.get("page") or 0)


def more(tool: str, arguments: Mapping[str, Any], words: Words) -> Element:
    """The button that asks for the part of a list after this one."""
    following = {**arguments, "page": str(page(arguments) + 1)}
    return cards.call(words.say("More"), tool, **following)


def form(text: Mrkdwn, choices: Sequence[Choice], submit: Element) -> Whisper:
    """A sentence, what is chosen, and the button made by ``cards.call`` with what is known.

    A menu that cannot hold all that fits is not shown: what is meant may be the one that it lacks.
    """
    if any(len(choice.options) > MOST for choice in choices):
        raise TooManyFit(most=MOST)
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
