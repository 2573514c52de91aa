"""Block Kit on the page: every documented block is drawn, elements hold and tell Slack's values,
nothing harmful.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.playground.server import Playground
from bot.playground.slack.company import company
from bot.playground.slack.shapes import Json
from tests.browser import Windows, browser  # noqa: F401

pytestmark = pytest.mark.browser

SET_UP = """
async () => {
  const { setReader } = await import('/static/reader.js');
  const { Surface } = await import('/static/surface.js');
  const { renderBlocks } = await import('/static/blocks.js');
  const people = [{ id: 'U1', name: 'Anna Zielińska' }, { id: 'U2', name: 'Kata Szabó' }, { id: 'B1', name: 'Bot', is_bot: true }];
  const channels = [
    { id: 'C1', name: 'front-desk', kind: 'public' }, { id: 'C2', name: 'bo-hr', kind: 'private' },
    { id: 'D1', name: '', kind: 'im', peer: 'U2' },
  ];
  setReader({
    me: 'U1', locale: 'pl-PL', tz: 'Europe/Warsaw', now: () => Date.parse('2026-11-22T10:00:00Z'),
    people: () => people, channels: () => channels, currentChannel: () => 'C1',
    person: (id) => people.find((one) => one.id === id) ?? null,
    channel: (id) => channels.find((one) => one.id === id) ?? null,
  });
  window.told = [];
  window.asked = [];
  window.offer = { options: [] };
  const surface = new Surface({ type: 'view', view_id: 'V1' }, {
    act: async (request) => { window.told.push(request); return { ok: true }; },
    suggest: async (request) => { window.asked.push(request.value); return window.offer; },
  });
  window.surface = surface;
  window.drawBlocks = (blocks) => {
    surface.begin();
    document.body.replaceChildren(renderBlocks(blocks, surface));
  };
}
"""
ELEMENTS = (
    "button",
    "overflow",
    "checkboxes",
    "radio_buttons",
    "workflow_button",
    "datepicker",
    "timepicker",
    "datetimepicker",
)
KEPT = (
    "type",
    "block_id",
    "action_id",
    "style",
    "status",
    "level",
    "width",
    "align",
    "source",
    "initial_date",
    "initial_time",
    "timezone",
    "icon",
)


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:  # noqa: F811
    with Playground(company(seed=1)) as playground:
        windows = Windows(browser)
        yield windows.lab(playground.url)
        windows.close()
        assert windows.errors == []


@pytest.fixture
def lab(page: Page) -> Page:
    page.evaluate(SET_UP)
    return page


def draw(lab: Page, *blocks: Json) -> None:
    lab.evaluate("(blocks) => window.drawBlocks(blocks)", list(blocks))


def told(lab: Page) -> list[Json]:
    return list(lab.evaluate("() => window.told"))


def value_of(lab: Page, block_id: str = "b") -> Any:
    return lab.evaluate("(id) => window.surface.state()[id]?.a", block_id)


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(value: str, text: str = "") -> Json:
    return {"text": plain(text or value.title()), "value": value}


def input_block(element: Json, **more: Any) -> Json:
    return {
        "type": "input",
        "block_id": "b",
        "label": plain("Label"),
        "element": {"action_id": "a", **element},
        **more,
    }


def actions(*elements: Json) -> Json:
    return {"type": "actions", "block_id": "b", "elements": list(elements)}


def documents(data: Path) -> list[Json]:
    """Every block that the SDK's tests hold; elements stand in a block that may hold them."""
    path = data / "slack" / "python-slack-sdk" / "block_kit_documents.json"
    blocks = []
    for at, document in enumerate(json.loads(path.read_text())):
        value = document["value"]
        kind = value.get("type", "")
        if kind in ELEMENTS or kind.endswith(("_select", "_input")):
            blocks.append(actions({"action_id": "a", **value}) | {"block_id": f"d{at}"})
        elif kind not in ("raw_text", "feedback_buttons", "icon_button", "call", ""):
            blocks.append({**value, "block_id": f"d{at}"})
    return blocks


def test_every_documented_block_is_drawn(lab: Page, data: Path) -> None:
    blocks = documents(data)
    draw(lab, *blocks)
    assert len(blocks) > 100
    assert lab.locator(".unknown").all_inner_texts() == []
    assert lab.locator("[data-block]").count() >= len(blocks)


