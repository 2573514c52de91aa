"""Block Kit on its way in: Slack's own documents pass, what Slack refuses is refused and pointed
at.
"""

import copy
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.slack.block_kit.block_types import BLOCKS
from bot.playground.slack.block_kit.blocks import prepared
from bot.playground.slack.shapes import Json, Refused
from bot.playground.slack.world import World

DOCUMENTS = Path(__file__).resolve().parents[3] / "shared" / "data" / "slack" / "python-slack-sdk"
# the SDK's tests show these on purpose with something that Slack does not take
KNOWN_BAD = {
    "test_blocks.py:51",
    "test_blocks.py:773",
    "test_blocks.py:1017",
    "test_blocks.py:1300",
}


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain("Take"), "action_id": "take", **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def asked(element: Json) -> Json:
    return {"type": "input", "label": plain("Label"), "element": element}


def options(count: int) -> list[Json]:
    return [{"text": plain(f"Option {n}"), "value": str(n)} for n in range(count)]


def group(label: str) -> Json:
    return {"label": plain(label), "options": options(1)}


def confirmation(title: str) -> Json:
    return {"title": plain(title), "text": plain("x"), "confirm": plain("Yes"), "deny": plain("No")}


def select(**more: Any) -> Json:
    return {"type": "static_select", "action_id": "s", "options": options(2), **more}


def refusal(*blocks: Any, surface: str = "message") -> list[str]:
    with pytest.raises(Refused) as refused:
        prepared(World(), list(blocks), surface=surface)
    return refused.value.messages


def documents() -> Iterator[Any]:
    path = DOCUMENTS / "block_kit_documents.json"
    if not path.exists():
        yield pytest.param(
            {}, marks=pytest.mark.skip("Slack's own Block Kit documents are not here")
        )
        return
    for document in json.loads(path.read_text()):
        value = document["value"]
        if value.get("type") in set(BLOCKS) - {"image"} and document["from"] not in KNOWN_BAD:
            yield pytest.param(value, id=document["from"])


@pytest.mark.parametrize("document", list(documents()))
def test_slacks_own_documents_pass(document: Json) -> None:
    surface = "modal" if document["type"] == "alert" else "message"
    assert prepared(World(), [document], surface=surface)


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ({"type": "nonsense"}, "unsupported type: nonsense [json-pointer:/blocks/0/type]"),
        ({}, "missing required field: type [json-pointer:/blocks/0]"),
        ("text", "must provide an object [json-pointer:/blocks/0]"),
        ({"type": "section"}, "must define `text` or `fields` [json-pointer:/blocks/0]"),
        (
            {"type": "section", "text": plain("")},
            "must be more than 0 characters [json-pointer:/blocks/0/text/text]",
        ),
        (
            {"type": "section", "text": plain("x" * 3001)},
            "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
        ),
        (
            {"type": "section", "fields": [plain("x")] * 11},
            "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
        ),
        (
            {"type": "section", "fields": [plain("x" * 2001)]},
            "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
        ),
        (
            {"type": "section", "text": plain("x"), "colour": "red"},
            "invalid additional property: colour [json-pointer:/blocks/0]",
        ),
        ({"type": "header", "text": plain("x" * 151)}, "must be less than 151 characters"),
        ({"type": "header", "text": {"type": "mrkdwn", "text": "x"}}, "must be one of plain_text"),
        ({"type": "divider", "block_id": "x" * 256}, "must be less than 256 characters"),
        ({"type": "context", "elements": [plain("x")] * 11}, "no more than 10 items allowed"),
        ({"type": "context", "elements": []}, "no fewer than 1 items allowed"),
        (actions(*[button(action_id=str(n)) for n in range(26)]), "no more than 25 items allowed"),
        (actions(button(text=plain("x" * 76))), "must be less than 76 characters"),
        (actions(button(value="x" * 2001)), "must be less than 2001 characters"),
        (
            actions(button(url="https://x.example/" + "x" * 3000)),
            "must be less than 3001 characters",
        ),
        (actions(button(url="nowhere")), "must be a valid URL"),
        (actions(button(style="loud")), "must be one of primary, danger"),
        (actions(button(action_id="x" * 256)), "must be less than 256 characters"),
        (actions({"type": "button", "action_id": "x"}), "missing required field: text"),
        (
            actions({"type": "plain_text_input", "action_id": "x"}),
            "unsupported type: plain_text_input",
        ),
        (actions(select(options=options(101))), "no more than 100 items allowed"),
        (actions(select(options=[])), "no fewer than 1 items allowed"),
        (
            actions(select(option_groups=[group("x")])),
            "must define either `options` or `option_groups`",
        ),
        (
            actions(select(initial_option={"text": plain("No"), "value": "9"})),
            "initial option must match",
        ),
        (
            actions(select(options=[{"text": plain("x" * 76), "value": "1"}])),
            "must be less than 76 characters",
        ),
        (
            actions(select(options=[{"text": plain("x"), "value": "1" * 151}])),
            "must be less than 151 characters",
        ),
        (
            actions(select(options=[{"text": plain("x"), "value": ""}])),
            "must be more than 0 characters",
        ),
        (actions(select(placeholder=plain("x" * 151))), "must be less than 151 characters"),
        (
            actions({"type": "overflow", "action_id": "o", "options": options(6)}),
            "no more than 5 items allowed",
        ),
        (
            actions({"type": "checkboxes", "action_id": "c", "options": options(11)}),
            "no more than 10 items allowed",
        ),
        (
            actions({"type": "datepicker", "action_id": "d", "initial_date": "1 May"}),
            "must be a date",
        ),
        (
            actions({"type": "timepicker", "action_id": "d", "initial_time": "25:00"}),
            "must be a time",
        ),
        (
            actions(button(confirm=confirmation("x" * 101))),
            "must be less than 101 characters "
            "[json-pointer:/blocks/0/elements/0/confirm/title/text]",
        ),
        (asked(button()), "unsupported type: button"),
        ({"type": "input", "element": select()}, "missing required field: label"),
        (
            asked({"type": "plain_text_input", "action_id": "x", "max_length": 3001}),
            "less than or equal to 3000",
        ),
        (
            asked({"type": "number_input", "action_id": "x"}),
            "missing required field: is_decimal_allowed",
        ),
        (
            asked({"type": "file_input", "action_id": "x", "max_files": 11}),
            "less than or equal to 10",
        ),
        (
            {"type": "image", "image_url": "https://x.example/a.png"},
            "missing required field: alt_text",
        ),
        ({"type": "image", "alt_text": "x"}, "must define either `image_url` or `slack_file`"),
        ({"type": "markdown", "text": "x" * 12_001}, "must be less than 12001 characters"),
        (
            {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]] * 101},
            "no more than 100 items allowed",
        ),
        (
            {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * 21]},
            "no more than 20 items allowed",
        ),
        (
            {"type": "table", "rows": [[{"type": "raw_text", "text": "x" * 10_001}]]},
            "must be less than 10001",
        ),
        ({"type": "alert", "text": plain("x")}, "unsupported type: alert"),
        (
            {
                "type": "data_visualization",
                "title": "x" * 51,
                "chart": {"type": "pie", "segments": []},
            },
            "less than 51",
        ),
        ({"type": "rich_text", "elements": [{"type": "paragraph"}]}, "unsupported type: paragraph"),
    ],
)
def test_what_slack_refuses_is_refused_and_pointed_at(block: Any, message: str) -> None:
    assert message in " ".join(refusal(block))


