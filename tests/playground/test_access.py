"""Tokens and scopes: who calls, what it may, how Slack says no; and how a call may be written."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.slack.company import company
from bot.playground.slack.methods import METHODS
from bot.playground.slack.shapes import Json
from bot.playground.slack.wire.webapi import answer
from tests.playground.tiny_bot import TinyBot

WORLD = company({"display_information": {"name": "Deaf"}}, seed=1)


def posted(bot: TinyBot, method: str, *, token: str | None = "", **request: Any) -> Json:
    """A call by hand: any body, any header."""

    async def call() -> Json:
        headers = (
            {"Authorization": f"Bearer {bot.world.app.bot_token if token == '' else token}"}
            if token is not None
            else {}
        )
        headers |= request.pop("headers", {})
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{bot.playground.api_url}{method}", headers=headers, **request) as answer,
        ):
            return dict(await answer.json())

    work: Coroutine[Any, Any, Json] = call()
    return asyncio.run(work)


def test_the_bot_learns_who_it_is(bot: TinyBot) -> None:
    answer = bot.calls("auth.test")
    assert (answer["user_id"], answer["bot_id"]) == (
        bot.world.app.bot_user_id,
        bot.world.app.bot_id,
    )


@pytest.mark.parametrize(
    ("token", "error"),
    [(None, "not_authed"), ("xoxb-wrong", "invalid_auth"), ("xapp-wrong", "invalid_auth")],
)
def test_a_call_without_a_good_token_is_refused(
    bot: TinyBot, token: str | None, error: str
) -> None:
    assert posted(bot, "team.info", token=token)["error"] == error


def test_the_app_token_opens_sockets_and_nothing_else(bot: TinyBot) -> None:
    app_token = bot.world.app.app_token
    assert posted(bot, "apps.connections.open", token=app_token)["url"].startswith(
        "ws://127.0.0.1:"
    )
    assert posted(bot, "apps.connections.open")["error"] == "not_allowed_token_type"
    assert posted(bot, "chat.postMessage", token=app_token)["error"] == "not_allowed_token_type"


def test_a_missing_scope_is_named(bot: TinyBot) -> None:
    bot.world.app.scopes.discard("usergroups:read")
    answer = bot.calls("usergroups.list")
    assert (answer["error"], answer["needed"]) == ("missing_scope", "usergroups:read")
    assert "chat:write" in answer["provided"].split(",")


@pytest.mark.parametrize(
    "name", sorted(name for name, each in METHODS.items() if each.scopes and not each.app_token)
)
def test_every_method_is_refused_without_its_scope(bot: TinyBot, name: str) -> None:
    bot.world.app.scopes = {"none"}
    answer = bot.calls(name)
    assert (answer["error"], answer["provided"]) == ("missing_scope", "none")


def test_a_scope_of_another_kind_of_channel_does_not_help(bot: TinyBot) -> None:
    bot.world.app.scopes.discard("groups:history")
    assert bot.calls("conversations.history", channel=bot.place("general"))["ok"]
    refused = bot.calls("conversations.history", channel=bot.place("bo-hr"))
    assert (refused["error"], refused["needed"]) == ("missing_scope", "groups:history")


def test_a_revoked_token_is_told_and_refused(bot: TinyBot) -> None:
    assert bot.calls("auth.revoke")["revoked"]
    bot.run(bot.world.deliveries.quiet())
    assert bot.heard("tokens_revoked")[0]["event"]["tokens"]["bot"] == [bot.world.app.bot_user_id]
    assert bot.calls("auth.test")["error"] == "token_revoked"


def test_an_app_that_is_taken_out_hears_it_and_is_inactive(bot: TinyBot) -> None:
    from bot.playground.slack.tokens import restore, uninstall

    async def take_out() -> None:
        uninstall(bot.world)
        await bot.world.deliveries.quiet()

    bot.run(take_out())
    assert bot.heard("app_uninstalled")
    assert bot.calls("auth.test")["error"] == "account_inactive"
    restore(bot.world)
    assert bot.calls("auth.test")["ok"]


def test_a_call_may_be_json_form_query_or_multipart(bot: TinyBot) -> None:
    channel = bot.place("general")
    given = {"channel": channel, "text": "x"}
    assert posted(bot, "chat.postMessage", json=given)["ok"]
    assert posted(bot, "chat.postMessage", data=given)["ok"]
    assert posted(bot, "chat.postMessage", params=given)["ok"]
    form = aiohttp.FormData(default_to_multipart=True)
    for name, value in given.items():
        form.add_field(name, value)
    assert posted(bot, "chat.postMessage", data=form)["ok"]
    assert posted(
        bot, "chat.postMessage", token=None, data=given | {"token": bot.world.app.bot_token}
    )["ok"]


@pytest.mark.parametrize(
    ("request_body", "error"),
    [
        ({"data": b"{", "headers": {"Content-Type": "application/json"}}, "invalid_json"),
        ({"data": b"[]", "headers": {"Content-Type": "application/json"}}, "json_not_object"),
        ({"data": b"<a/>", "headers": {"Content-Type": "application/xml"}}, "invalid_post_type"),
    ],
)
def test_a_call_that_cannot_be_read_is_refused(
    bot: TinyBot, request_body: Json, error: str
) -> None:
    assert posted(bot, "chat.postMessage", **request_body)["error"] == error


def test_an_unknown_method_is_an_error(bot: TinyBot) -> None:
    answer = bot.calls("chat.postMassage", channel="C1", text="x")
    assert (answer["error"], answer["req_method"]) == ("unknown_method", "chat.postMassage")


def test_what_is_missing_is_named(bot: TinyBot) -> None:
    answer = bot.calls("chat.update", text="x")
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] missing required field: channel",
        "[ERROR] missing required field: ts",
    ]


WORDS = st.sampled_from(
    ["", "0", "C0NOWHERE00", "U0ANNA", "1700000000.000000", "{}", "[]", "[1]", "null", "x" * 50]
)
VALUES = (
    WORDS
    | st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.lists(WORDS, max_size=2)
    | st.just({"type": "modal"})
)


@given(st.sampled_from(sorted(METHODS)), st.data())
def test_no_parameter_crashes_a_method(name: str, data: st.DataObject) -> None:
    given_ = {each: data.draw(VALUES, each) for each in METHODS[name].kinds}
    told = answer(
        WORLD, name, given_, WORLD.app.app_token if METHODS[name].app_token else WORLD.app.bot_token
    )
    assert told["ok"] or told["error"]


def test_the_echo_method_answers(bot: TinyBot) -> None:
    assert bot.calls("api.test")["ok"]
    assert bot.calls("api.test", error="my_error")["error"] == "my_error"


def test_another_client_with_the_same_token_is_the_same_bot(bot: TinyBot) -> None:
    async def call() -> Any:
        client = AsyncWebClient(token=bot.world.app.bot_token, base_url=bot.playground.api_url)
        return (await client.auth_test())["bot_id"]

    assert bot.run(call()) == bot.world.app.bot_id
