"""views.*: triggers, the stack of three, hashes, what a form keeps, Home."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.server import Playground
from bot.playground.slack.clock import TurnedClock
from bot.playground.slack.company import company
from bot.playground.slack.shapes import Json
from bot.playground.slack.wire.deliveries import Timing
from tests.driver import Office
from tests.playground.tiny_bot import MANIFEST, TinyBot


def text_input(block_id: str, **element: Any) -> Json:
    asked = {"type": "plain_text_input", "action_id": "a", **element}
    return {
        "type": "input",
        "block_id": block_id,
        "label": {"type": "plain_text", "text": block_id},
        "element": asked,
    }


def modal(*blocks: Json, **more: Any) -> Json:
    title = {"type": "plain_text", "text": more.pop("titled", "Form")}
    shell = {
        "type": "modal",
        "callback_id": "form",
        "title": title,
        "submit": {"type": "plain_text", "text": "Send"},
    }
    return {**shell, "blocks": list(blocks) or [text_input("what")], **more}


def home(*blocks: Json) -> Json:
    return {"type": "home", "blocks": list(blocks) or [{"type": "divider"}]}


def trigger(bot: TinyBot, office: Office, who: str = "anna") -> str:
    office[who].types("/order", "#general")
    return str(bot.told[-1]["trigger_id"])


def test_a_trigger_opens_one_view_once(bot: TinyBot, office: Office) -> None:
    id = trigger(bot, office)
    opened = bot.calls("views.open", trigger_id=id, view=modal())
    assert opened["view"]["root_view_id"] == opened["view"]["id"]
    assert bot.calls("views.open", trigger_id=id, view=modal())["error"] == "exchanged_trigger_id"
    assert (
        bot.calls("views.open", trigger_id="1.2.x", view=modal())["error"] == "invalid_trigger_id"
    )


def test_a_trigger_lives_three_real_seconds() -> None:
    seconds = [0.0]
    clock = TurnedClock(ticks=lambda: seconds[0])
    with Playground(company(MANIFEST, clock=clock)) as playground:
        bot = TinyBot(playground)
        playground.world.deliveries.transport = bot.transport
        id = trigger(bot, Office(playground))
        clock.turn(86_400)
        seconds[0] = 3.01
        assert bot.calls("views.open", trigger_id=id, view=modal())["error"] == "expired_trigger_id"


def test_a_bad_view_does_not_use_up_the_trigger(bot: TinyBot, office: Office) -> None:
    id = trigger(bot, office)
    assert (
        bot.calls("views.open", trigger_id=id, view={"type": "modal"})["error"]
        == "invalid_arguments"
    )
    assert bot.calls("views.open", trigger_id=id, view=modal())["ok"]


@pytest.mark.parametrize(
    ("view", "message"),
    [
        (modal(titled="x" * 25), "title"),
        (modal(submit=None), "missing required field: submit"),
        (modal(private_metadata="x" * 3001), "private_metadata"),
        (modal(callback_id="x" * 256), "callback_id"),
        (modal(close={"type": "plain_text", "text": "x" * 25}), "close"),
        (
            modal(*[{"type": "divider"}] * 101),
            "no more than 100 items allowed [json-pointer:/view/blocks]",
        ),
        (modal(text_input("a"), text_input("a")), "block_id already exists: a"),
        (
            modal(text_input("a", max_length=3001)),
            "[json-pointer:/view/blocks/0/element/max_length]",
        ),
        (
            modal({"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}),
            "unsupported type: table",
        ),
        (home(), "must be one of modal"),
    ],
)
def test_a_view_is_checked_on_its_way_in(
    bot: TinyBot, office: Office, view: Json, message: str
) -> None:
    answer = bot.calls("views.open", trigger_id=trigger(bot, office), view=view)
    assert answer["error"] == "invalid_arguments"
    assert message in " ".join(answer["response_metadata"]["messages"])


def test_a_view_over_250_kilobytes_is_refused(bot: TinyBot, office: Office) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2900}}] * 90
    assert (
        bot.calls("views.open", trigger_id=trigger(bot, office), view=modal(*blocks))["error"]
        == "view_too_large"
    )


def test_an_external_id_is_unique_and_finds_the_view(bot: TinyBot, office: Office) -> None:
    first = bot.calls(
        "views.open", trigger_id=trigger(bot, office), view=modal(external_id="order-1")
    )["view"]
    taken = bot.calls(
        "views.open", trigger_id=trigger(bot, office, "kata"), view=modal(external_id="order-1")
    )
    assert taken["error"] == "duplicate_external_id"
    found = bot.calls("views.update", external_id="order-1", view=modal(external_id="order-1"))[
        "view"
    ]
    assert found["id"] == first["id"]


async def _push(body: Json, client: AsyncWebClient) -> None:
    await client.views_push(trigger_id=body["trigger_id"], view=modal({**_BUTTON_ROW}))


_BUTTON_ROW: Json = {
    "type": "actions",
    "elements": [
        {"type": "button", "action_id": "deeper", "text": {"type": "plain_text", "text": "Deeper"}}
    ],
}


def test_the_stack_is_three_deep(bot: TinyBot, office: Office) -> None:
    anna = office.anna
    bot.calls("views.open", trigger_id=trigger(bot, office), view=modal(_BUTTON_ROW))
    bot.on["deeper"] = _push
    anna.clicks("Deeper").clicks("Deeper")
    assert len(bot.world.stacks["U0ANNA"]) == 3
    bot.on.clear()
    anna.clicks("Deeper")
    last = bot.heard("deeper")[-1]
    answer = bot.calls("views.push", trigger_id=last["trigger_id"], view=modal())
    assert answer["error"] == "push_limit_reached"
    anna.closes()
    assert len(bot.world.stacks["U0ANNA"]) == 2


def test_a_push_needs_a_trigger_from_inside_a_view(bot: TinyBot, office: Office) -> None:
    assert (
        bot.calls("views.push", trigger_id=trigger(bot, office), view=modal())["error"]
        == "not_found"
    )


def test_an_update_keeps_what_was_typed_into_the_same_fields(bot: TinyBot, office: Office) -> None:
    view = bot.calls(
        "views.open", trigger_id=trigger(bot, office), view=modal(text_input("a"), text_input("b"))
    )["view"]
    office.anna.fills(a="one", b="two")
    fresh = modal(text_input("a"), text_input("c", initial_value="three"))
    updated = bot.calls("views.update", view_id=view["id"], hash=view["hash"], view=fresh)["view"]
    assert updated["state"]["values"]["a"]["a"]["value"] == "one"
    assert updated["state"]["values"]["c"]["a"]["value"] == "three"
    stale = bot.calls("views.update", view_id=view["id"], hash=view["hash"], view=fresh)
    assert stale["error"] == "hash_conflict"


def test_a_closed_view_is_not_found(bot: TinyBot, office: Office) -> None:
    view = bot.calls("views.open", trigger_id=trigger(bot, office), view=modal())["view"]
    office.anna.closes()
    assert bot.calls("views.update", view_id=view["id"], view=modal())["error"] == "not_found"


def test_home_is_published_for_a_colleague_and_told_when_opened(
    bot: TinyBot, office: Office
) -> None:
    first = bot.calls("views.publish", user_id="U0ANNA", view=home())["view"]
    again = bot.calls("views.publish", user_id="U0ANNA", view=home(), hash=first["hash"])["view"]
    assert again["id"] == first["id"]
    assert (
        bot.calls("views.publish", user_id="U0ANNA", view=home(), hash=first["hash"])["error"]
        == "hash_conflict"
    )
    office.anna.opens_home()
    event = bot.heard("app_home_opened")[0]["event"]
    assert (event["tab"], event["view"]["id"]) == ("home", first["id"])


@pytest.mark.parametrize("user", ["U0NOBODY", "U0KOWALSKA"])
def test_home_of_a_stranger_is_refused(bot: TinyBot, user: str) -> None:
    assert bot.calls("views.publish", user_id=user, view=home())["error"] == "invalid_arguments"


def test_home_needs_its_tab_in_the_manifest() -> None:
    without = {
        **MANIFEST,
        "features": {**MANIFEST["features"], "app_home": {"home_tab_enabled": False}},
    }
    with Playground(company(without, timing=Timing())) as playground:
        assert (
            TinyBot(playground).calls("views.publish", user_id="U0ANNA", view=home())["error"]
            == "not_enabled"
        )
