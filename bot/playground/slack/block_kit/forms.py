"""What a person fills in: the elements of a view or message, their values, and what Slack's client
refuses.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.playground.slack.shapes import Json

_VALUE_OF = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "file_input": "files",
}
_INITIAL_OF = {
    "value": "initial_value",
    "rich_text_value": "initial_value",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_user": "initial_user",
    "selected_users": "initial_users",
    "selected_channel": "initial_channel",
    "selected_channels": "initial_channels",
    "selected_conversation": "initial_conversation",
    "selected_conversations": "initial_conversations",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
}


@dataclass(frozen=True)
class Field:
    """An interactive element and the block that it stands in."""

    block: Json
    element: Json

    @property
    def block_id(self) -> str:
        return str(self.block["block_id"])

    @property
    def action_id(self) -> str:
        return str(self.element["action_id"])

    @property
    def type(self) -> str:
        return str(self.element["type"])

    @property
    def is_input(self) -> bool:
        return bool(self.block["type"] == "input")

    @property
    def value_key(self) -> str | None:
        """The name under which this element's state carries its value; a button has none."""
        return _VALUE_OF.get(self.type)

    @property
    def label(self) -> str:
        for holder, key in (
            (self.block, "label"),
            (self.element, "text"),
            (self.element, "placeholder"),
        ):
            if isinstance(holder.get(key), dict):
                return str(holder[key]["text"])
        return self.action_id

    def initial(self) -> Any:
        key = self.value_key
        value = self.element.get(_INITIAL_OF.get(key or "", ""))
        return [] if value is None and key in ("selected_options", "files") else value

    def options(self) -> list[Json]:
        """The options that stand in the element itself."""
        groups = self.element.get("option_groups") or []
        return [
            *(self.element.get("options") or []),
            *(option for group in groups for option in group["options"]),
        ]


def fields(blocks: list[Json]) -> Iterator[Field]:
    """Every interactive element of these blocks, in reading order."""
    for block in blocks:
        single = [block.get("accessory"), block.get("element")]
        many = (
            block.get("elements") if block["type"] in ("actions", "context_actions", "card") else []
        )
        nested = block.get("child_blocks") or (
            block.get("elements") if block["type"] == "carousel" else []
        )
        for element in [*single, *(many or []), *(block.get("actions") or [])]:
            if isinstance(element, dict) and "action_id" in element:
                yield Field(block, element)
        yield from fields([each for each in nested or [] if isinstance(each, dict)])


def find_field(blocks: list[Json], block_id: str, action_id: str) -> Field | None:
    return next(
        (
            each
            for each in fields(blocks)
            if (each.block_id, each.action_id) == (block_id, action_id)
        ),
        None,
    )


def initial_state(blocks: list[Json]) -> Json:
    """`state.values` of a view that nobody has touched: what the elements begin with."""
    values: Json = {}
    for field in fields(blocks):
        if key := field.value_key:
            entry = {"type": field.type, key: field.initial()}
            values.setdefault(field.block_id, {})[field.action_id] = entry
    return values


def kept_state(blocks: list[Json], before: Json) -> Json:
    """The state after an update: what was typed stays where block_id, action_id and type are the
    same.
    """
    values = initial_state(blocks)
    for block_id, actions in values.items():
        for action_id, entry in actions.items():
            old = before.get(block_id, {}).get(action_id)
            if old and old["type"] == entry["type"]:
                actions[action_id] = old
    return values


def merged_state(blocks: list[Json], before: Json, given: Json) -> Json:
    """The state with what the page sent; what is not drawn is left out."""
    values = kept_state(blocks, before)
    for field in fields(blocks):
        entry = given.get(field.block_id, {}).get(field.action_id)
        if entry and (key := field.value_key):
            value = entry.get(key)
            values[field.block_id][field.action_id] = {
                "type": field.type,
                key: _clean(field, value),
            }
    return values


def _clean(field: Field, value: Any) -> Any:
    return None if value == "" and field.value_key != "files" else value


def complaints(blocks: list[Json], values: Json) -> dict[str, str]:
    """What Slack's client says before it sends a form: a sentence by block_id."""
    result = {}
    for field in fields(blocks):
        if field.is_input:
            value = (
                values.get(field.block_id, {}).get(field.action_id, {}).get(field.value_key or "")
            )
            sentence = _complaint(field, value)
            if sentence:
                result[field.block_id] = sentence
    return result


def _complaint(field: Field, value: Any) -> str:
    if value in (None, "", []):
        return "" if field.block.get("optional") else "Please complete this required field."
    if field.type == "plain_text_input":
        return _length_complaint(field.element, value)
    if field.type == "email_text_input" and not re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@]+", value):
        return "Please enter a valid email address."
    if field.type == "url_text_input" and not re.match(
        r"https?://\S+\.\S+|https?://localhost", value
    ):
        return "Please enter a valid URL."
    if field.type == "number_input":
        return _number_complaint(field.element, value)
    if field.options() and not _known(field, value):
        return "This option is not one of those offered."
    most = field.element.get("max_selected_items") or field.element.get("max_files")
    if isinstance(value, list) and most and len(value) > most:
        return f"Please choose at most {most}."
    return ""


def _length_complaint(element: Json, value: str) -> str:
    longest, shortest = element.get("max_length", 3000), element.get("min_length", 0)
    if len(value) > longest:
        return f"Please use at most {longest} characters."
    return f"Please use at least {shortest} characters." if len(value) < shortest else ""


def _number_complaint(element: Json, value: str) -> str:
    pattern = r"-?\d+(\.\d+)?" if element.get("is_decimal_allowed") else r"-?\d+"
    if not re.fullmatch(pattern, value):
        return "Please enter a number."
    low, high = element.get("min_value"), element.get("max_value")
    if low is not None and float(value) < float(low):
        return f"Please enter a number not below {low}."
    return (
        f"Please enter a number not above {high}."
        if high is not None and float(value) > float(high)
        else ""
    )


def _known(field: Field, value: Any) -> bool:
    offered = {option["value"] for option in field.options()}
    chosen = value if isinstance(value, list) else [value]
    return all(option.get("value") in offered for option in chosen)


def files_in(values: Json) -> list[str]:
    """The ids of the files that stand in a form."""
    elements = (element for elements in values.values() for element in elements.values())
    return [file["id"] for element in elements for file in element.get("files") or ()]
