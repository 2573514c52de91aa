"""chat.*: what is posted, what is refused."""

import pytest

from bot.playground.slack.shapes import Json
from tests.driver import Office
from tests.playground.tiny_bot import TinyBot


def section(text: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def test_a_posted_message_stands_in_the_channel_and_in_the_answer(
    bot: TinyBot, office: Office
) -> None:
    answer = bot.calls(
        "chat.postMessage", channel=bot.place("general"), text="Hello", blocks=[section("*Hello*")]
    )
    assert answer["ok"]
    assert answer["message"]["bot_id"] == bot.world.app.bot_id
    assert answer["message"]["blocks"][0]["block_id"]
    assert office.anna.sees("#general")[-1].ts == answer["ts"]


def test_message_times_are_unique_and_ordered(bot: TinyBot) -> None:
    times = [
        bot.calls("chat.postMessage", channel=bot.place("general"), text=str(n))["ts"]
        for n in range(5)
    ]
    assert times == sorted(set(times))


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "C0NOWHERE00", "text": "x"}, "channel_not_found"),
        ({"channel": "general", "text": "x"}, "channel_not_found"),
        ({"text": "x"}, "invalid_arguments"),
        ({"channel": "#general"}, "no_text"),
        ({"channel": "#general", "markdown_text": "x", "text": "y"}, "markdown_text_conflict"),
        ({"channel": "#general", "markdown_text": "x" * 12_001}, "msg_too_long"),
        ({"channel": "#general", "text": "x", "thread_ts": "1.000000"}, "thread_not_found"),
        ({"channel": "#general", "text": "x", "blocks": "nonsense"}, "invalid_blocks_format"),
        (
            {"channel": "#general", "text": "x", "blocks": {"type": "divider"}},
            "invalid_blocks_format",
        ),
        (
            {"channel": "#general", "text": "x", "metadata": {"event_payload": {}}},
            "invalid_metadata_schema",
        ),
        ({"channel": "#general", "text": "x", "metadata": ["a"]}, "invalid_metadata_format"),
        (
            {
                "channel": "#general",
                "text": "x",
                "metadata": {"event_type": "t", "event_payload": {"k": "v" * 16_000}},
            },
            "metadata_too_large",
        ),
        (
            {"channel": "#general", "text": "x", "attachments": [{"text": "a"}] * 101},
            "too_many_attachments",
        ),
    ],
)
def test_posting_is_refused_as_slack_refuses_it(bot: TinyBot, arguments: Json, error: str) -> None:
    assert bot.calls("chat.postMessage", **arguments)["error"] == error


def test_text_is_stored_as_slack_stores_it(bot: TinyBot) -> None:
    said = "<@U0ANNA> a < b & c &amp; https://x.example/1. <https://x.example/2|two> <!here>"
    stored = bot.calls("chat.postMessage", channel=bot.place("general"), text=said)["message"][
        "text"
    ]
    assert stored == (
        "<@U0ANNA> a &lt; b &amp; c &amp; <https://x.example/1>. <https://x.example/2|two> <!here>"
    )


def test_text_objects_come_back_spelled_out(bot: TinyBot) -> None:
    given = {"channel": bot.place("general"), "text": "x", "blocks": [section("*x*")]}
    stored = bot.calls("chat.postMessage", **given)["message"]["blocks"][0]
    assert stored["text"] == {"type": "mrkdwn", "text": "*x*", "verbatim": False}


def test_long_text_is_cut_with_a_warning(bot: TinyBot) -> None:
    answer = bot.calls("chat.postMessage", channel=bot.place("general"), text="x" * 40_001)
    assert len(answer["message"]["text"]) == 40_000
    assert answer["warning"] == "message_truncated"


def test_long_blocks_are_refused_together(bot: TinyBot) -> None:
    blocks = [section("x" * 3000)] * 5
    assert (
        bot.calls("chat.postMessage", channel="#general", text="x", blocks=blocks)["error"]
        == "msg_blocks_too_long"
    )


def test_a_persons_id_opens_their_direct_message(bot: TinyBot, office: Office) -> None:
    answer = bot.calls("chat.postMessage", channel="U0KATA", text="Szia")
    assert answer["channel"].startswith("D")
    assert office.kata.dm[-1].text == "Szia"


def test_a_private_channel_the_bot_is_not_in_does_not_exist_for_it(bot: TinyBot) -> None:
    secret = bot.world.add_channel("board", ["U0ISTVAN"], kind="private")
    assert (
        bot.calls("chat.postMessage", channel=secret.id, text="x")["error"] == "channel_not_found"
    )


def test_a_public_channel_needs_membership_or_the_public_scope(bot: TinyBot) -> None:
    lobby = bot.world.add_channel("lobby", ["U0ANNA"])
    assert bot.calls("chat.postMessage", channel=lobby.id, text="x")["ok"]
    bot.world.app.scopes.discard("chat:write.public")
    assert bot.calls("chat.postMessage", channel=lobby.id, text="x")["error"] == "not_in_channel"


