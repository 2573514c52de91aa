# ruff: noqa: F811  (fixtures are parameters of their own name)
"""Modals on the page: checked, sent, refused under the fields, stacked, updated, closed; and an app
that is silent.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.slack.shapes import Json
from bot.playground.slack.wire.deliveries import Answer, Delivery
from tests.browser import Windows, browser, windows  # noqa: F401
from tests.playground.tiny_bot import TinyBot

pytestmark = pytest.mark.browser
Handler = Callable[[Json, AsyncWebClient], Awaitable[Any]]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def text_input(block_id: str, label: str, **element: Any) -> Json:
    dispatch = {"dispatch_action": True} if element.pop("dispatch", False) else {}
    optional = {"optional": True} if element.pop("optional", False) else {}
    inside = {"type": "plain_text_input", "action_id": "a", **element}
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": inside,
        **dispatch,
        **optional,
    }


def form(*blocks: Json, title: str = "Order", callback_id: str = "form", **more: Any) -> Json:
    view = {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title),
        "submit": plain("Send"),
    }
    return view | {"blocks": list(blocks)} | more


WHAT = text_input("what", "What", min_length=3)
MAIL = text_input("mail", "Customer's mail", type="email_text_input", optional=True)


def opens(view: Json) -> Handler:
    async def handle(body: Json, client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    return handle


def answers(answer: Json | None) -> Handler:
    async def handle(body: Json, client: AsyncWebClient) -> Json | None:
        return answer

    return handle


def ordering(windows: Windows, bot: TinyBot, view: Json, who: str = "U0EMMA") -> Page:
    """A window in which this person has typed the command that opens `view`."""
    bot.on["/order"] = opens(view)
    page = windows.open(f"{bot.playground.url}/?as={who}")
    composer = page.locator(".composer-input")
    composer.fill("/order")
    composer.press("Enter")
    expect(page.get_by_role("dialog", name=view["title"]["text"])).to_be_visible()
    return page


def send(page: Page) -> None:
    page.get_by_role("dialog").get_by_role("button", name="Send").click()


def test_what_is_missing_is_said_under_the_field_and_not_sent(
    windows: Windows, bot: TinyBot
) -> None:
    page = ordering(windows, bot, form(WHAT, MAIL))
    page.get_by_label("Customer's mail").fill("nobody")
    send(page)
    fields = page.locator(".field-wrong .field-error")
    expect(fields).to_have_text(["Please fill this in.", "This is not an e-mail address."])
    expect(page.get_by_label("What")).to_be_focused()
    expect(page.get_by_label("What")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("What").fill("Paper")
    expect(fields).to_have_text(["This is not an e-mail address."])
    assert bot.heard("view_submission:form") == []


def test_a_good_form_is_sent_and_closes(windows: Windows, bot: TinyBot) -> None:
    page = ordering(windows, bot, form(WHAT, MAIL))
    page.get_by_label("What").fill("Paper")
    page.get_by_label("What").press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    values = bot.heard("view_submission:form")[0]["view"]["state"]["values"]
    assert values["what"]["a"] == {"type": "plain_text_input", "value": "Paper"}
    assert values["mail"]["a"]["value"] is None
    expect(page.locator(".composer-input")).to_be_focused()


def test_the_apps_errors_stand_under_the_fields_and_what_was_typed_stays(
    windows: Windows,
    bot: TinyBot,
) -> None:
    page = ordering(windows, bot, form(WHAT, MAIL))
    refusal = {"response_action": "errors", "errors": {"what": "We have none of this."}}
    bot.on["view_submission:form"] = answers(refusal)
    page.get_by_label("What").fill("Unicorns")
    send(page)
    expect(page.locator(".field-wrong .field-error")).to_have_text(["We have none of this."])
    expect(page.get_by_label("What")).to_have_value("Unicorns")
    bot.on["view_submission:form"] = answers(None)
    page.get_by_label("What").fill("Paper")
    send(page)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_views_are_stacked_and_the_lower_one_keeps_what_was_typed(
    windows: Windows, bot: TinyBot
) -> None:
    page = ordering(windows, bot, form(WHAT))
    second = form(text_input("why", "Why"), title="Reason", callback_id="why")
    bot.on["view_submission:form"] = answers({"response_action": "push", "view": second})
    page.get_by_label("What").fill("Paper")
    send(page)
    expect(page.get_by_role("dialog", name="Reason")).to_be_visible()
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_role("dialog", name="Order")).to_be_visible()
    expect(page.get_by_label("What")).to_have_value("Paper")
    send(page)
    bot.on["view_submission:why"] = answers({"response_action": "clear"})
    page.get_by_label("Why").fill("Because")
    send(page)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_an_update_keeps_values_and_the_cursor(windows: Windows, bot: TinyBot) -> None:
    every_letter = {"trigger_actions_on": ["on_character_entered"]}
    told = text_input("what", "What", dispatch=True, dispatch_action_config=every_letter)

    async def grows(body: Json, client: AsyncWebClient) -> None:
        note = {"type": "context", "block_id": "note", "elements": [plain("In stock.")]}
        await client.views_update(view_id=body["view"]["id"], view=form(note, told, MAIL))

    bot.on["a"] = grows
    page = ordering(windows, bot, form(told, MAIL))
    page.get_by_label("Customer's mail").fill("a@b.pl")
    page.get_by_label("What").press_sequentially("Pap")
    expect(page.get_by_text("In stock.")).to_be_visible()
    expect(page.get_by_label("What")).to_be_focused()
    page.keyboard.type("er")
    expect(page.get_by_label("What")).to_have_value("Paper")
    expect(page.get_by_label("Customer's mail")).to_have_value("a@b.pl")


def test_escape_closes_everything_and_the_app_is_told(windows: Windows, bot: TinyBot) -> None:
    page = ordering(windows, bot, form(WHAT, notify_on_close=True))
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    bot.run(bot.world.deliveries.quiet())
    assert bot.heard("view_closed:form")[0]["is_cleared"] is True


def test_cancel_closes_this_view_only(windows: Windows, bot: TinyBot) -> None:
    page = ordering(windows, bot, form(WHAT, notify_on_close=True, close=plain("Never mind")))
    page.get_by_role("button", name="Never mind").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    bot.run(bot.world.deliveries.quiet())
    assert bot.heard("view_closed:form")[0]["is_cleared"] is False


def test_a_form_that_is_open_stands_there_after_the_page_is_read_again(
    windows: Windows,
    bot: TinyBot,
) -> None:
    page = ordering(windows, bot, form(text_input("what", "What", initial_value="Paper")))
    page.reload()
    expect(page.get_by_label("What")).to_have_value("Paper")


async def silent(delivery: Delivery) -> Answer:
    return Answer(0, reason="http_timeout")


def test_a_silent_app_is_told_to_the_person_who_may_try_again(
    windows: Windows, bot: TinyBot
) -> None:
    page = ordering(windows, bot, form(WHAT))
    page.get_by_label("What").fill("Paper")
    bot.world.deliveries.transport = silent
    send(page)
    expect(page.locator(".toast")).to_contain_text("did not answer in time")
    expect(page.get_by_label("What")).to_have_value("Paper")
    bot.world.deliveries.transport = bot.transport
    send(page)
    expect(page.get_by_role("dialog")).to_have_count(0)