def test_no_text_of_a_block_becomes_markup(lab: Page, data: Path) -> None:
    def poisoned(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: poisoned(each, name) for name, each in value.items()}
        if isinstance(value, list):
            return [poisoned(each, key) for each in value]
        if isinstance(value, str) and key.endswith(("url", "link")):
            return "javascript:window.harmed=1"
        return (
            value
            if key in KEPT or not isinstance(value, str)
            else "<img src=x onerror='window.harmed=1'>" + value
        )

    draw(lab, *poisoned(documents(data)))
    found = lab.evaluate(
        """() => [
          document.querySelectorAll('img[src="x"], script, iframe, [onerror], [href^="javascript"]').length,
          window.harmed ?? null,
        ]"""
    )
    assert found == [0, None]


def test_a_block_of_tomorrow_says_what_it_is(lab: Page) -> None:
    draw(lab, {"type": "hologram"})
    expect(lab.locator(".unknown")).to_contain_text("hologram")


STATES: list[tuple[Json, str, Json]] = [
    (
        {"type": "plain_text_input", "initial_value": "x"},
        "",
        {"type": "plain_text_input", "value": "x"},
    ),
    ({"type": "plain_text_input"}, "", {"type": "plain_text_input", "value": None}),
    (
        {"type": "plain_text_input", "multiline": True},
        "a\nb",
        {"type": "plain_text_input", "value": "a\nb"},
    ),
    (
        {"type": "number_input", "is_decimal_allowed": True},
        "12,5",
        {"type": "number_input", "value": "12.5"},
    ),
    ({"type": "email_text_input"}, "a@b.pl", {"type": "email_text_input", "value": "a@b.pl"}),
    (
        {"type": "url_text_input"},
        "https://a.pl",
        {"type": "url_text_input", "value": "https://a.pl"},
    ),
    ({"type": "datepicker"}, "3.12.2026", {"type": "datepicker", "selected_date": "2026-12-03"}),
    ({"type": "datepicker"}, "2026-12-03", {"type": "datepicker", "selected_date": "2026-12-03"}),
    ({"type": "datepicker"}, "31.2.2026", {"type": "datepicker", "selected_date": None}),
    ({"type": "timepicker"}, "14:05", {"type": "timepicker", "selected_time": "14:05"}),
    (
        {"type": "datetimepicker", "initial_date_time": 1795428000},
        "4.12.2026",
        {"type": "datetimepicker", "selected_date_time": 1796378400},
    ),
    (
        {"type": "users_select", "initial_user": "U2"},
        "",
        {"type": "users_select", "selected_user": "U2"},
    ),
    (
        {"type": "conversations_select", "default_to_current_conversation": True},
        "",
        {"type": "conversations_select", "selected_conversation": "C1"},
    ),
    (
        {
            "type": "checkboxes",
            "options": [option("x"), option("y")],
            "initial_options": [option("y")],
        },
        "",
        {"type": "checkboxes", "selected_options": [option("y")]},
    ),
]


@pytest.mark.parametrize(("element", "typed", "value"), STATES)
def test_fields_hold_the_values_of_slack(lab: Page, element: Json, typed: str, value: Json) -> None:
    draw(lab, input_block(element))
    if typed:
        lab.get_by_label("Label").fill(typed)
        lab.get_by_label("Label").press("Tab")
    assert value_of(lab) == value
    assert told(lab) == []


def test_rich_text_is_sent_as_slacks_block(lab: Page) -> None:
    draw(lab, input_block({"type": "rich_text_input"}))
    lab.get_by_label("Label").fill("*now*")
    bold = {"type": "text", "text": "now", "style": {"bold": True}}
    section = {"type": "rich_text_section", "elements": [bold]}
    assert value_of(lab)["rich_text_value"] == {"type": "rich_text", "elements": [section]}


def test_a_select_is_filtered_by_typing_and_chosen_by_keys(lab: Page) -> None:
    groups = [
        {
            "label": plain("IT"),
            "options": [option("repair", "Naprawa sprzętu"), option("access", "Dostęp")],
        },
        {"label": plain("HR"), "options": [option("leave", "Urlop")]},
    ]
    draw(lab, input_block({"type": "static_select", "option_groups": groups}))
    field = lab.get_by_label("Label")
    field.press("ArrowDown")
    assert lab.locator(".listbox-group").all_inner_texts() == ["IT", "HR"]
    field.press_sequentially("dostep")
    expect(lab.get_by_role("option")).to_have_count(1)
    field.press("Enter")
    assert value_of(lab)["selected_option"] == option("access", "Dostęp")
    assert field.input_value() == "Dostęp"
    field.press("ArrowDown")
    field.press("ArrowDown")
    field.press("Escape")
    assert value_of(lab)["selected_option"]["value"] == "access"