def test_an_archived_channel_takes_no_messages(bot: TinyBot) -> None:
    channel = bot.world.channel_named("intake")
    channel.is_archived = True
    assert bot.calls("chat.postMessage", channel=channel.id, text="x")["error"] == "is_archived"


def test_a_reply_goes_to_the_parent_of_the_thread_and_may_be_broadcast(
    bot: TinyBot, office: Office
) -> None:
    asked = office.anna.says("#intake", "Printer?")
    first = bot.calls(
        "chat.postMessage", channel=asked.channel.id, text="Which?", thread_ts=asked.ts
    )
    second = bot.calls(
        "chat.postMessage",
        channel=asked.channel.id,
        text="Hm",
        thread_ts=first["ts"],
        reply_broadcast=True,
    )
    assert [reply.ts for reply in asked.thread] == [first["ts"], second["ts"]]
    assert second["message"]["subtype"] == "thread_broadcast"
    assert [seen.text for seen in office.anna.sees("#intake")] == ["Printer?", "Hm"]


def test_another_name_needs_the_optional_scope_and_is_ignored_without_it(bot: TinyBot) -> None:
    given = {"channel": bot.place("general"), "text": "x", "username": "Anna (via bot)"}
    assert bot.calls("chat.postMessage", **given)["message"]["username"] == "Anna (via bot)"
    bot.world.app.scopes.discard("chat:write.customize")
    assert "username" not in bot.calls("chat.postMessage", **given)["message"]


def test_an_ephemeral_note_is_seen_by_one_person_and_cannot_be_read_back(
    bot: TinyBot, office: Office
) -> None:
    channel = bot.place("general")
    answer = bot.calls("chat.postEphemeral", channel=channel, user="U0ANNA", text="Psst")
    assert [note.text for note in office.anna.notes("#general")] == ["Psst"]
    assert office.kata.notes("#general") == []
    assert bot.calls("conversations.history", channel=channel)["messages"] == []
    gone = bot.calls("chat.update", channel=channel, ts=answer["message_ts"], text="x")
    assert gone["error"] == "message_not_found"


def test_a_note_to_somebody_outside_the_channel_is_refused(bot: TinyBot) -> None:
    answer = bot.calls("chat.postEphemeral", channel=bot.place("bo-it"), user="U0ANNA", text="x")
    assert answer["error"] == "user_not_in_channel"


def test_an_update_with_text_alone_takes_the_blocks_away_and_marks_it_edited(bot: TinyBot) -> None:
    channel = bot.place("general")
    posted = bot.calls("chat.postMessage", channel=channel, text="a", blocks=[section("a")])
    blocks = bot.calls(
        "chat.update", channel=channel, ts=posted["ts"], text="b", blocks=[section("b")]
    )
    assert "edited" not in blocks["message"]
    text = bot.calls("chat.update", channel=channel, ts=posted["ts"], text="c")
    assert "blocks" not in text["message"]
    assert text["message"]["edited"]["user"] == bot.world.app.bot_user_id


def test_an_update_without_text_keeps_the_text(bot: TinyBot) -> None:
    channel = bot.place("general")
    posted = bot.calls("chat.postMessage", channel=channel, text="a")
    assert (
        bot.calls("chat.update", channel=channel, ts=posted["ts"], blocks=[section("b")])["text"]
        == "a"
    )


def test_an_update_of_another_ones_message_is_refused(bot: TinyBot, office: Office) -> None:
    said = office.anna.says("#general", "mine")
    answer = bot.calls("chat.update", channel=said.channel.id, ts=said.ts, text="yours")
    assert answer["error"] == "cant_update_message"
    assert (
        bot.calls("chat.delete", channel=said.channel.id, ts=said.ts)["error"]
        == "cant_delete_message"
    )


def test_an_update_takes_four_thousand_bytes_of_escaped_text(bot: TinyBot) -> None:
    channel = bot.place("general")
    ts = bot.calls("chat.postMessage", channel=channel, text="a")["ts"]
    assert bot.calls("chat.update", channel=channel, ts=ts, text="x" * 4000)["ok"]
    assert (
        bot.calls("chat.update", channel=channel, ts=ts, text="ż" * 2001)["error"] == "msg_too_long"
    )


def test_a_direct_message_is_updated_by_its_channel_never_by_the_person(bot: TinyBot) -> None:
    posted = bot.calls("chat.postMessage", channel="U0KATA", text="a")
    assert (
        bot.calls("chat.update", channel="U0KATA", ts=posted["ts"], text="b")["error"]
        == "channel_not_found"
    )
    assert bot.calls("chat.update", channel=posted["channel"], ts=posted["ts"], text="b")["ok"]


