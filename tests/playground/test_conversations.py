"""conversations.*, users.*, usergroups.*, reactions.*, team, bots: what the bot can
learn and do.
"""

import pytest

from bot.playground.slack.shapes import Json
from tests.driver import Office
from tests.playground.tiny_bot import TinyBot


def test_history_shows_the_newest_first_without_replies(bot: TinyBot, office: Office) -> None:
    asked = office.anna.says("#general", "one")
    office.kata.replies(asked, "in the thread")
    office.kata.says("#general", "two")
    messages = bot.calls("conversations.history", channel=asked.channel.id)["messages"]
    assert [message["text"] for message in messages] == ["two", "one"]
    assert (messages[1]["reply_count"], messages[1]["reply_users"]) == (1, ["U0KATA"])


def test_history_pages_by_cursor_and_by_time(bot: TinyBot, office: Office) -> None:
    said = [office.anna.says("#general", str(n)) for n in range(5)]
    channel = said[0].channel.id
    first = bot.calls("conversations.history", channel=channel, limit=2)
    assert first["has_more"]
    cursor = first["response_metadata"]["next_cursor"]
    second = bot.calls("conversations.history", channel=channel, limit=2, cursor=cursor)
    assert [message["text"] for message in first["messages"] + second["messages"]] == [
        "4",
        "3",
        "2",
        "1",
    ]
    since = bot.calls("conversations.history", channel=channel, oldest=said[3].ts)
    assert [message["text"] for message in since["messages"]] == ["4"]
    exact = bot.calls(
        "conversations.history",
        channel=channel,
        oldest=said[3].ts,
        latest=said[3].ts,
        inclusive=True,
    )
    assert [message["text"] for message in exact["messages"]] == ["3"]


def test_metadata_is_read_back_whole_only_on_request(bot: TinyBot) -> None:
    channel = bot.place("general")
    metadata = {"event_type": "letter", "event_payload": {"key": "k1"}}
    ts = bot.calls("chat.postMessage", channel=channel, text="x", metadata=metadata)["ts"]
    short = bot.calls("conversations.history", channel=channel)["messages"][0]
    assert short["metadata"] == {"event_type": "letter"}
    whole = bot.calls("conversations.history", channel=channel, include_all_metadata=True)[
        "messages"
    ][0]
    assert whole["metadata"] == metadata
    reply = bot.calls("conversations.replies", channel=channel, ts=ts, include_all_metadata=True)[
        "messages"
    ][0]
    assert reply["metadata"] == metadata


def test_replies_begin_with_the_parent(bot: TinyBot, office: Office) -> None:
    asked = office.anna.says("#general", "one")
    office.kata.replies(asked, "two")
    office.anna.replies(asked, "three")
    messages = bot.calls("conversations.replies", channel=asked.channel.id, ts=asked.ts)["messages"]
    assert [message["text"] for message in messages] == ["one", "two", "three"]


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("conversations.history", {"channel": "C0NOWHERE00"}, "channel_not_found"),
        ("conversations.history", {"channel": "#general", "cursor": "nonsense"}, "invalid_cursor"),
        ("conversations.history", {"channel": "#general", "limit": 1000}, "invalid_limit"),
        ("conversations.history", {"channel": "#general", "oldest": "soon"}, "invalid_ts_oldest"),
        ("conversations.replies", {"channel": "#general", "ts": "1.000000"}, "thread_not_found"),
        ("conversations.info", {"channel": "C0NOWHERE00"}, "channel_not_found"),
        ("conversations.list", {"types": "secret_channel"}, "invalid_types"),
        ("conversations.open", {}, "users_list_not_supplied"),
        ("conversations.open", {"users": "U0NOBODY"}, "user_not_found"),
        ("conversations.open", {"users": ",".join(["U0ANNA"] * 9)}, "too_many_users"),
        ("conversations.open", {"channel": "#general"}, "method_not_supported_for_channel_type"),
        ("conversations.join", {"channel": "#bo-hr"}, "method_not_supported_for_channel_type"),
        ("users.info", {"user": "U0NOBODY"}, "user_not_found"),
        ("users.lookupByEmail", {"email": "nobody@example.com"}, "users_not_found"),
        ("usergroups.users.list", {"usergroup": "S0NONE"}, "no_such_subteam"),
        ("bots.info", {"bot": "B0NONE"}, "bot_not_found"),
        ("team.info", {"team": "T0NONE"}, "team_not_found"),
        ("reactions.add", {"name": "eyes"}, "no_item_specified"),
        (
            "reactions.add",
            {"name": "Eyes!", "channel": "#general", "timestamp": "1700000000.000000"},
            "invalid_name",
        ),
        (
            "reactions.add",
            {"name": "eyes", "channel": "#general", "timestamp": "1"},
            "bad_timestamp",
        ),
        (
            "reactions.add",
            {"name": "eyes", "channel": "#general", "timestamp": "1700000000.000000"},
            "message_not_found",
        ),
        ("conversations.setPurpose", {"channel": "#general"}, "unknown_method"),
    ],
)
def test_a_question_is_refused_as_slack_refuses_it(
    bot: TinyBot, method: str, arguments: Json, error: str
) -> None:
    channel = str(arguments.get("channel", ""))
    if channel.startswith("#"):
        arguments = arguments | {"channel": bot.place(channel)}
    assert bot.calls(method, **arguments)["error"] == error


