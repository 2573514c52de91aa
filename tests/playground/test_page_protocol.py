"""The page's own protocol: what a window shows and hears, and what it may do."""

import asyncio
from typing import Any

import aiohttp
import pytest

from bot.playground.slack.shapes import Json
from tests.driver import Office
from tests.playground.test_interactions import answers, buttons, opens
from tests.playground.test_views import modal, text_input
from tests.playground.tiny_bot import TinyBot


class Window:
    """A browser's window, as one person."""

    def __init__(self, bot: TinyBot, user: str) -> None:
        self.bot, self.user = bot, user

    def reads(self, path: str, **query: str) -> Json:
        async def get() -> Json:
            url = f"{self.bot.playground.url}/page/{path}"
            async with (
                aiohttp.ClientSession() as session,
                session.get(url, params={"as": self.user, **query}) as answer,
            ):
                return dict(await answer.json())

        page: Json = self.bot.run(get())
        return page

    def does(self, what: str, **given: Any) -> Json:
        async def post() -> Json:
            url, body = (
                f"{self.bot.playground.url}/page/act",
                {"as": self.user, "do": what, **given},
            )
            headers = {"x-playground-token": self.bot.world.page_token}
            async with (
                aiohttp.ClientSession(headers=headers) as session,
                session.post(url, json=body) as answer,
            ):
                done = dict(await answer.json())
            await self.bot.world.deliveries.quiet()
            return done

        done: Json = self.bot.run(post())
        return done


@pytest.fixture
def anna(bot: TinyBot, office: Office) -> Window:
    return Window(bot, "U0ANNA")


def test_the_workspace_shows_people_channels_commands_and_the_clock(
    anna: Window, bot: TinyBot
) -> None:
    shown = anna.reads("workspace")
    assert shown["me"]["language"] == "pl"
    assert "USLACKBOT" not in {person["id"] for person in shown["people"]}
    names = {channel["name"] for channel in shown["channels"]}
    assert "front-desk" in names
    assert "bo-hr" not in names
    assert shown["commands"] == [
        {"command": "/order", "description": "Order something", "usage_hint": "[what]"},
    ]
    assert [shortcut["type"] for shortcut in shown["shortcuts"]] == ["global", "message"]
    assert shown["bots"][0]["has_home"] is True
    assert set(shown["faults"]) == set(bot.world.faults.shown())
    assert shown["clock"]["offset"] == 0


def test_an_outsider_sees_only_where_they_were_invited(bot: TinyBot) -> None:
    customer = Window(bot, "U0KOWALSKA").reads("workspace")
    assert [channel["name"] for channel in customer["channels"]] == ["ext-kowalska"]
    assert customer["commands"] == []
    guest = Window(bot, "U0GUEST").reads("workspace")
    assert [channel["name"] for channel in guest["channels"]] == ["front-desk"]


def test_messages_and_unread_marks(anna: Window, bot: TinyBot) -> None:
    general = bot.place("general")
    said = anna.does("say", channel=general, text="@kata hello")
    kata = Window(bot, "U0KATA")
    row = next(
        channel for channel in kata.reads("workspace")["channels"] if channel["id"] == general
    )
    assert (row["unread"], row["mentions"]) == (1, 1)
    kata.does("read", channel=general, ts=said["ts"])
    row = next(
        channel for channel in kata.reads("workspace")["channels"] if channel["id"] == general
    )
    assert (row["unread"], row["mentions"]) == (0, 0)
    kata.does("say", channel=general, text="hi", thread_ts=said["ts"])
    parent = anna.reads("messages", channel=general)["messages"][0]
    assert (parent["reply_count"], parent["reply_users"]) == (1, ["U0KATA"])
    thread = anna.reads("messages", channel=general, thread=said["ts"])["messages"]
    assert [message["text"] for message in thread] == ["<@U0KATA> hello", "hi"]


