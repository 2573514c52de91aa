"""A command, a form, a card, a click: one conversation, the same whichever way
deliveries travel.
"""

import asyncio
from collections.abc import Iterator

import pytest
import uvicorn
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.slack.shapes import Json
from bot.playground.slack.wire.signed_http import SignedHttp
from tests.driver import Office
from tests.playground.tiny_bot import TinyBot

FORM: Json = {
    "type": "modal",
    "callback_id": "order_form",
    "title": {"type": "plain_text", "text": "Order"},
    "submit": {"type": "plain_text", "text": "Send"},
    "notify_on_close": True,
    "blocks": [
        {
            "type": "input",
            "block_id": "what",
            "label": {"type": "plain_text", "text": "What"},
            "element": {"type": "plain_text_input", "action_id": "what", "max_length": 40},
        },
        {
            "type": "input",
            "block_id": "size",
            "label": {"type": "plain_text", "text": "Size"},
            "element": {
                "type": "static_select",
                "action_id": "size",
                "options": [
                    {"text": {"type": "plain_text", "text": "Large"}, "value": "l"},
                    {"text": {"type": "plain_text", "text": "Small"}, "value": "s"},
                ],
            },
        },
    ],
}


def card(text: str) -> list[Json]:
    take = {
        "type": "button",
        "action_id": "take",
        "text": {"type": "plain_text", "text": "Take"},
        "value": "1",
    }
    return [
        {"type": "section", "text": {"type": "mrkdwn", "text": text}},
        {"type": "actions", "elements": [take]},
    ]


async def open_form(body: Json, client: AsyncWebClient) -> None:
    await client.views_open(trigger_id=body["trigger_id"], view=FORM)


async def take_order(body: Json, client: AsyncWebClient) -> Json | None:
    values = body["view"]["state"]["values"]
    what = values["what"]["what"]["value"]
    if what == "nothing":
        return {"response_action": "errors", "errors": {"what": "Say what you need."}}
    size = values["size"]["size"]["selected_option"]["value"]
    await client.chat_postMessage(
        channel=body["user"]["id"], text="ordered", blocks=card(f"{what} ({size})")
    )
    return None


async def taken(body: Json, client: AsyncWebClient) -> None:
    await client.chat_update(
        channel=body["channel"]["id"],
        ts=body["message"]["ts"],
        text=f"taken by {body['user']['id']}",
    )


async def _socket_mode(bot: TinyBot) -> object:
    bot.world.deliveries.transport = bot.world.sockets.carry
    return await bot.connect()


@pytest.fixture(params=["in process", "socket mode", "signed http"])
def reached(request: pytest.FixtureRequest, bot: TinyBot) -> Iterator[TinyBot]:
    """The bot, reached in each of the three ways."""
    bot.on |= {"/order": open_form, "view_submission:order_form": take_order, "take": taken}
    if request.param == "socket mode":
        handler = bot.run(_socket_mode(bot))
        yield bot
        bot.run(handler.close_async())
    elif request.param == "signed http":
        yield from _signed_http(bot)
    else:
        yield bot


def _signed_http(bot: TinyBot) -> Iterator[TinyBot]:
    app = AsyncSlackRequestHandler(bot.bolt, path="/slack/events")
    server = uvicorn.Server(
        uvicorn.Config(app, port=0, log_level="warning", lifespan="off", ws="none")
    )

    async def start() -> "asyncio.Task[None]":
        serving = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.005)
        return serving

    serving = bot.run(start())
    port = server.servers[0].sockets[0].getsockname()[1]
    http = SignedHttp(
        f"http://127.0.0.1:{port}/slack/events", bot.world.app.signing_secret, bot.world.clock
    )
    bot.world.deliveries.transport = http.carry
    yield bot

    async def stop() -> None:
        await http.close()
        server.should_exit = True
        await serving

    bot.run(stop())


def test_an_order_goes_from_the_command_through_the_form_to_the_card(
    reached: TinyBot, office: Office
) -> None:
    anna = office["anna"]
    anna.types("/order", "#front-desk")
    assert anna.modal.title == "Order"
    anna.fills(What="printer paper", Size="Large").submits()
    assert not anna.has_modal
    assert "printer paper (l)" in anna.dm[-1]
    anna.clicks("Take")
    assert anna.dm[-1].text == "taken by U0ANNA"
    assert anna.toasts == []


def test_field_errors_stand_at_the_field_and_the_form_stays(
    reached: TinyBot, office: Office
) -> None:
    anna = office["anna"]
    anna.types("/order", "#front-desk").fills(What="nothing", Size="Small").submits()
    assert anna.modal.errors == {"What": "Say what you need."}
    assert anna.modal.value("What") == "nothing"
    anna.fills(What="tea").submits()
    assert "tea (s)" in anna.dm[-1]