def test_several_people_are_chosen_and_taken_back(lab: Page) -> None:
    draw(lab, input_block({"type": "multi_users_select", "max_selected_items": 2}))
    field = lab.get_by_label("Label")
    field.click()
    expect(lab.locator(".option-label")).to_have_text(["Anna Zielińska", "Kata Szabó"])
    lab.get_by_role("option", name="Kata").click()
    lab.get_by_role("option", name="Anna").click()
    removals = lab.get_by_role("button", name="Remove")
    expect(removals).to_have_count(2)
    assert value_of(lab)["selected_users"] == ["U2", "U1"]
    field.press("Backspace")
    expect(removals).to_have_count(1)
    lab.get_by_role("button", name="Remove Kata Szabó").click()
    expect(removals).to_have_count(0)
    assert value_of(lab)["selected_users"] == []


def test_an_external_select_asks_once_when_enough_is_typed(lab: Page) -> None:
    lab.evaluate("(options) => { window.offer = { options }; }", [option("7", "Kowalska")])
    draw(lab, input_block({"type": "external_select", "min_query_length": 3}))
    field = lab.get_by_label("Label")
    field.press_sequentially("ko")
    expect(lab.locator(".listbox-note")).to_contain_text("3")
    field.press_sequentially("wal", delay=20)
    lab.get_by_role("option", name="Kowalska").click()
    assert value_of(lab)["selected_option"] == option("7", "Kowalska")
    assert lab.evaluate("() => window.asked") == ["kowal"]


def test_an_element_outside_inputs_tells_the_app_at_once(lab: Page) -> None:
    select = {"type": "static_select", "action_id": "a", "options": [option("low"), option("high")]}
    button = {"type": "button", "action_id": "go", "text": plain("Go"), "value": "1"}
    draw(lab, actions(select, button))
    lab.get_by_role("combobox").click()
    lab.get_by_role("option", name="High").click()
    lab.get_by_role("button", name="Go").click()
    first, second = told(lab)
    assert (first["block_id"], first["action_id"]) == ("b", "a")
    assert first["action"] == {"type": "static_select", "selected_option": option("high")}
    assert second["action"] == {"type": "button", "text": plain("Go"), "value": "1"}
    assert second["state"]["b"]["a"]["selected_option"] == option("high")


def test_an_input_tells_only_when_it_is_told_to(lab: Page) -> None:
    element = {"type": "plain_text_input"}
    draw(lab, input_block(element), input_block(element, dispatch_action=True) | {"block_id": "c"})
    for field in lab.get_by_label("Label").all():
        field.fill("x")
        field.press("Enter")
    assert [request["block_id"] for request in told(lab)] == ["c"]


def test_a_confirmation_is_asked_and_a_no_takes_it_back(lab: Page) -> None:
    asks = {
        "title": plain("Sure?"),
        "text": plain("Really."),
        "confirm": plain("Do it"),
        "deny": plain("No"),
    }
    box = {"type": "checkboxes", "action_id": "a", "options": [option("x")], "confirm": asks}
    draw(lab, actions(box))
    lab.get_by_role("checkbox").check()
    lab.get_by_role("button", name="No").click()
    expect(lab.get_by_role("checkbox")).not_to_be_checked()
    assert told(lab) == []
    lab.get_by_role("checkbox").check()
    lab.get_by_role("dialog").get_by_role("button", name="Do it").click()
    expect(lab.get_by_role("checkbox")).to_be_checked()
    assert told(lab)[0]["action"]["selected_options"] == [option("x")]


def test_an_overflow_menu_is_walked_by_keys(lab: Page) -> None:
    draw(
        lab,
        actions({"type": "overflow", "action_id": "a", "options": [option("one"), option("two")]}),
    )
    lab.get_by_role("button", name="More").press("Enter")
    lab.keyboard.press("ArrowDown")
    lab.keyboard.press("Enter")
    assert told(lab)[0]["action"] == {"type": "overflow", "selected_option": option("two")}


def test_a_date_is_chosen_in_a_calendar_by_keys(lab: Page) -> None:
    draw(lab, input_block({"type": "datepicker", "initial_date": "2026-11-30"}))
    field = lab.get_by_label("Label")
    assert field.input_value() == "30 lis 2026"
    field.press("ArrowDown")
    lab.keyboard.press("ArrowRight")
    lab.keyboard.press("ArrowDown")
    lab.keyboard.press("Enter")
    assert value_of(lab)["selected_date"] == "2026-12-08"
    assert field.input_value() == "8 gru 2026"