def test_messages_come_in_pages(anna: Window, bot: TinyBot) -> None:
    general = bot.place("general")
    for number in range(5):
        anna.does("say", channel=general, text=str(number))
    newest = anna.reads("messages", channel=general, limit="2")
    assert newest["has_more"]
    older = anna.reads("messages", channel=general, limit="2", before=newest["messages"][0]["ts"])
    assert [message["text"] for message in older["messages"]] == ["1", "2"]


def test_edit_react_delete_and_profile(anna: Window, bot: TinyBot) -> None:
    general = bot.place("general")
    ts = anna.does("say", channel=general, text="one")["ts"]
    assert anna.does("edit", channel=general, ts=ts, text="two")["ok"]
    assert anna.does("react", channel=general, ts=ts, name="eyes", on=True)["ok"]
    message = anna.reads("messages", channel=general)["messages"][0]
    assert (message["text"], message["reactions"][0]["name"]) == ("two", "eyes")
    assert (
        Window(bot, "U0KATA").does("delete", channel=general, ts=ts)["error"]
        == "You can only delete your own messages."
    )
    assert anna.does("delete", channel=general, ts=ts)["ok"]
    assert anna.does("profile", locale="hu-HU", status_text="Lunch", status_emoji=":bread:")["ok"]
    assert anna.reads("workspace")["me"]["language"] == "hu"


def test_a_form_is_typed_refused_corrected_and_sent(anna: Window, bot: TinyBot) -> None:
    bot.on["/order"] = opens(modal(text_input("what")))
    anna.does("command", channel=bot.place("general"), command="/order", text="")
    view = anna.reads("views")["stack"][0]
    empty = anna.does("submit", view_id=view["id"], state={"values": {}})
    assert empty == {"ok": False, "error": "Some fields need your attention."}
    assert anna.reads("views")["stack"][0]["errors"] == {
        "what": "Please complete this required field."
    }
    bot.on["view_submission:form"] = answers(
        {"response_action": "errors", "errors": {"what": "Not tea."}}
    )
    values = {"what": {"a": {"type": "plain_text_input", "value": "tea"}}}
    assert anna.does("submit", view_id=view["id"], state={"values": values})["ok"]
    assert anna.reads("views")["stack"][0]["errors"] == {"what": "Not tea."}
    bot.on.pop("view_submission:form")
    assert anna.does("submit", view_id=view["id"], state={"values": values})["ok"]
    assert anna.reads("views")["stack"] == []


def test_a_note_is_clicked_where_it_stands(anna: Window, bot: TinyBot) -> None:
    general = bot.place("general")
    bot.calls(
        "chat.postEphemeral", channel=general, user="U0ANNA", text="x", blocks=[buttons("Yes")]
    )
    note = anna.reads("messages", channel=general)["messages"][-1]
    assert note["ephemeral"] is True
    where = {"type": "message", "channel": general, "ts": note["ts"], "ephemeral": True}
    assert anna.does("click", container=where, block_id="row", action_id="yes", action={})["ok"]
    assert bot.heard("yes")[0]["actions"][0]["value"] == "Yes"
    assert Window(bot, "U0KATA").reads("messages", channel=general)["messages"] == []


def test_shortcuts_home_direct_messages_and_channels(anna: Window, bot: TinyBot) -> None:
    assert anna.does("shortcut", callback_id="order")["ok"]
    assert anna.does("home", bot=bot.world.app.bot_user_id)["ok"]
    assert anna.reads("home") == {"view": None}
    opened = anna.does("open", users=["U0KATA"])["channel"]
    assert opened.startswith("D")
    assert anna.does("join", channel=bot.place("sales"))["ok"]
    assert anna.does("invite", channel=bot.place("sales"), user="U0LENA")["ok"]
    assert anna.does("leave", channel=bot.place("sales"))["ok"]
    assert not anna.does("leave", channel=bot.place("general"))["ok"]


