"""What people do to the app: commands, clicks, forms, shortcuts, suggestions; and what they see
when it fails.
"""

import asyncio
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.playground.server import Playground
from bot.playground.slack.acts import app
from bot.playground.slack.acts.conversations import Unable
from bot.playground.slack.clock import TurnedClock
from bot.playground.slack.company import company
from bot.playground.slack.shapes import Json
from bot.playground.slack.wire.deliveries import Answer, Delivery, Timing
from tests.driver import Office
from tests.playground.test_views import home, modal, text_input
from tests.playground.tiny_bot import MANIFEST, TinyBot


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def buttons(*names: str) -> Json:
    elements = [
        {"type": "button", "action_id": name.lower(), "text": plain(name), "value": name}
        for name in names
    ]
    return {"type": "actions", "block_id": "row", "elements": elements}


def opens(view: Json) -> Any:
    async def act(body: Json, client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    return act


def answers(answer: Any) -> Any:
    async def act(body: Json, client: AsyncWebClient) -> Any:
        return answer

    return act


def post(bot: TinyBot, channel: str, *blocks: Json) -> str:
    return str(
        bot.calls("chat.postMessage", channel=bot.place(channel), text="card", blocks=list(blocks))[
            "ts"
        ]
    )


# -- commands


def test_a_command_carries_who_where_and_what(bot: TinyBot, office: Office) -> None:
    office.anna.types("/order tea & <b>", "#front-desk")
    told = bot.heard("/order")[0]
    assert (told["user_id"], told["channel_name"], told["text"]) == (
        "U0ANNA",
        "front-desk",
        "tea &amp; &lt;b&gt;",
    )
    assert told["response_url"].startswith(f"{bot.playground.url}/commands/")


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("Plain words", "Plain words"),
        ({"text": "As JSON", "response_type": "ephemeral"}, "As JSON"),
    ],
)
def test_a_commands_answer_is_a_note_for_its_author(
    bot: TinyBot, office: Office, answer: Any, text: str
) -> None:
    bot.on["/order"] = answers(answer)
    office.anna.types("/order", "#front-desk")
    assert office.anna.notes("#front-desk")[-1].text == text


def test_a_commands_answer_may_be_for_the_channel(bot: TinyBot, office: Office) -> None:
    bot.on["/order"] = answers({"text": "All see it", "response_type": "in_channel"})
    office.anna.types("/order", "#front-desk")
    assert office.piotr.sees("#front-desk")[-1].text == "All see it"


def test_a_bad_answer_to_a_command_is_shown_as_slack_shows_it(bot: TinyBot, office: Office) -> None:
    bot.on["/order"] = answers({"text": "x", "blocks": [{"type": "nonsense"}]})
    office.anna.types("/order", "#front-desk")
    assert office.anna.toast == '/order failed with the error "invalid_command_response"'


def test_an_unknown_command_and_a_stranger_are_refused(office: Office) -> None:
    with pytest.raises(AssertionError, match="/nonsense is not a valid command"):
        office.anna.types("/nonsense", "#front-desk")
    with pytest.raises(AssertionError, match="not a valid command"):
        office["j.kowalska"].types("/order", "#ext-kowalska")


def test_three_seconds_without_an_ack_are_shown_to_the_person() -> None:
    async def silent(delivery: Delivery) -> Answer:
        await asyncio.Event().wait()
        raise AssertionError("never")

    with Playground(company(MANIFEST, timing=Timing(ack=0.02))) as playground:
        playground.world.deliveries.transport = silent
        anna = Office(playground).anna
        anna.types("/order", "#front-desk")
        assert anna.toast == '/order failed with the error "operation_timeout"'


def test_an_app_that_is_not_connected_is_shown_to_the_person(bot: TinyBot, office: Office) -> None:
    bot.world.deliveries.transport = bot.world.sockets.carry
    office.anna.types("/order", "#front-desk")
    assert office.anna.toast == '/order failed with the error "dispatch_failed"'


# -- response URLs