def test_a_deleted_parent_leaves_a_tombstone(bot: TinyBot, office: Office) -> None:
    channel = bot.place("general")
    posted = bot.calls("chat.postMessage", channel=channel, text="card")
    office.anna.says("#general", "reply", thread=posted["ts"])
    assert bot.calls("chat.delete", channel=channel, ts=posted["ts"])["ok"]
    history = bot.calls("conversations.history", channel=channel)["messages"]
    assert (history[0]["subtype"], history[0]["reply_count"]) == ("tombstone", 1)
    assert (
        bot.calls("chat.delete", channel=channel, ts=posted["ts"])["error"] == "message_not_found"
    )


def test_a_permalink_names_the_thread(bot: TinyBot, office: Office) -> None:
    said = office.anna.says("#general", "a")
    reply = office.kata.replies(said, "b")
    link = bot.calls("chat.getPermalink", channel=said.channel.id, message_ts=reply.ts)["permalink"]
    assert link.endswith(f"/p{reply.ts.replace('.', '')}?thread_ts={said.ts}&cid={said.channel.id}")
    missing = bot.calls("chat.getPermalink", channel=said.channel.id, message_ts="1.000000")
    assert missing["error"] == "message_not_found"


def test_a_shared_link_is_told_and_unfurled(bot: TinyBot, office: Office) -> None:
    said = office.piotr.says("#sales", "see https://orders.example.com/7")
    link = bot.heard("link_shared")[0]["event"]
    assert link["links"] == [
        {"url": "https://orders.example.com/7", "domain": "orders.example.com"}
    ]
    card = {"https://orders.example.com/7": {"blocks": [section("Order 7")]}}
    assert bot.calls("chat.unfurl", channel=said.channel.id, ts=said.ts, unfurls=card)["ok"]
    attached = said.again().raw["attachments"][0]
    assert (attached["from_url"], attached["is_app_unfurl"]) == (
        "https://orders.example.com/7",
        True,
    )


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"unfurls": {"https://elsewhere.example.com": {"text": "x"}}}, "cannot_unfurl_url"),
        ({}, "missing_unfurls"),
        (
            {"ts": "1.000000", "unfurls": {"https://orders.example.com/7": {"text": "x"}}},
            "cannot_find_message",
        ),
        ({"unfurls": {"https://orders.example.com/7": "x"}}, "cannot_parse_attachment"),
    ],
)
def test_an_unfurl_is_refused(bot: TinyBot, office: Office, arguments: Json, error: str) -> None:
    said = office.piotr.says("#sales", "see https://orders.example.com/7")
    answer = bot.calls("chat.unfurl", **{"channel": said.channel.id, "ts": said.ts, **arguments})
    assert answer["error"] == error


def test_a_scheduled_message_posts_when_its_time_comes(bot: TinyBot, office: Office) -> None:
    channel = bot.place("general")
    at = int(bot.world.now().timestamp()) + 3600
    answer = bot.calls("chat.scheduleMessage", channel=channel, text="Later", post_at=at)
    assert (
        bot.calls("chat.scheduledMessages.list")["scheduled_messages"][0]["id"]
        == answer["scheduled_message_id"]
    )
    office.later(3601)
    assert office.anna.sees("#general")[-1].text == "Later"
    assert bot.calls("chat.scheduledMessages.list", channel=channel)["scheduled_messages"] == []


def test_a_scheduled_message_with_metadata_never_posts(bot: TinyBot, office: Office) -> None:
    at = int(bot.world.now().timestamp()) + 60
    metadata = {"event_type": "t", "event_payload": {}}
    assert bot.calls(
        "chat.scheduleMessage", channel="#general", text="x", post_at=at, metadata=metadata
    )["ok"]
    office.later(61)
    assert office.anna.sees("#general") == []


def test_scheduling_is_refused_in_the_past_too_far_and_too_often(bot: TinyBot) -> None:
    now = int(bot.world.now().timestamp())
    window = now + 7200 - (now + 7200) % 300

    def schedule(at: int) -> Json:
        return bot.calls("chat.scheduleMessage", channel=bot.place("general"), text="x", post_at=at)

    assert schedule(now - 1)["error"] == "time_in_past"
    assert schedule(now + 121 * 86_400)["error"] == "time_too_far"
    assert all(schedule(window + n)["ok"] for n in range(30))
    assert schedule(window + 31)["error"] == "restricted_too_many"


def test_a_scheduled_message_can_be_taken_back(bot: TinyBot, office: Office) -> None:
    channel = bot.place("general")
    at = int(bot.world.now().timestamp()) + 60
    id = bot.calls("chat.scheduleMessage", channel=channel, text="x", post_at=at)[
        "scheduled_message_id"
    ]
    assert bot.calls("chat.deleteScheduledMessage", channel=channel, scheduled_message_id=id)["ok"]
    again = bot.calls("chat.deleteScheduledMessage", channel=channel, scheduled_message_id=id)
    assert again["error"] == "invalid_scheduled_message_id"
    office.later(61)
    assert office.anna.sees("#general") == []