def test_suggestions_come_from_the_app(anna: Window, bot: TinyBot) -> None:
    select = {"type": "external_select", "action_id": "who"}
    label = {"type": "plain_text", "text": "Who"}
    bot.on["/order"] = opens(
        modal({"type": "input", "block_id": "w", "label": label, "element": select})
    )
    bot.on["suggest:who"] = answers(
        {"options": [{"text": {"type": "plain_text", "text": "Kowalska"}, "value": "7"}]}
    )
    anna.does("command", channel=bot.place("general"), command="/order", text="")
    where = {"type": "view", "view_id": anna.reads("views")["stack"][0]["id"]}
    offered = anna.does("suggest", container=where, block_id="w", action_id="who", value="ko")
    assert offered["options"][0]["value"] == "7"


def test_a_file_is_brought_shared_and_shown(anna: Window, bot: TinyBot) -> None:
    async def bring() -> Json:
        form = aiohttp.FormData()
        form.add_field("file", b"%PDF-1.4", filename="offer.pdf")
        url = f"{bot.playground.url}/page/upload?as=U0ANNA"
        headers = {"x-playground-token": bot.world.page_token}
        async with (
            aiohttp.ClientSession(headers=headers) as session,
            session.post(url, data=form) as answer,
        ):
            return dict(await answer.json())

    file = bot.run(bring())["file"]

    async def show(user: str) -> tuple[int, str]:
        url = f"{bot.playground.url}/page/files/{file['id']}/offer.pdf?as={user}"
        async with aiohttp.ClientSession() as session, session.get(url) as answer:
            return answer.status, answer.content_type

    assert bot.run(show("U0KATA"))[0] == 403
    anna.does("say", channel=bot.place("general"), text="", file_ids=[file["id"]])
    assert bot.run(show("U0KATA")) == (200, "application/pdf")
    assert bot.run(show("U0KOWALSKA"))[0] == 403


def test_the_clock_turns_ahead_only(anna: Window, bot: TinyBot) -> None:
    before = bot.world.now()
    assert anna.does("clock", seconds=86_400)["ok"]
    assert (bot.world.now() - before).days == 1
    assert not anna.does("clock", seconds=-1)["ok"]


def test_faults_are_set_from_the_page(anna: Window, bot: TinyBot) -> None:
    assert anna.does("faults", rate_limited_percent=30)["ok"]
    assert anna.reads("workspace")["faults"]["rate_limited_percent"] == 30
    assert "there is no fault" in anna.does("faults", nonsense=1)["error"]


def test_a_window_hears_what_changed_and_what_slack_says(anna: Window, bot: TinyBot) -> None:
    general = bot.place("general")

    async def listen() -> list[Json]:
        url = f"{bot.playground.url}/page/live?as=U0KATA"
        async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
            from bot.playground.slack.acts import conversations

            conversations.say(bot.world, bot.world.people["U0ANNA"], general, "one")
            conversations.say(bot.world, bot.world.people["U0ANNA"], general, "two")
            first = await asyncio.wait_for(socket.receive_json(), 5)
            bot.world.watchers.toast("U0KATA", "Something went wrong.")
            second = await asyncio.wait_for(socket.receive_json(), 5)
        return [first, second]

    first, second = bot.run(listen())
    assert {"workspace", f"channel:{general}"} <= set(first["changed"])
    assert second["toast"] == "Something went wrong."


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"do": "dance"}, "The page asked for something that does not exist."),
        ({"do": "say"}, "The page left out 'channel'."),
        (
            {"do": "say", "channel": "C0NOWHERE00", "text": "x"},
            "This channel does not exist, or you are not in it.",
        ),
        (
            {"do": "submit", "view_id": "V0", "state": {"values": {}}},
            "This window is not open any more.",
        ),
    ],
)
def test_what_cannot_be_done_is_a_sentence(anna: Window, given: Json, error: str) -> None:
    done = anna.does(given.pop("do"), **given)
    assert done == {"ok": False, "error": error}


def test_nobody_is_somebody(bot: TinyBot) -> None:
    assert Window(bot, "U0NOBODY").reads("workspace") == {"ok": False, "error": "Choose who to be."}