def test_a_response_url_works_five_times(bot: TinyBot, office: Office) -> None:
    office.anna.types("/order", "#front-desk")
    url = bot.heard("/order")[0]["response_url"]

    async def send() -> list[int]:
        client = AsyncWebhookClient(url)
        return [(await client.send(text=f"note {n}")).status_code for n in range(6)]

    assert bot.run(send()) == [200, 200, 200, 200, 200, 404]
    assert [note.text for note in office.anna.notes("#front-desk")] == [
        f"note {n}" for n in range(5)
    ]


def test_a_response_url_lives_thirty_minutes() -> None:
    seconds = [0.0]
    with Playground(company(MANIFEST, clock=TurnedClock(ticks=lambda: seconds[0]))) as playground:
        bot = TinyBot(playground)
        playground.world.deliveries.transport = bot.transport
        Office(playground).anna.types("/order", "#front-desk")
        seconds[0] = 1801

        async def send() -> Any:
            answer = await AsyncWebhookClient(bot.heard("/order")[0]["response_url"]).send(
                text="late"
            )
            return answer.status_code, answer.body

        status, body = bot.run(send())
        assert status == 404
        assert "expired_url" in body


async def _respond(bot: TinyBot, url: str, **body: Any) -> None:
    answer = await AsyncWebhookClient(url).send_dict(body)
    assert answer.status_code == 200, answer.body


def test_a_response_url_replaces_and_deletes_the_note_it_came_from(
    bot: TinyBot, office: Office
) -> None:
    bot.on["/order"] = answers({"text": "Sure?", "blocks": [buttons("Yes", "No")]})
    anna = office.anna.types("/order", "#front-desk")
    anna.clicks("Yes")
    told = bot.heard("yes")[0]
    assert told["container"]["is_ephemeral"] is True
    assert "message" not in told
    bot.run(_respond(bot, told["response_url"], text="Done", replace_original=True))
    assert anna.notes("#front-desk")[-1].text == "Done"
    bot.run(_respond(bot, told["response_url"], delete_original=True))
    assert anna.notes("#front-desk") == []


def test_a_response_url_replaces_a_message_for_everybody(bot: TinyBot, office: Office) -> None:
    post(bot, "bo-it", buttons("Take"))
    office.tomasz.clicks("Take")
    bot.run(
        _respond(bot, bot.heard("take")[0]["response_url"], text="Taken", replace_original="true")
    )
    assert office.daniel.sees("#bo-it")[-1].text == "Taken"


def test_nonsense_to_a_response_url_is_refused(bot: TinyBot, office: Office) -> None:
    office.anna.types("/order", "#front-desk")
    url = bot.heard("/order")[0]["response_url"]

    async def send(body: Json) -> int:
        return int((await AsyncWebhookClient(url).send_dict(body)).status_code)

    assert bot.run(send({})) == 400
    assert bot.run(send({"blocks": [{"type": "nonsense"}]})) == 400


# -- clicks


def test_a_click_in_a_message_carries_the_message_and_a_trigger(
    bot: TinyBot, office: Office
) -> None:
    bot.on["take"] = opens(modal())
    ts = post(bot, "bo-it", buttons("Take", "Leave"))
    office.tomasz.clicks("Take")
    told = bot.heard("take")[0]
    assert told["message"]["ts"] == ts
    action = told["actions"][0]
    assert (action["value"], action["block_id"], action["type"]) == ("Take", "row", "button")
    assert office.tomasz.modal.title == "Form"


def test_what_is_not_drawn_cannot_be_clicked(bot: TinyBot, office: Office) -> None:
    post(bot, "bo-it", buttons("Take"))
    seen = office.tomasz.sees("#bo-it")[-1]
    bot.calls("chat.update", channel=seen.channel.id, ts=seen.ts, text="gone")
    with pytest.raises(AssertionError, match="there is no 'Take'"):
        office.tomasz.clicks("Take", on=seen)


