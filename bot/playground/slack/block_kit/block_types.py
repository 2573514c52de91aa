"""Block Kit's blocks: their fields, limits, and the surfaces where Slack takes them.

Source: docs.slack.dev/reference/block-kit/blocks and docs.slack.dev/blocks.json (surfaces).
"""

from typing import Any

from bot.playground.slack.block_kit.elements import (
    ACCESSORY,
    BUTTON,
    CONTEXT_ACTIONS,
    ID,
    IMAGE,
    IN_ACTIONS,
    IN_INPUT,
)
from bot.playground.slack.block_kit.rules import (
    Rule,
    address,
    anything,
    at_least_one,
    boolean,
    both,
    complaint,
    exactly_one,
    items,
    kinds,
    number,
    one_of,
    plain,
    string,
    text,
    thing,
    whole,
)


def _block(kind: str, required: dict[str, Rule], optional: dict[str, Rule] | None = None) -> Rule:
    return thing({"type": one_of(kind), **required}, {"block_id": ID, **(optional or {})})


_STYLED = {"style": anything}
_RICH_PARTS = kinds(
    {
        "text": thing({"type": anything, "text": string(None, 1)}, _STYLED),
        "link": thing(
            {"type": anything, "url": address}, {"text": string(), "unsafe": boolean, **_STYLED}
        ),
        "user": thing({"type": anything, "user_id": string(255, 1)}, _STYLED),
        "usergroup": thing({"type": anything, "usergroup_id": string(255, 1)}, _STYLED),
        "channel": thing({"type": anything, "channel_id": string(255, 1)}, _STYLED),
        "emoji": thing(
            {"type": anything, "name": string(255, 1)}, {"unicode": string(), "skin_tone": whole()}
        ),
        "broadcast": thing(
            {"type": anything, "range": one_of("here", "channel", "everyone")}, _STYLED
        ),
        "color": thing({"type": anything, "value": string(255, 1)}),
        "team": thing({"type": anything, "team_id": string(255, 1)}, _STYLED),
        "date": thing(
            {"type": anything, "timestamp": anything, "format": string()},
            {"url": address, "fallback": string(), **_STYLED},
        ),
    }
)
_BORDERED = {"border": whole(0, 1)}
_SECTION = thing({"type": anything, "elements": items(_RICH_PARTS, 0)})
_LIST: dict[str, Rule] = {"indent": whole(0, 8), "offset": whole(0), **_BORDERED}
RICH_TEXT = _block(
    "rich_text",
    {
        "elements": items(
            kinds(
                {
                    "rich_text_section": _SECTION,
                    "rich_text_list": thing(
                        {
                            "type": anything,
                            "style": one_of("bullet", "ordered"),
                            "elements": items(_SECTION, 0),
                        },
                        _LIST,
                    ),
                    "rich_text_preformatted": thing(
                        {"type": anything, "elements": items(_RICH_PARTS, 0)},
                        {"language": string(), **_BORDERED},
                    ),
                    "rich_text_quote": thing(
                        {"type": anything, "elements": items(_RICH_PARTS, 0)}, _BORDERED
                    ),
                }
            )
        )
    },
)
_RAW_TEXT = thing({"type": anything, "text": string(None, 1)})
_RAW_NUMBER = thing({"type": anything, "value": number}, {"text": string(None, 1)})
_CELL = kinds({"raw_text": _RAW_TEXT, "raw_number": _RAW_NUMBER, "rich_text": RICH_TEXT})
_DATA_CELL = kinds(
    {"raw_text": _RAW_TEXT, "raw_number": _RAW_NUMBER, "rich_text": RICH_TEXT, "action": anything}
)
_COLUMN = thing({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})
_MOST_IN_TABLE = 10_000


def _column(value: Any, at: str) -> list[str]:
    return [] if value is None else _COLUMN(value, at)


def _small_enough(table: Any, at: str) -> list[str]:
    used = sum(_characters(cell) for row in table["rows"] for cell in row)
    return (
        []
        if used <= _MOST_IN_TABLE
        else complaint(f"must be less than {_MOST_IN_TABLE + 1} characters", at)
    )


def _characters(cell: Any) -> int:
    if isinstance(cell, dict):
        own = len(str(cell.get("text") or "")) if not isinstance(cell.get("text"), dict) else 0
        return own + sum(
            _characters(each) for each in cell.values() if isinstance(each, dict | list)
        )
    return sum(_characters(each) for each in cell) if isinstance(cell, list) else 0


def _even(table: Any, at: str) -> list[str]:
    lengths = {len(row) for row in table["rows"]}
    return (
        []
        if len(lengths) == 1
        else complaint("all rows must have the same number of cells", f"{at}/rows")
    )