def test_fifty_blocks_in_a_message_a_hundred_in_a_view() -> None:
    divider = {"type": "divider"}
    assert len(prepared(World(), [divider] * 50)) == 50
    assert refusal(*[divider] * 51) == [
        "[ERROR] no more than 50 items allowed [json-pointer:/blocks]"
    ]
    assert len(prepared(World(), [divider] * 100, surface="home")) == 100
    assert refusal(*[divider] * 101, surface="modal") == [
        "[ERROR] no more than 100 items allowed [json-pointer:/blocks]"
    ]


def test_an_action_id_is_unique_in_its_block_and_a_block_id_among_blocks() -> None:
    assert "action_id already exists: take" in refusal(actions(button(), button()))[0]
    assert prepared(World(), [actions(button()), actions(button())])
    divider = {"type": "divider", "block_id": "d"}
    assert "block_id already exists: d" in refusal(divider, divider)[0]


def test_one_table_and_two_charts_in_a_message() -> None:
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}
    assert "only_one_table_allowed" in refusal(table, table)[0]
    segment = {"label": "x", "value": 1}
    chart = {
        "type": "data_visualization",
        "title": "x",
        "chart": {"type": "pie", "segments": [segment]},
    }
    assert prepared(World(), [chart, chart])
    assert "no more than 2 data_visualization" in refusal(chart, chart, chart)[0]


@pytest.mark.parametrize(
    "kind", ["table", "markdown", "container", "context_actions", "plan", "data_table"]
)
@pytest.mark.parametrize("surface", ["modal", "home"])
def test_some_blocks_stand_in_messages_only(kind: str, surface: str) -> None:
    assert f"unsupported type: {kind}" in refusal({"type": kind}, surface=surface)[0]


def test_what_has_no_id_gets_one() -> None:
    row, field = prepared(
        World(), [actions(button(action_id="")), asked({"type": "plain_text_input"})]
    )
    assert row["block_id"] != field["block_id"]
    assert row["elements"][0]["action_id"]
    assert field["element"]["action_id"]


def test_every_mistake_is_named_at_once() -> None:
    assert (
        len(refusal({"type": "nonsense"}, actions(button(style="loud")), {"type": "section"})) == 3
    )


WORLD = World(seed=1)
NAMES = st.sampled_from(
    ["type", "text", "elements", "options", "value", "rows", "section", "button"]
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | NAMES,
    lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner),
    max_leaves=12,
)


@given(ANYTHING)
def test_nonsense_is_refused_never_a_crash(nonsense: Any) -> None:
    for block in (
        nonsense,
        {"type": "section", "text": nonsense},
        actions(nonsense),
        asked(nonsense),
    ):
        with suppress(Refused):
            assert prepared(WORLD, [copy.deepcopy(block)])