def test_history_needs_membership(bot: TinyBot) -> None:
    lobby = bot.world.add_channel("lobby", ["U0ANNA"])
    assert bot.calls("conversations.history", channel=lobby.id)["error"] == "not_in_channel"
    assert bot.calls("conversations.join", channel=lobby.id)["channel"]["is_member"]
    assert bot.calls("conversations.history", channel=lobby.id)["ok"]
    assert bot.calls("conversations.join", channel=lobby.id)["warning"] == "already_in_channel"


def test_lists_show_what_the_bot_may_know(bot: TinyBot) -> None:
    secret = bot.world.add_channel("board", ["U0ISTVAN"], kind="private")
    every = bot.calls("conversations.list", types="public_channel,private_channel", limit=1000)[
        "channels"
    ]
    names = {channel["name"] for channel in every}
    assert {"general", "bo-hr", "ext-kowalska"} <= names
    assert secret.name not in names
    shared = next(channel for channel in every if channel["name"] == "ext-kowalska")
    assert (shared["is_ext_shared"], shared["connected_team_ids"]) == (True, ["T0KOWALSKA"])
    mine = bot.calls("users.conversations", types="private_channel")["channels"]
    assert "bo-payroll" in {channel["name"] for channel in mine}


def test_members_are_listed_in_pages(bot: TinyBot) -> None:
    channel = bot.place("bo-it")
    first = bot.calls("conversations.members", channel=channel, limit=2)
    rest = bot.calls(
        "conversations.members", channel=channel, cursor=first["response_metadata"]["next_cursor"]
    )
    assert [*first["members"], *rest["members"]] == [
        "U0TOMASZ",
        "U0DANIEL",
        bot.world.app.bot_user_id,
    ]


def test_the_bot_invites_and_leaves(bot: TinyBot) -> None:
    bot.world.app.scopes |= {"channels:manage", "users.profile:read"}
    channel = bot.place("sales")
    assert bot.calls("conversations.invite", channel=channel, users="U0ANNA,U0LENA")["ok"]
    assert (
        bot.calls("conversations.invite", channel=channel, users="U0ANNA")["error"]
        == "already_in_channel"
    )
    own = bot.calls("conversations.invite", channel=channel, users=bot.world.app.bot_user_id)
    assert own["error"] == "cant_invite_self"
    assert (
        bot.calls("conversations.leave", channel=bot.place("general"))["error"]
        == "cant_leave_general"
    )
    assert bot.calls("conversations.leave", channel=channel)["ok"]
    assert bot.calls("conversations.leave", channel=channel)["not_in_channel"]
    assert (
        bot.calls("conversations.invite", channel=channel, users="U0EWA")["error"]
        == "not_in_channel"
    )
    assert bot.calls("users.profile.get", user="U0ANNA")["profile"]["title"] == "Reception, Warsaw"