def test_values_survive_an_update_where_ids_and_type_are_the_same(lab: Page) -> None:
    draw(lab, input_block({"type": "plain_text_input"}))
    lab.get_by_label("Label").fill("kept")
    draw(
        lab, {"type": "divider"}, input_block({"type": "plain_text_input", "initial_value": "new"})
    )
    assert lab.get_by_label("Label").input_value() == "kept"
    draw(lab, input_block({"type": "email_text_input", "initial_value": "n@e.pl"}))
    assert value_of(lab)["value"] == "n@e.pl"


PROBLEMS: list[tuple[Json, Json, str | None]] = [
    ({"type": "plain_text_input"}, {"value": "  "}, "Please fill this in."),
    (
        {"type": "plain_text_input", "min_length": 5},
        {"value": "abc"},
        "At least 5 characters, please.",
    ),
    (
        {"type": "plain_text_input", "max_length": 2},
        {"value": "abc"},
        "At most 2 characters, please.",
    ),
    ({"type": "email_text_input"}, {"value": "anna"}, "This is not an e-mail address."),
    ({"type": "email_text_input"}, {"value": "anna@kowalska.pl"}, None),
    (
        {"type": "url_text_input"},
        {"value": "kowalska"},
        "This is not a web address. It begins with https:// or http://.",
    ),
    (
        {"type": "number_input", "is_decimal_allowed": False},
        {"value": "1.5"},
        "A whole number, please.",
    ),
    ({"type": "number_input", "is_decimal_allowed": True}, {"value": "1,5"}, None),
    (
        {"type": "number_input", "is_decimal_allowed": True, "min_value": "2"},
        {"value": "1.5"},
        "At least 2, please.",
    ),
    (
        {"type": "number_input", "is_decimal_allowed": True, "max_value": "1"},
        {"value": "1.5"},
        "At most 1, please.",
    ),
    (
        {"type": "number_input", "is_decimal_allowed": True},
        {"value": "many"},
        "This is not a number.",
    ),
    ({"type": "checkboxes"}, {"selected_options": []}, "Please fill this in."),
    ({"type": "rich_text_input"}, {"rich_text_value": None}, "Please fill this in."),
    ({"type": "file_input"}, {"files": [{"id": "F1"}]}, None),
]


@pytest.mark.parametrize(("element", "value", "sentence"), PROBLEMS)
def test_forms_are_checked_as_slacks_client_does(
    lab: Page, element: Json, value: Json, sentence: str | None
) -> None:
    field = {
        "block": {"type": "input"},
        "element": element,
        "value": {"type": element["type"], **value},
    }
    check = "async (field) => (await import('/static/validate.js')).problemWith(field)"
    assert lab.evaluate(check, field) == sentence
    empty = field | {
        "block": {"type": "input", "optional": True},
        "value": {"type": element["type"], "value": None},
    }
    assert lab.evaluate(check, empty) is None


def test_a_data_table_is_sorted_filtered_and_turned(lab: Page) -> None:
    head = [{"type": "raw_text", "text": name} for name in ("Customer", "Days")]
    rows = [
        [{"type": "raw_text", "text": f"Firma {at}"}, {"type": "raw_number", "value": at}]
        for at in (9, 10, 2, 33)
    ]
    draw(lab, {"type": "data_table", "caption": "Overdue", "page_size": 3, "rows": [head, *rows]})
    lab.get_by_role("button", name="Days").click()
    assert lab.get_by_role("rowheader").all_inner_texts() == ["Firma 2", "Firma 9", "Firma 10"]
    lab.get_by_role("button", name="Next").click()
    assert lab.get_by_role("rowheader").all_inner_texts() == ["Firma 33"]
    lab.get_by_role("searchbox").fill("10")
    assert lab.get_by_role("rowheader").all_inner_texts() == ["Firma 10"]


def test_only_those_named_see_an_icon_button(lab: Page) -> None:
    one = {
        "type": "icon_button",
        "icon": "trash",
        "text": plain("Delete"),
        "visible_to_user_ids": ["U2"],
    }
    other = {
        "type": "icon_button",
        "icon": "trash",
        "text": plain("Remove"),
        "visible_to_user_ids": ["U1"],
    }
    draw(lab, {"type": "context_actions", "elements": [one, other]})
    assert [button.inner_text() for button in lab.get_by_role("button").all()] == ["Remove"]
