"""Agent view: each message of the direct message has its thread, and work is seen."""

from typing import Any

import pytest

from bot.catalogue import loader
from bot.kit.catalogue import Catalogue
from bot.manifest import build
from bot.playground.slack.manifests import refuse_bad
from tests.driver import Office
from tests.running import Running


@pytest.fixture
def rules(shipped: Catalogue) -> Catalogue:
    switched = shipped.agent_view.model_copy(update={"on": True})
    return shipped.model_copy(update={"agent_view": switched})


def thread_of(office: Office, who: Any, text: str) -> list[str]:
    """What stands in the thread that began with a text, in this person's direct message."""
    channel = who.place("@Zaplecze")
    root = next(ts for ts, each in channel.messages.items() if each["text"] == text)
    return [each["text"] for each in channel.replies(root)]


def test_the_manifest_asks_for_agent_view_only_where_it_is_on(rules: Catalogue) -> None:
    without, switched = build(loader.load(None)), build(rules)
    assert "agent_view" not in without["features"]
    assert "assistant:write" not in without["oauth_config"]["scopes"]["bot"]
    assert 1 <= len(switched["features"]["agent_view"]["suggested_prompts"]) <= 4
    assert "assistant:write" in switched["oauth_config"]["scopes"]["bot"]
    refuse_bad(switched)


def test_an_answer_stands_in_the_thread_and_one_asks_on_there(office: Office, bot: Running) -> None:
    anna = office.anna
    asked = anna.says("@Zaplecze", "moje zgłoszenia")
    office.calm()
    answers = thread_of(office, anna, "moje zgłoszenia")
    assert len(answers) == 1
    anna.replies(asked, "pomoc")
    office.calm()
    assert len(thread_of(office, anna, "moje zgłoszenia")) == 3
    shown = bot.playground.world.agents.shown
    assert shown == ["is looking into it…", "", "sprawdza…", ""]  # first, nobody knew the language


def test_what_is_written_below_a_tickets_card_is_still_carried(office: Office) -> None:
    office.anna.types("/ticket Drukarka nie działa").fills(type="it_help").submits()
    card = office.anna.dm[0]
    office.anna.replies(card, "Na 2. piętrze")
    office.calm()
    everything = office.tomasz.place("#bo-it").messages.values()
    assert any("Na 2. piętrze" in message["text"] for message in everything)


def test_an_opened_conversation_offers_prompts_in_the_persons_language(
    office: Office, bot: Running
) -> None:
    office.kata.opens_home("messages")
    office.calm()
    (prompts,) = bot.playground.world.agents.prompts.values()
    assert [prompt["title"] for prompt in prompts] == [
        "Bejelentéseim",
        "Mi van lejárva?",
        "Miben tudsz segíteni?",
    ]
    assert {prompt["message"] for prompt in prompts} >= {"bejelentéseim", "segítség"}