def test_a_direct_message_opens_once(bot: TinyBot) -> None:
    first = bot.calls("conversations.open", users="U0ANNA")["channel"]["id"]
    assert bot.calls("conversations.open", users="U0ANNA")["channel"]["id"] == first
    group = bot.calls("conversations.open", users="U0ANNA,U0KATA", return_im=True)["channel"]
    assert group["is_mpim"]


def test_a_person_is_shown_with_locale_zone_and_status(bot: TinyBot, office: Office) -> None:
    office.kata.changes(status_text="On holiday", status_emoji=":palm_tree:")
    user = bot.calls("users.info", user="U0KATA", include_locale=True)["user"]
    assert (user["locale"], user["tz"]) == ("hu-HU", "Europe/Budapest")
    assert user["profile"]["status_emoji"] == ":palm_tree:"
    assert "locale" not in bot.calls("users.info", user="U0KATA")["user"]
    assert bot.heard("user_change")[0]["event"]["user"]["profile"]["status_text"] == "On holiday"


def test_an_address_needs_its_own_scope(bot: TinyBot) -> None:
    assert bot.calls("users.info", user="U0KATA")["user"]["profile"]["email"]
    assert (
        bot.calls("users.lookupByEmail", email="KATA@baltyk-balaton.example")["user"]["id"]
        == "U0KATA"
    )
    bot.world.app.scopes.discard("users:read.email")
    assert "email" not in bot.calls("users.info", user="U0KATA")["user"]["profile"]
    refused = bot.calls("users.lookupByEmail", email="kata@baltyk-balaton.example")
    assert (refused["error"], refused["needed"]) == ("missing_scope", "users:read.email")


def test_guests_and_strangers_are_marked(bot: TinyBot) -> None:
    assert bot.calls("users.info", user="U0GUEST")["user"]["is_ultra_restricted"]
    stranger = bot.calls("users.info", user="U0KOWALSKA")["user"]
    assert (stranger["is_stranger"], stranger["team_id"]) == (True, "T0KOWALSKA")
    listed = bot.calls("users.list", include_locale=True)["members"]
    assert "U0KOWALSKA" not in {user["id"] for user in listed}
    slackbot = next(user for user in listed if user["id"] == "USLACKBOT")
    assert slackbot["is_bot"] is False


def test_a_stranger_without_a_shared_channel_is_not_visible(bot: TinyBot) -> None:
    bot.world.channel_named("ext-kowalska").members.remove(bot.world.app.bot_user_id)
    assert bot.calls("users.info", user="U0KOWALSKA")["error"] == "user_not_visible"


def test_user_groups_and_the_bot_itself_can_be_read(bot: TinyBot) -> None:
    groups = bot.calls("usergroups.list", include_users=True)["usergroups"]
    assert {group["handle"] for group in groups} == {"accounting", "sales-team"}
    assert bot.calls("usergroups.users.list", usergroup="S0ACCOUNT")["users"] == [
        "U0MAREK",
        "U0ILDIKO",
    ]
    assert (
        bot.calls("bots.info", bot=bot.world.app.bot_id)["bot"]["user_id"]
        == bot.world.app.bot_user_id
    )
    assert bot.calls("team.info")["team"]["id"] == bot.world.team.id
    assert bot.calls("users.getPresence", user="U0ANNA")["presence"] == "active"


def test_a_reaction_is_added_once_read_and_taken_away(bot: TinyBot, office: Office) -> None:
    said = office.anna.says("#general", "hello")
    item = {"channel": said.channel.id, "timestamp": said.ts}
    assert bot.calls("reactions.add", name="eyes", **item)["ok"]
    assert bot.calls("reactions.add", name="eyes", **item)["error"] == "already_reacted"
    assert bot.calls("reactions.get", **item)["message"]["reactions"][0]["count"] == 1
    assert bot.calls("reactions.remove", name="eyes", **item)["ok"]
    assert bot.calls("reactions.remove", name="eyes", **item)["error"] == "no_reaction"
