"""The edge: redeliveries, slow turns, strangers and whatever people may type."""

import asyncio
import dataclasses
import json

import pytest

from bot.playground.deliveries import Answer, Delivery
from tests.driver import Office
from tests.running import Running

ODD = [
    "x" * 5000,
    "<!channel> <@U0ANNA> <#C1|general> <https://evil.example|click>",
    "*bold* _it_ ~no~ `code` ```block```",
    "🎫 😀 👩‍👩‍👧‍👦",
    "\u202eדוח\u202c مرحبا",
    "'; DROP TABLE tickets; --",
    "{number} %s %(x)s {0} {",
    "\x00\x01\x02 tab\t",
    "",
    "   ",
]


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize("command", ["/ticket", "/invoice"])
def test_whatever_is_typed_is_answered_and_harmless(office: Office, command: str, text: str) -> None:
    office.anna.types(f"{command} {text}", "#front-desk")
    assert office.anna.toasts == []
    said = json.dumps([note.raw for note in office.anna.notes("#front-desk")], ensure_ascii=False)
    assert "<!channel>" not in said
    assert "Traceback" not in said


def test_the_same_delivery_again_has_one_effect_and_the_same_answer(office: Office, bot: Running) -> None:
    kept: list[tuple[Delivery, Answer]] = []
    first = bot.playground.world.deliveries.door
    assert first is not None

    async def noted(delivery: Delivery) -> Answer:
        kept.append((delivery, await first(delivery)))
        return kept[-1][1]

    bot.playground.world.deliveries.door = noted
    office.anna.types("/ticket printer").fills(type="it_help").submits()
    delivery, answer = kept[-1]

    async def redelivered() -> Answer:
        return await first(dataclasses.replace(delivery, attempt=1, reason="http_timeout"))

    again = bot.playground.run(redelivered())
    office.calm()
    assert again.payload == answer.payload
    assert len(office.tomasz.sees("#bo-it")) == 1


def test_a_stranger_is_met_before_the_answer(office: Office, bot: Running) -> None:
    from bot.playground.people import Person

    world = bot.playground.world
    newcomer = Person("U0NEW", "new", "Nóra Új", "New", "hu-HU", "Europe/Budapest")

    async def arrives() -> None:
        world.add_person(newcomer)
        world.channel_named("general").members.append("U0NEW")

    bot.playground.run(arrives())
    office["new"].types("/ticket nem megy a net")
    assert office["new"].modal.title == "Új bejelentés"


def test_guests_are_told_that_this_is_for_members(office: Office) -> None:
    office.olga.types("/ticket let me in", "#front-desk")
    assert not office.olga.has_modal
    assert office.olga.notes("#front-desk")


def test_a_turn_that_takes_long_is_acked_in_time_and_answered_later(office: Office, bot: Running) -> None:
    office.anna.types("/invoice nobody-of-this-name", "#general")
    bot.bot.edge.patience = 0.0
    office.anna.types("/invoice nobody-of-this-name", "#front-desk")
    bot.playground.run(asyncio.sleep(0))
    office.calm()
    texts = [note.text for note in office.anna.notes("#front-desk")]
    assert len(texts) == 2
    assert texts[0] == "Chwileczkę…"
