"""Block Kit's elements and composition objects: their fields and limits.

Source: docs.slack.dev/reference/block-kit/block-elements and /composition-objects, and the SDK's
limits.
"""

from typing import Any

from bot.playground.slack.block_kit.rules import (
    Rule,
    address,
    anything,
    boolean,
    both,
    complaint,
    exactly_one,
    items,
    kinds,
    one_of,
    plain,
    string,
    text,
    thing,
    whole,
)

ID = string(255)
CONFIRM = thing(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
_DISPATCH = thing(
    {}, {"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), 1, 2)}
)
_FILTER = thing(
    {},
    {
        "include": items(one_of("im", "mpim", "private", "public")),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)


def _option(label: Rule) -> Rule:
    return thing({"text": label, "value": string(150, 1)}, {"description": text(75)})


OPTION = _option(plain(75))
MARKED_OPTION = _option(text(75))
MENU_OPTION = thing(
    {"text": plain(75)}, {"value": string(150, 1), "description": plain(75), "url": address}
)
_GROUP = thing({"label": plain(75), "options": items(OPTION, 1, 100)})


def _element(kind: str, required: dict[str, Rule], optional: dict[str, Rule]) -> Rule:
    return thing({"type": one_of(kind), **required}, {"action_id": ID, **optional})


def _asked(kind: str, required: dict[str, Rule], optional: dict[str, Rule]) -> Rule:
    """An element that a person fills in: with a placeholder, a confirmation, the focus."""
    shared = {"placeholder": plain(150), "confirm": CONFIRM, "focus_on_load": boolean}
    return _element(kind, required, {**shared, **optional})


def _typed(kind: str, required: dict[str, Rule], optional: dict[str, Rule]) -> Rule:
    shared = {
        "placeholder": plain(150),
        "focus_on_load": boolean,
        "dispatch_action_config": _DISPATCH,
    }
    return _element(kind, required, {**shared, **optional})


def _begins_with_an_offered(element: Any, at: str) -> list[str]:
    """``initial_option`` and ``initial_options`` must be among the options, whole."""
    groups = element.get("option_groups") or []
    offered = [
        *(element.get("options") or []),
        *(each for group in groups for each in group["options"]),
    ]
    first = element.get("initial_option")
    begins = [*([first] if first else []), *(element.get("initial_options") or [])]
    seen = {_core(option) for option in offered}
    if any(_core(option) not in seen for option in begins):
        return complaint("initial option must match exactly one of the provided options", at)
    return []


def _core(option: Any) -> tuple[str, str]:
    return option["text"]["text"], option["value"]


def _each_value_once(element: Any, at: str) -> list[str]:
    values = [option["value"] for option in element.get("options") or [] if "value" in option]
    return [] if len(set(values)) == len(values) else complaint("option values must be unique", at)


def _static(kind: str, extra: dict[str, Rule]) -> Rule:
    offered = {"options": items(OPTION, 1, 100), "option_groups": items(_GROUP, 1, 100)}
    return both(
        _asked(kind, {}, {**offered, **extra}),
        exactly_one("options", "option_groups"),
        _begins_with_an_offered,
    )


def _chosen(kind: str, options: int, extra: dict[str, Rule]) -> Rule:
    required = {"options": items(MARKED_OPTION, 1, options)}
    fields: dict[str, Rule] = {"confirm": CONFIRM, "focus_on_load": boolean, **extra}
    return both(_element(kind, required, fields), _begins_with_an_offered, _each_value_once)


_MANY = {"max_selected_items": whole(1)}
_URL = {"response_url_enabled": boolean}
_QUERY = {"min_query_length": whole(0)}
_HERE = {"default_to_current_conversation": boolean, "filter": _FILTER}
_IDS = items(string(255, 1), 0)

BUTTON = _element(
    "button",
    {"text": plain(75)},
    {
        "url": address,
        "value": string(2000),
        "style": one_of("primary", "danger"),
        "confirm": CONFIRM,
        "accessibility_label": string(75),
        "agent_prompt": string(4000),
    },
)
OVERFLOW = both(
    _element("overflow", {"options": items(MENU_OPTION, 1, 5)}, {"confirm": CONFIRM}),
    _each_value_once,
)
SELECTS: dict[str, Rule] = {
    "static_select": _static("static_select", {"initial_option": OPTION}),
    "multi_static_select": _static(
        "multi_static_select", {"initial_options": items(OPTION), **_MANY}
    ),
    "external_select": _asked("external_select", {}, {"initial_option": OPTION, **_QUERY}),
    "multi_external_select": _asked(
        "multi_external_select", {}, {"initial_options": items(OPTION), **_QUERY, **_MANY}
    ),
    "users_select": _asked("users_select", {}, {"initial_user": ID}),
    "multi_users_select": _asked("multi_users_select", {}, {"initial_users": _IDS, **_MANY}),
    "channels_select": _asked("channels_select", {}, {"initial_channel": ID, **_URL}),
    "multi_channels_select": _asked(
        "multi_channels_select", {}, {"initial_channels": _IDS, **_MANY}
    ),
    "conversations_select": _asked(
        "conversations_select", {}, {"initial_conversation": ID, **_HERE, **_URL}
    ),
    "multi_conversations_select": _asked(
        "multi_conversations_select", {}, {"initial_conversations": _IDS, **_HERE, **_MANY}
    ),
}


def _day(value: Any, at: str) -> list[str]:
    parts = str(value).split("-")
    good = [len(part) for part in parts] == [4, 2, 2] and "".join(parts).isdigit()
    return [] if good else complaint("must be a date in the form YYYY-MM-DD", at)


def _hour(value: Any, at: str) -> list[str]:
    hours, _, minutes = str(value).partition(":")
    good = hours.isdigit() and minutes.isdigit() and int(hours) < 24 and int(minutes) < 60
    return [] if good else complaint("must be a time in the form HH:mm", at)


PICKERS: dict[str, Rule] = {
    "datepicker": _asked("datepicker", {}, {"initial_date": _day}),
    "timepicker": _asked("timepicker", {}, {"initial_time": _hour, "timezone": string(255)}),
    "datetimepicker": _element(
        "datetimepicker",
        {},
        {
            "initial_date_time": whole(0, 9_999_999_999),
            "confirm": CONFIRM,
            "focus_on_load": boolean,
        },
    ),
    "checkboxes": _chosen("checkboxes", 10, {"initial_options": items(MARKED_OPTION)}),
    "radio_buttons": _chosen("radio_buttons", 10, {"initial_option": MARKED_OPTION}),
}
_LENGTHS: dict[str, Rule] = {
    "initial_value": string(3000),
    "multiline": boolean,
    "min_length": whole(0, 3000),
    "max_length": whole(1, 3000),
}
_NUMERIC = string(255)
TYPED: dict[str, Rule] = {
    "plain_text_input": _typed("plain_text_input", {}, _LENGTHS),
    "email_text_input": _typed("email_text_input", {}, {"initial_value": string(3000)}),
    "url_text_input": _typed("url_text_input", {}, {"initial_value": string(3000)}),
    "number_input": _typed(
        "number_input",
        {"is_decimal_allowed": boolean},
        {"initial_value": _NUMERIC, "min_value": _NUMERIC, "max_value": _NUMERIC},
    ),
    "rich_text_input": _typed(
        "rich_text_input",
        {},
        {"initial_value": anything, "min_lines": whole(1), "max_lines": whole(1)},
    ),
}
FILE_INPUT = _element(
    "file_input", {}, {"filetypes": items(string(255, 1)), "max_files": whole(1, 10)}
)
_PICTURE: dict[str, Rule] = {
    "image_url": address,
    "slack_file": thing({}, {"id": ID, "url": address}),
    "image_width": whole(1),
    "image_height": whole(1),
    "image_bytes": whole(1),
}
IMAGE = both(
    thing({"type": one_of("image"), "alt_text": string(2000, 1)}, _PICTURE),
    exactly_one("image_url", "slack_file"),
)
WORKFLOW_BUTTON = _element(
    "workflow_button",
    {"text": plain(75), "workflow": thing({"trigger": anything})},
    {"style": one_of("primary", "danger"), "accessibility_label": string(75)},
)
_FEEDBACK = thing({"text": plain(75), "value": string(2000)}, {"accessibility_label": string(75)})
CONTEXT_ACTIONS = kinds(
    {
        "feedback_buttons": _element(
            "feedback_buttons", {"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, {}
        ),
        "icon_button": _element(
            "icon_button",
            {"icon": string(255, 1), "text": plain(75)},
            {
                "value": string(2000),
                "confirm": CONFIRM,
                "accessibility_label": string(75),
                "visible_to_user_ids": _IDS,
            },
        ),
    }
)

_CLICKED = {"button": BUTTON, "overflow": OVERFLOW, "workflow_button": WORKFLOW_BUTTON}
ACCESSORY = kinds({**_CLICKED, **SELECTS, **PICKERS, "image": IMAGE})
IN_ACTIONS = kinds({**_CLICKED, **SELECTS, **PICKERS, "rich_text_input": TYPED["rich_text_input"]})
IN_INPUT = kinds({**SELECTS, **PICKERS, **TYPED, "file_input": FILE_INPUT})
