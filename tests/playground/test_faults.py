"""Retries, and misbehaviour on demand: each fault does what it says, once or by seeded chance."""

import asyncio
import json
import socket
import struct
from collections import Counter
from random import Random
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.server import Playground
from bot.playground.slack.acts.upheaval import Upheaval
from bot.playground.slack.company import company
from bot.playground.slack.wire.deliveries import Answer, Deliveries, Delivery, Timing
from bot.playground.slack.wire.faults import CALL_FAULTS, Faults
from bot.playground.slack.wire.rates import Rates
from bot.playground.slack.world import World
from tests.driver import Office
from tests.playground.tiny_bot import MANIFEST, TinyBot


def event() -> Delivery:
    return Delivery("events_api", {"event_id": "Ev1"}, "E1")


def attempts(*statuses: int, no_retry: bool = False) -> list[Delivery]:
    """What arrives at a door that answers with these statuses, retries being due at once."""
    seen: list[Delivery] = []
    left = list(statuses)

    async def transport(delivery: Delivery) -> Answer:
        seen.append(delivery)
        return Answer(left.pop(0) if left else 200, no_retry=no_retry)

    async def run() -> None:
        deliveries = Deliveries(Timing(retries=(0.0, 0.0, 0.0)), Faults(Random(1)))
        deliveries.transport = transport
        deliveries.tell(event())
        await deliveries.quiet()

    asyncio.run(run())
    return seen


def test_an_event_is_told_again_three_times_with_number_and_reason() -> None:
    seen = attempts(500, 500, 500, 500, 500)
    assert [delivery.attempt for delivery in seen] == [0, 1, 2, 3]
    headers = seen[-1].headers("secret", 1)
    assert (headers["X-Slack-Retry-Num"], headers["X-Slack-Retry-Reason"]) == ("3", "http_error")
    assert {delivery.payload["event_id"] for delivery in seen} == {"Ev1"}


def test_an_acked_event_is_told_once() -> None:
    assert len(attempts(200)) == 1


def test_no_retry_is_obeyed() -> None:
    assert len(attempts(500, no_retry=True)) == 1


def test_retries_come_at_once_after_one_and_after_five_minutes() -> None:
    assert Timing().retries == (0.0, 60.0, 300.0)


def test_a_retry_that_is_due_later_does_not_keep_the_office_waiting() -> None:
    async def run() -> int:
        deliveries = Deliveries(Timing(retries=(0.0, 60.0, 300.0)), Faults(Random(1)))

        async def transport(delivery: Delivery) -> Answer:
            return Answer(500)

        deliveries.transport = transport
        deliveries.tell(event())
        await deliveries.quiet()
        await deliveries.stop()
        return deliveries.count

    assert asyncio.run(run()) == 2


def test_signed_headers_are_those_that_bolt_verifies(bot: TinyBot, office: Office) -> None:
    office.anna.says("#general", "hi")
    assert bot.heard("message")
    bot.world.app.signing_secret = "another"
    office.anna.says("#general", "hi again")
    assert len(bot.heard("message")) == 1


def test_a_limited_call_says_when_to_come_back(bot: TinyBot) -> None:
    bot.world.faults.next("rate_limited", "auth.test")

    async def call() -> tuple[int, str, Any]:
        headers = {"Authorization": f"Bearer {bot.world.app.bot_token}"}
        url = f"{bot.playground.api_url}auth.test"
        async with aiohttp.ClientSession() as session, session.post(url, headers=headers) as answer:
            return answer.status, answer.headers["Retry-After"], await answer.json()

    assert bot.run(call()) == (429, "1", {"ok": False, "error": "ratelimited"})
    assert bot.calls("auth.test")["ok"]


@pytest.mark.parametrize(("fault", "posted"), [("cut_before", 0), ("cut_after", 1)])
def test_a_cut_line_leaves_or_loses_the_effect(
    bot: TinyBot, office: Office, fault: Any, posted: int
) -> None:
    bot.world.faults.next(fault, "chat.postMessage")

    async def post() -> None:
        await bot.client.chat_postMessage(channel=bot.place("general"), text="x")

    with pytest.raises(aiohttp.ClientError):
        bot.run(_without_retries(bot, post()))
    assert len(office.anna.sees("#general")) == posted