TABLE = both(
    _block(
        "table",
        {"rows": items(items(_CELL, 1, 20), 1, 100)},
        {"column_settings": items(_column, 0, 20)},
    ),
    _small_enough,
)
DATA_TABLE = both(
    _block(
        "data_table",
        {"rows": items(items(_DATA_CELL, 1, 20), 2, 101), "caption": string(None, 1)},
        {"page_size": whole(1, 100), "row_header_column_index": whole(0, 19)},
    ),
    _even,
    _small_enough,
)
_POINT = thing({"label": string(255, 1), "value": number})
_SERIES = thing({"name": string(255, 1), "data": items(_POINT)})
_AXIS = thing(
    {"categories": items(string(255, 1))}, {"x_label": string(255), "y_label": string(255)}
)
_PLOT = {"series": items(_SERIES, 1, 6), "axis_config": _AXIS}
CHART = _block(
    "data_visualization",
    {
        "title": string(50, 1),
        "chart": kinds(
            {"pie": thing({"type": anything, "segments": items(_POINT, 1, 6)})}
            | {kind: thing({"type": anything, **_PLOT}) for kind in ("bar", "area", "line")}
        ),
    },
)
_TASK: dict[str, Rule] = {
    "details": RICH_TEXT,
    "output": RICH_TEXT,
    "sources": items(thing({"type": one_of("url"), "url": address, "text": string()})),
}
_TASK_FACTS: dict[str, Rule] = {
    "task_id": string(255, 1),
    "title": string(None, 1),
    "status": one_of("pending", "in_progress", "complete", "error"),
}
TASK_CARD = _block("task_card", _TASK_FACTS, _TASK)
CARD = both(
    _block(
        "card",
        {},
        {
            "hero_image": IMAGE,
            "icon": IMAGE,
            "title": text(150),
            "subtitle": text(150),
            "body": text(200),
            "actions": items(kinds({"button": BUTTON})),
            "slack_icon": anything,
        },
    ),
    at_least_one("hero_image", "title", "actions", "body"),
)
_ALONE: dict[str, Rule] = {
    "section": both(
        _block(
            "section",
            {},
            {
                "text": text(3000),
                "fields": items(text(2000), 1, 10),
                "accessory": ACCESSORY,
                "expand": boolean,
            },
        ),
        at_least_one("text", "fields"),
    ),
    "divider": _block("divider", {}),
    "header": _block("header", {"text": plain(150)}, {"level": whole(1, 4)}),
    "context": _block(
        "context",
        {
            "elements": items(
                kinds({"image": IMAGE, "mrkdwn": text(3000), "plain_text": text(3000)}), 1, 10
            )
        },
    ),
    "actions": _block("actions", {"elements": items(IN_ACTIONS, 1, 25)}),
    "context_actions": _block("context_actions", {"elements": items(CONTEXT_ACTIONS, 1, 5)}),
    "input": _block(
        "input",
        {"label": plain(2000), "element": IN_INPUT},
        {"hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "image": both(
        _block(
            "image",
            {"alt_text": string(2000, 1)},
            {"image_url": address, "slack_file": anything, "title": plain(2000)},
        ),
        exactly_one("image_url", "slack_file"),
    ),
    "rich_text": RICH_TEXT,
    "markdown": _block("markdown", {"text": string(12_000, 1)}),
    "table": TABLE,
    "data_table": DATA_TABLE,
    "data_visualization": CHART,
    "alert": _block(
        "alert",
        {"text": text(3000)},
        {"level": one_of("default", "info", "warning", "error", "success")},
    ),
    "card": CARD,
    "carousel": _block("carousel", {"elements": items(kinds({"card": CARD}), 1, 10)}),
    "plan": _block(
        "plan",
        {"title": string(None, 1)},
        {"tasks": items(thing(_TASK_FACTS, {**_TASK, "type": anything}))},
    ),
    "task_card": TASK_CARD,
    "file": _block("file", {"external_id": string(255, 1), "source": one_of("remote")}),
    "video": _block(
        "video",
        {
            "alt_text": string(2000),
            "title": plain(200),
            "thumbnail_url": address,
            "video_url": address,
        },
        {
            "author_name": string(50),
            "description": plain(200),
            "provider_icon_url": address,
            "provider_name": string(255),
            "title_url": address,
        },
    ),
}
_CHILDREN = {name: rule for name, rule in _ALONE.items() if name not in ("input", "alert")}
_ALONE["container"] = both(
    _block(
        "container",
        {"child_blocks": items(kinds(_CHILDREN), 1, 10)},
        {
            "title": plain(150),
            "rich_text_title": RICH_TEXT,
            "subtitle": text(150),
            "icon": IMAGE,
            "width": one_of("narrow", "standard", "wide", "full"),
            "is_collapsible": boolean,
            "default_collapsed": boolean,
            "has_header_divider": boolean,
        },
    ),
    at_least_one("title", "rich_text_title"),
)
BLOCKS = _ALONE

_NOT_IN: dict[str, frozenset[str]] = {
    "message": frozenset({"alert"}),
    "modal": frozenset(
        {
            "carousel",
            "container",
            "context_actions",
            "data_table",
            "data_visualization",
            "file",
            "markdown",
            "plan",
            "table",
            "task_card",
        }
    ),
    "home": frozenset(
        {
            "alert",
            "container",
            "context_actions",
            "data_table",
            "data_visualization",
            "file",
            "markdown",
            "plan",
            "table",
            "task_card",
        }
    ),
    "slackbot": frozenset({"alert", "context_actions", "plan", "task_card"}),
}


def rule_for(surface: str) -> Rule:
    """The rule for a block on this surface: ``message``, ``modal``, ``home`` or ``slackbot``."""
    return kinds({name: rule for name, rule in BLOCKS.items() if name not in _NOT_IN[surface]})