def test_a_choice_in_a_message_is_one_of_those_offered(bot: TinyBot, office: Office) -> None:
    options = [{"text": plain(name), "value": name[0]} for name in ("High", "Low")]
    select = {
        "type": "static_select",
        "action_id": "priority",
        "placeholder": plain("Priority"),
        "options": options,
    }
    menu = {"type": "overflow", "action_id": "more", "options": options}
    post(bot, "bo-it", {"type": "actions", "block_id": "row", "elements": [select, menu]})
    office.tomasz.chooses("Priority", "High").chooses("more", "Low")
    assert bot.heard("priority")[0]["actions"][0]["selected_option"]["value"] == "H"
    assert (
        bot.heard("priority")[0]["state"]["values"]["row"]["priority"]["selected_option"]["value"]
        == "H"
    )
    assert bot.heard("more")[0]["actions"][0]["selected_option"]["text"]["text"] == "Low"
    with pytest.raises(AssertionError, match="offers no 'Medium'"):
        office.tomasz.chooses("Priority", "Medium")


def test_a_click_on_home_carries_the_view(bot: TinyBot, office: Office) -> None:
    bot.calls("views.publish", user_id="U0ANNA", view=home(buttons("Refresh")))
    office.anna.clicks("Refresh", on="home")
    told = bot.heard("refresh")[0]
    assert (told["container"]["type"], told["view"]["type"]) == ("view", "home")


def test_a_customer_in_a_shared_channel_clicks_with_their_own_team(
    bot: TinyBot, office: Office
) -> None:
    post(bot, "ext-kowalska", buttons("Paid"))
    office["j.kowalska"].clicks("Paid")
    told = bot.heard("paid")[0]
    assert (told["team"]["id"], told["user"]["team_id"]) == ("T0KOWALSKA", "T0KOWALSKA")


# -- forms


@pytest.fixture
def form(bot: TinyBot, office: Office) -> Office:
    blocks = [
        text_input("what", max_length=10),
        {
            "type": "section",
            "block_id": "s",
            "text": plain("More"),
            "accessory": buttons("Add")["elements"][0],
        },
    ]
    bot.on["/order"] = opens(modal(*blocks, notify_on_close=True))
    office.anna.types("/order", "#front-desk")
    return office


def test_slacks_own_client_checks_a_form_first(form: Office, bot: TinyBot) -> None:
    anna = form.anna
    with pytest.raises(AssertionError, match="Some fields need your attention"):
        anna.submits()
    assert anna.modal.errors == {"what": "Please complete this required field."}
    anna.fills(what="x" * 11)
    with pytest.raises(AssertionError, match="Some fields need your attention"):
        anna.submits()
    assert bot.heard("view_submission:form") == []


def test_a_submission_carries_the_values_and_closes_the_form(form: Office, bot: TinyBot) -> None:
    form.anna.fills(what="tea").submits()
    view = bot.heard("view_submission:form")[0]["view"]
    assert view["state"]["values"]["what"]["a"] == {"type": "plain_text_input", "value": "tea"}
    assert not form.anna.has_modal


def test_inputs_stay_silent_and_buttons_speak_with_what_was_typed(
    form: Office, bot: TinyBot
) -> None:
    form.anna.fills(what="tea").clicks("Add")
    assert [
        body["actions"][0]["action_id"] for body in bot.told if body.get("type") == "block_actions"
    ] == ["add"]
    assert bot.heard("add")[0]["view"]["state"]["values"]["what"]["a"]["value"] == "tea"


@pytest.mark.parametrize(
    ("answer", "title"),
    [
        ({"response_action": "update", "view": modal(titled="Second")}, "Second"),
        ({"response_action": "push", "view": modal(titled="Above")}, "Above"),
    ],
)
def test_a_submission_may_be_answered_with_another_view(
    form: Office, bot: TinyBot, answer: Json, title: str
) -> None:
    bot.on["view_submission:form"] = answers(answer)
    form.anna.fills(what="tea").submits()
    assert form.anna.modal.title == title


def test_clear_closes_every_view(form: Office, bot: TinyBot) -> None:
    bot.on["view_submission:form"] = answers(
        {"response_action": "push", "view": modal(titled="Above")}
    )
    form.anna.fills(what="tea").submits()
    bot.on["view_submission:form"] = answers({"response_action": "clear"})
    form.anna.fills(what="x").submits()
    assert not form.anna.has_modal


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nowhere": "x"}},
        {"response_action": "errors", "errors": {"s": "not an input"}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "update", "view": {"type": "modal"}},
        {"response_action": "dance"},
    ],
)
def test_a_bad_answer_to_a_form_is_trouble_for_the_person(
    form: Office, bot: TinyBot, answer: Json
) -> None:
    bot.on["view_submission:form"] = answers(answer)
    form.anna.fills(what="tea").submits()
    assert form.anna.toast.startswith("We had some trouble connecting.")
    assert form.anna.has_modal