async def _without_retries(bot: TinyBot, work: Any) -> None:
    bot.client.retry_handlers.clear()
    await work


def test_a_broken_server_answers_without_json(bot: TinyBot) -> None:
    bot.world.faults.next("server_error")

    async def call() -> int:
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{bot.playground.api_url}api.test") as answer,
        ):
            return answer.status

    assert bot.run(call()) == 500


def test_a_slow_slack_takes_its_time(bot: TinyBot) -> None:
    bot.playground.misbehave(slow_seconds=0.05)

    async def call() -> float:
        loop = asyncio.get_running_loop()
        began = loop.time()
        await bot.client.auth_test()
        return loop.time() - began

    assert bot.run(call()) >= 0.05


def test_a_duplicate_carries_the_same_trigger(bot: TinyBot, office: Office) -> None:
    bot.playground.misbehave(duplicate_percent=100)
    office.anna.types("/order", "#general")
    told = bot.heard("/order")
    assert len(told) == 2
    assert told[0]["trigger_id"] == told[1]["trigger_id"]


def test_a_lost_answer_is_told_again(bot: TinyBot, office: Office) -> None:
    bot.playground.misbehave(lost_answer_percent=100)
    office.anna.says("#general", "hi")
    assert bot.attempts == ["0", "1", "2", "3"]
    assert len({body["event_id"] for body in bot.told}) == 1


def test_a_late_delivery_comes_after_the_person_was_told_it_failed() -> None:
    with Playground(company(MANIFEST, timing=Timing(ack=0.02))) as playground:
        bot = TinyBot(playground)
        playground.world.deliveries.transport = bot.transport
        playground.misbehave(late_seconds=0.05)
        arrived = asyncio.Event()

        async def order(body: Any, client: Any) -> None:
            arrived.set()

        bot.on["/order"] = order
        anna = Office(playground).anna.types("/order", "#general")
        assert "operation_timeout" in anna.toast
        bot.run(asyncio.wait_for(arrived.wait(), 5))


def test_a_revoked_token_is_told_and_given_back(bot: TinyBot) -> None:
    bot.playground.misbehave(token_revoked=True)
    assert bot.calls("auth.test")["error"] == "token_revoked"
    bot.run(bot.world.deliveries.quiet())
    assert bot.heard("tokens_revoked")
    bot.playground.misbehave(token_revoked=False)
    assert bot.calls("auth.test")["ok"]


def test_an_outage_answers_nothing_and_cuts_every_socket(bot: TinyBot, office: Office) -> None:
    bot.world.deliveries.transport = bot.world.sockets.carry
    handler = bot.run(bot.connect())
    bot.run(_stays_away(handler))
    bot.playground.misbehave(outage=True)
    office.anna.types("/order", "#general")
    assert "dispatch_failed" in office.anna.toast
    assert bot.world.sockets.open_count == 0

    async def call() -> int:
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{bot.playground.api_url}api.test") as answer,
        ):
            return answer.status

    assert bot.run(call()) == 503
    bot.run(handler.close_async())


async def _stays_away(handler: Any) -> None:
    handler.client.auto_reconnect_enabled = False


def test_rate_limits_are_enforced(bot: TinyBot) -> None:
    bot.playground.misbehave(rate_limits=True)
    bot.run(_no_patience(bot))
    answers = [
        bot.calls("chat.postMessage", channel=bot.place("general"), text=str(n)) for n in range(7)
    ]
    assert answers[0]["ok"]
    assert answers[-1]["error"] == "ratelimited"
    assert bot.calls("chat.postMessage", channel=bot.place("sales"), text="x")["ok"]


async def _no_patience(bot: TinyBot) -> None:
    bot.client.retry_handlers.clear()


