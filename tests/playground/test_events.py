"""Events: what the app hears, what it does not, and in which shape."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.playground.server import Playground
from bot.playground.slack.acts import administrator
from bot.playground.slack.people import Person
from bot.playground.slack.shapes import Json
from tests.driver import Office
from tests.playground.tiny_bot import TinyBot

CAPTURED = (
    Path(__file__).resolve().parents[3] / "shared" / "data" / "slack" / "bolt-python" / "inbound"
)


def heard(bot: TinyBot, name: str) -> Json:
    return dict(bot.heard(name)[-1]["event"])


def on_loop(playground: Playground, act: Any, *arguments: Any) -> Any:
    async def run() -> Any:
        done = act(playground.world, *arguments)
        await playground.world.deliveries.quiet()
        return done

    return playground.run(run())


def test_a_message_is_heard_with_its_escaped_text_and_rich_text(
    bot: TinyBot, office: Office
) -> None:
    office.anna.says("#general", "a < b & @kata see #sales https://example.com/x")
    event = heard(bot, "message")
    sales = bot.place("sales")
    assert event["text"] == f"a &lt; b &amp; <@U0KATA> see <#{sales}|> <https://example.com/x>"
    assert [each["type"] for each in event["blocks"][0]["elements"][0]["elements"]] == [
        "text",
        "user",
        "text",
        "channel",
        "text",
        "link",
    ]
    assert (event["channel_type"], event["event_ts"]) == ("channel", event["ts"])


def test_broadcasts_are_typed_by_name_never_by_token(bot: TinyBot, office: Office) -> None:
    assert (
        office.anna.says("#general", "<!channel> @here").raw["text"] == "&lt;!channel&gt; <!here>"
    )


def test_the_app_hears_only_channels_that_it_is_in(bot: TinyBot, office: Office) -> None:
    bot.world.add_channel("lobby", ["U0ANNA", "U0KATA"])
    office.anna.says("#lobby", "nobody listens")
    office.anna.says("@kata", "psst")
    assert bot.told == []


def test_a_direct_message_to_the_app_is_an_im(bot: TinyBot, office: Office) -> None:
    office.anna.says(f"@{bot.world.bot.name}", "hi")
    assert heard(bot, "message")["channel_type"] == "im"


def test_a_mention_is_heard_twice_as_in_slack(bot: TinyBot, office: Office) -> None:
    office.anna.says("#general", f"@{bot.world.bot.name} help")
    assert heard(bot, "app_mention")["text"] == heard(bot, "message")["text"]


def test_an_edit_carries_before_and_after(bot: TinyBot, office: Office) -> None:
    said = office.anna.says("#general", "one")
    office.anna.edits(said, "two")
    event = heard(bot, "message.message_changed")
    assert (event["previous_message"]["text"], event["message"]["text"]) == ("one", "two")
    assert event["message"]["edited"]["user"] == "U0ANNA"
    assert event["hidden"] is True


def test_a_deletion_carries_what_was_there(bot: TinyBot, office: Office) -> None:
    said = office.anna.says("#general", "oops")
    office.anna.deletes(said)
    event = heard(bot, "message.message_deleted")
    assert (event["deleted_ts"], event["previous_message"]["text"]) == (said.ts, "oops")


def test_a_broadcast_reply_carries_its_root(bot: TinyBot, office: Office) -> None:
    said = office.anna.says("#general", "one")
    office.kata.replies(said, "two", broadcast=True)
    event = heard(bot, "message.thread_broadcast")
    assert (event["root"]["text"], event["parent_user_id"]) == ("one", "U0ANNA")


def test_a_shared_file_is_heard_and_can_be_fetched(bot: TinyBot, office: Office) -> None:
    office.anna.uploads("#general", "offer.pdf", b"%PDF-1.4", text="the offer")
    event = heard(bot, "message.file_share")
    assert (event["files"][0]["mimetype"], event["text"]) == ("application/pdf", "the offer")
    assert heard(bot, "file_shared")["file_id"] == event["files"][0]["id"]


def test_the_bots_own_messages_come_back_to_it(bot: TinyBot) -> None:
    bot.calls("chat.postMessage", channel=bot.place("general"), text="mine")
    bot.run(bot.world.deliveries.quiet())
    assert heard(bot, "message")["bot_id"] == bot.world.app.bot_id


def test_reactions_carry_no_text(bot: TinyBot, office: Office) -> None:
    said = office.anna.says("#general", "hello")
    office.kata.reacts(said, "ticket")
    office.kata.reacts(said, "ticket", on=False)
    event = heard(bot, "reaction_added")
    assert (event["reaction"], event["item_user"], event["item"]["ts"]) == (
        "ticket",
        "U0ANNA",
        said.ts,
    )
    assert "text" not in event
    assert heard(bot, "reaction_removed")["user"] == "U0KATA"


def test_joining_and_leaving_are_heard_and_noted_by_slack_itself(
    bot: TinyBot, office: Office
) -> None:
    office.anna.joins("#sales")
    assert heard(bot, "member_joined_channel")["user"] == "U0ANNA"
    assert heard(bot, "message.channel_join")["text"] == "<@U0ANNA> has joined the channel"
    office.anna.leaves("#sales")
    assert heard(bot, "member_left_channel")["channel_type"] == "C"
    assert heard(bot, "message.channel_leave")["user"] == "U0ANNA"


def test_what_an_administrator_changes_is_heard(playground: Playground, bot: TinyBot) -> None:
    world = bot.world
    channel = world.channel_named("intake")
    on_loop(playground, administrator.rename, channel, "bo-vault")
    assert heard(bot, "channel_rename")["channel"]["name"] == "bo-vault"
    on_loop(playground, administrator.share, channel, "T0KOWALSKA")
    assert heard(bot, "channel_shared")["connected_team_id"] == "T0KOWALSKA"
    on_loop(playground, administrator.archive, channel, "U0ISTVAN")
    assert heard(bot, "channel_archive")["channel"] == channel.id
    secret = world.channel_named("bo-hr")
    before = secret.id
    on_loop(playground, administrator.invite_company, secret, "T0KOWALSKA")
    moved = heard(bot, "channel_id_changed")
    assert (moved["old_channel_id"], moved["new_channel_id"]) == (before, secret.id)
    assert before not in world.channels
    on_loop(playground, administrator.regroup, world.usergroups["S0SALES"], ["U0PIOTR", "U0LENA"])
    changed = heard(bot, "subteam_members_changed")
    assert (changed["added_users"], changed["removed_users"]) == (["U0LENA"], ["U0KATA", "U0EMMA"])
    assert heard(bot, "subteam_updated")["subteam"]["users"] == ["U0PIOTR", "U0LENA"]


def test_somebody_new_is_heard(playground: Playground, bot: TinyBot) -> None:
    on_loop(playground, administrator.hire, Person("U0NEW", "jan", "Jan Nowy", locale="pl-PL"))
    assert heard(bot, "team_join")["user"]["locale"] == "pl-PL"


def test_a_customers_message_names_their_team(bot: TinyBot, office: Office) -> None:
    office["j.kowalska"].says("#ext-kowalska", "We have paid")
    told = bot.heard("message")[-1]
    assert told["is_ext_shared_channel"] is True
    assert (told["event"]["user_team"], told["team_id"]) == ("T0KOWALSKA", bot.world.team.id)


def test_what_the_manifest_does_not_ask_for_is_not_delivered(bot: TinyBot, office: Office) -> None:
    bot.world.app.settings["event_subscriptions"]["bot_events"].remove("reaction_added")
    said = office.anna.says("#general", "hello")
    office.kata.reacts(said, "ticket")
    bot.world.app.settings["event_subscriptions"]["bot_events"].append("reaction_added")
    assert bot.heard("reaction_added") == []


def test_an_event_needs_its_scope(bot: TinyBot, office: Office) -> None:
    bot.world.app.scopes.discard("channels:history")
    office.anna.says("#general", f"@{bot.world.bot.name} help")
    assert bot.heard("message") == []
    assert bot.heard("app_mention")


def test_a_workflows_step_runs_and_ends(playground: Playground, bot: TinyBot) -> None:
    outputs = {"number": {"type": "string", "is_required": True}}
    inputs = {"what": {"type": "string", "is_required": True}}
    step = {
        "title": "Order",
        "description": "",
        "input_parameters": inputs,
        "output_parameters": outputs,
    }
    bot.world.app.manifest["functions"] = {"order_step": step}
    id = on_loop(playground, administrator.run_step, "order_step", {"what": "tea"})
    del bot.world.app.manifest["functions"]
    event = heard(bot, "function_executed")
    assert (event["inputs"], event["function_execution_id"]) == ({"what": "tea"}, id)
    bot.client.token = event["bot_access_token"]
    missing = bot.calls("functions.completeSuccess", function_execution_id=id, outputs={})
    assert missing["error"] == "parameter_validation_failed"
    assert bot.calls(
        "functions.completeSuccess", function_execution_id=id, outputs={"number": "BO-1"}
    )["ok"]
    again = bot.calls("functions.completeError", function_execution_id=id, error="late")
    assert again["error"] == "execution_not_in_running_state"
    nowhere = bot.calls("functions.completeError", function_execution_id="Fx0", error="x")
    assert nowhere["error"] == "function_execution_not_found"


def _fields(captured: str) -> set[str]:
    if not CAPTURED.is_dir():
        pytest.skip("the captured requests of Slack are not here")
    body = json.loads((CAPTURED / captured).read_text())
    return set(body["event"]) if body.get("type") == "event_callback" else set(body)


@pytest.mark.parametrize(
    ("captured", "name", "without"),
    [
        ("event.message.06.json", "message", set()),
        ("event.app_mention.01.json", "app_mention", set()),
        ("event.message.message_changed.04.json", "message.message_changed", set()),
        ("event.message.message_deleted.01.json", "message.message_deleted", set()),
        ("event.message.thread_broadcast.01.json", "message.thread_broadcast", set()),
        ("event.message.file_share.01.json", "message.file_share", set()),
        ("event.reaction_added.01.json", "reaction_added", set()),
        ("event.member_left_channel.01.json", "member_left_channel", set()),
        ("event.app_home_opened.01.json", "app_home_opened", set()),
        ("slash_command.01.json", "/order", set()),
        ("shortcut.01.json", "order", set()),
        ("message_action.01.json", "order_this", set()),
    ],
)
def test_deliveries_have_every_field_of_the_captured_ones(
    bot: TinyBot, office: Office, captured: str, name: str, without: set[str]
) -> None:
    said = office.anna.says("#general", f"@{bot.world.bot.name} hello")
    office.anna.replies(said, "too", broadcast=True)
    office.anna.edits(said, "hello!")
    office.kata.reacts(said, "eyes")
    office.anna.shortcut("order_this", on=said)
    office.anna.deletes(office.anna.says("#general", "x"))
    office.anna.uploads("#general", "a.txt", b"x", text="see")
    office.anna.joins("#sales")
    office.anna.leaves("#sales")
    office.anna.opens_home().types("/order", "#general").shortcut("order")
    body = bot.heard(name)[0]
    told = body["event"] if body.get("type") == "event_callback" else body
    assert _fields(captured) - set(told) - without == set()