def test_cancel_tells_the_view_and_the_cross_tells_the_root(form: Office, bot: TinyBot) -> None:
    bot.on["add"] = _push_second
    root = form.anna.modal.view["id"]
    form.anna.clicks("Add")
    form.anna.closes()
    closed = bot.heard("view_closed:second")[0]
    assert (closed["is_cleared"], closed["view"]["previous_view_id"]) == (False, root)
    form.anna.clicks("Add").closes(everything=True)
    cleared = bot.heard("view_closed:form")[0]
    assert (cleared["is_cleared"], cleared["view"]["id"]) == (True, root)


async def _push_second(body: Json, client: AsyncWebClient) -> None:
    view = modal(callback_id="second", notify_on_close=True)
    await client.views_push(trigger_id=body["trigger_id"], view=view)


def test_a_window_that_is_closed_already_is_closed_without_a_word(
    bot: TinyBot, office: Office
) -> None:
    bot.on["/order"] = opens(modal())
    office.anna.types("/order", "#front-desk")
    view, anna = office.anna.modal.view["id"], office.world.person_named("anna")
    for _ in range(2):
        office.playground.run(app.close(office.world, anna, view))
    assert not office.anna.has_modal
    with pytest.raises(Unable, match="not open any more"):
        office.playground.run(app.submit(office.world, anna, view))


def test_closing_is_silent_unless_asked_for(bot: TinyBot, office: Office) -> None:
    bot.on["/order"] = opens(modal())
    office.anna.types("/order", "#front-desk").closes()
    assert bot.heard("view_closed:form") == []


def test_a_chosen_conversation_brings_a_response_url(bot: TinyBot, office: Office) -> None:
    where = {"type": "conversations_select", "action_id": "a", "response_url_enabled": True}
    block = {"type": "input", "block_id": "where", "label": plain("Where"), "element": where}
    bot.on["/order"] = opens(modal(block))
    office.anna.types("/order", "#front-desk").fills(Where="#intake").submits()
    url = bot.heard("view_submission:form")[0]["response_urls"][0]
    bot.run(_respond(bot, url["response_url"], text="Here", response_type="in_channel"))
    assert office.kata.sees("#intake")[-1].text == "Here"


# -- suggestions and shortcuts


def test_an_external_select_asks_the_app(bot: TinyBot, office: Office) -> None:
    select = {"type": "external_select", "action_id": "customer", "min_query_length": 1}
    bot.on["/order"] = opens(
        modal({"type": "input", "block_id": "c", "label": plain("Customer"), "element": select})
    )
    bot.on["suggest:customer"] = answers({"options": [{"text": plain("Kowalska"), "value": "7"}]})
    anna = office.anna.types("/order", "#front-desk")
    assert anna.suggestions("Customer", "kow") == ["Kowalska"]
    anna.fills(Customer="Kowalska").submits()
    told = bot.heard("view_submission:form")[0]["view"]["state"]["values"]["c"]["customer"]
    assert told["selected_option"]["value"] == "7"
    assert bot.heard("suggest:customer")[0]["value"] == "kow"


def test_a_global_shortcut_has_a_trigger_and_no_channel(bot: TinyBot, office: Office) -> None:
    bot.on["order"] = opens(modal())
    office.anna.shortcut("Order")
    told = bot.heard("order")[0]
    assert told["type"] == "shortcut"
    assert "channel" not in told
    assert "response_url" not in told
    assert office.anna.has_modal


def test_a_message_shortcut_carries_the_message(bot: TinyBot, office: Office) -> None:
    said = office.kata.says("#intake", "Ten chairs, please")
    office.anna.shortcut("order_this", on=said)
    told = bot.heard("order_this")[0]
    assert (told["type"], told["message"]["text"]) == ("message_action", "Ten chairs, please")


def test_an_unknown_shortcut_is_refused(office: Office) -> None:
    with pytest.raises(AssertionError, match="no such shortcut"):
        office.anna.shortcut("nonsense")