def test_upheaval_befalls_channels_and_people_and_is_taken_back(bot: TinyBot) -> None:
    world = bot.playground.world
    before = [(each.name, each.kind, each.is_archived) for each in world.channels.values()]
    upheaval, heard = Upheaval(world), Counter[str]()

    async def stir() -> None:
        for _ in range(200):
            upheaval.stir()
            befallen = [
                (each.name, each.kind, each.is_archived) for each in world.channels.values()
            ]
            people = [person.deleted or person.is_restricted for person in world.people.values()]
            heard.update({"channels": befallen != before, "people": sum(people) > 1})
        upheaval.settle()

    bot.run(stir())
    after = [(each.name, each.kind, each.is_archived) for each in world.channels.values()]
    assert after == before
    assert not any(person.deleted for person in world.people.values())
    assert heard["channels"] > 50
    assert heard["people"] > 50


def test_they_are_on_as_in_slack() -> None:
    assert World(seed=1).faults.settings.rate_limits


def test_turned_time_fills_the_buckets() -> None:
    world = World(seed=1)
    assert [world.rates.wait("chat.postMessage", "post", "C1") for _ in range(5)] == [0.0] * 5
    wait = world.rates.wait("chat.postMessage", "post", "C1")
    assert wait > 0
    assert world.rates.told_to_wait() == wait
    world.clock.turn(1)
    assert world.rates.wait("chat.postMessage", "post", "C1") == 0.0
    assert world.rates.told_to_wait() == 0.0


def test_a_tier_refills_over_a_minute() -> None:
    seconds = [0.0]
    rates = Rates(lambda: seconds[0])
    assert [rates.wait("users.list", "2", "") for _ in range(20)] == [0.0] * 20
    assert rates.wait("users.list", "2", "") == pytest.approx(3.0)
    seconds[0] = 3.0
    assert rates.wait("users.list", "2", "") == 0.0


def test_the_slowest_tier_bears_a_small_burst() -> None:
    seconds = [0.0]
    rates = Rates(lambda: seconds[0])
    assert [rates.wait("apps.connections.open", "1", "") for _ in range(10)] == [0.0] * 10
    assert rates.wait("apps.connections.open", "1", "") == pytest.approx(60.0)
    seconds[0] = 60.0
    assert rates.wait("apps.connections.open", "1", "") == 0.0


@given(st.sampled_from(CALL_FAULTS), st.integers(0, 2**32))
def test_chance_is_seeded(kind: Any, seed: int) -> None:
    def drawn() -> list[str]:
        faults = Faults(Random(seed))
        faults.set({f"{kind}_percent": 50})
        return [faults.for_call("x") for _ in range(20)]

    assert drawn() == drawn()
    assert set(drawn()) <= {"", kind}


def test_settings_are_checked_and_shown() -> None:
    faults = Faults(Random(1))
    faults.set({"slow_seconds": "1.5", "outage": True})
    assert faults.shown()["slow_seconds"] == 1.5
    with pytest.raises(ValueError, match="there is no fault 'nonsense'"):
        faults.set({"nonsense": 1})
    with pytest.raises(ValueError, match="cannot be negative"):
        faults.set({"late_seconds": -1})
    faults.calm()
    assert faults.shown() == faults.usual()
    assert json.dumps(faults.shown())


def test_a_bot_that_dies_in_the_middle_of_a_call_is_no_fault_of_ours(
    playground: Playground, caplog: pytest.LogCaptureFixture
) -> None:
    address = urlsplit(playground.api_url)
    with socket.create_connection((str(address.hostname), int(address.port or 80))) as dying:
        dying.sendall(
            f"POST {address.path}auth.test HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\nhalf".encode()
        )
        reset = struct.pack("ii", 1, 0)
        dying.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
    bot_token = {"Authorization": f"Bearer {playground.world.app.bot_token}"}
    asyncio.run(call(f"{playground.api_url}auth.test", bot_token))
    assert caplog.records == []


async def call(url: str, headers: dict[str, str]) -> None:
    async with aiohttp.ClientSession() as session, session.post(url, headers=headers) as answered:
        assert (await answered.json())["ok"]
