"""The front: what Slack signs goes in, everything else is refused in a sentence and without a
traceback.
"""

import asyncio
import json
import time
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.http import EVENTS, Front
from bot.playground.slack.wire.deliveries import signature
from tests.running import Running

HELLO = urlencode(
    {
        "command": "/nothing",
        "text": "",
        "team_id": "T0BALATON",
        "channel_id": "C",
        "user_id": "U0ANNA",
    }
).encode()


@dataclass
class Answered:
    """What the front sent back."""

    status: int = 0
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def nothing() -> None:
    """What happens while a body arrives, mostly."""


async def ask(
    front: Front,
    body: bytes = b"",
    path: str = EVENTS,
    method: str = "POST",
    meanwhile: Callable[[], None] = nothing,
    **headers: str,
) -> Answered:
    """One request into the front, as an ASGI server would hand it over."""
    answered = Answered()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": b"",
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in named.items()],
    }

    async def receive() -> MutableMapping[str, Any]:
        meanwhile()
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            answered.status = message["status"]
        else:
            answered.body += message.get("body", b"")

    await front(scope, receive, send)
    return answered


@pytest.fixture
def front(bot: Running) -> Front:
    front = Front(lambda: None)
    front.open(bot.bot.bolt, bot.playground.world.app.signing_secret)
    return front


def post(
    bot: Running,
    front: Front,
    body: bytes,
    at: str,
    signed: str,
    meanwhile: Callable[[], None] = nothing,
) -> Answered:
    headers = {
        "content_type": "application/x-www-form-urlencoded",
        "x_slack_request_timestamp": at,
        "x_slack_signature": signed,
    }
    return bot.playground.run(ask(front, body, meanwhile=meanwhile, **headers))


def test_a_signed_request_comes_in(bot: Running, front: Front) -> None:
    now = int(time.time())
    secret = bot.playground.world.app.signing_secret
    answer = post(bot, front, HELLO, str(now), signature(secret, now, HELLO))
    assert answer.status == 200
    assert "nie jest już dostępna" in json.loads(answer.body)["text"]  # Anna reads Polish


def test_a_wrong_signature_is_refused(
    bot: Running, front: Front, caplog: pytest.LogCaptureFixture
) -> None:
    now = int(time.time())
    answer = post(bot, front, HELLO, str(now), signature("somebody else's", now, HELLO))
    assert answer.status == 401
    assert "Traceback" not in caplog.text


def test_an_old_request_is_refused(bot: Running, front: Front) -> None:
    past = int(time.time()) - 600
    secret = bot.playground.world.app.signing_secret
    assert post(bot, front, HELLO, str(past), signature(secret, past, HELLO)).status == 401


@pytest.mark.parametrize(
    "stamp", ["soon", "", "-1", "1e9", "9" * 400, "١٢٣"[:1].encode().decode("latin-1")]
)
def test_a_timestamp_that_is_no_number_is_refused(bot: Running, front: Front, stamp: str) -> None:
    answer = post(bot, front, HELLO, stamp, "v0=00")
    assert answer.status == 401
    assert answer.body == b"the signature or its timestamp is not valid"


def test_a_body_beyond_measure_is_refused(bot: Running, front: Front) -> None:
    assert post(bot, front, b"x" * 2_000_000, "1", "v0=00").status == 413


def test_nothing_is_parsed_that_is_not_signed(bot: Running, front: Front) -> None:
    for body in (b"", b"{", b"payload=%7B", b"payload=[]", b'{"type": 7}', b"\xff\xfe"):
        assert post(bot, front, body, str(int(time.time())), "v0=ü").status == 401


def test_only_post_is_served(front: Front) -> None:
    assert asyncio.run(ask(front, method="GET")).status == 405


def test_before_slack_is_reached_it_is_asked_to_come_again() -> None:
    answer = asyncio.run(ask(Front(lambda: None), x_slack_request_timestamp="1"))
    assert answer.status == 503


def test_a_request_that_comes_while_the_door_closes_is_still_answered(
    bot: Running, front: Front
) -> None:
    now = int(time.time())
    signed = signature(bot.playground.world.app.signing_secret, now, HELLO)
    assert post(bot, front, HELLO, str(now), signed, meanwhile=front.close).status == 200
    assert post(bot, front, HELLO, str(now), signed).status == 503


def test_live_and_ready_tell_apart() -> None:
    async def both() -> tuple[Answered, Answered, Answered]:
        unready, ready = Front(lambda: "the database does not answer"), Front(lambda: None)
        return (
            await ask(unready, path="/health/live", method="GET"),
            await ask(unready, path="/health/ready", method="GET"),
            await ask(ready, path="/health/ready", method="GET"),
        )

    live, unready, ready = asyncio.run(both())
    assert live.status == 200
    assert unready.status == 503
    assert json.loads(unready.body)["reason"] == "the database does not answer"
    assert ready.status == 200


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"tajne"),
        ("application/json", b'["tajne"]'),
        ("application/json", b"\xff\xfe"),
        ("application/json", b"[" * 100_000),
        ("application/x-www-form-urlencoded", b"payload=tajne"),
        ("application/x-www-form-urlencoded", b"payload=%5B%22tajne%22%5D"),
        ("application/x-www-form-urlencoded", b"tajne"),
        ("application/json", b'{"type": "event_callback", "event": "tajne"}'),
        ("application/json", b'{"type": "event_callback", "authorizations": "tajne", "event": {}}'),
        ("application/x-www-form-urlencoded", b"payload=%7B%22type%22%3A%22tajne%22%7D"),
        ("application/x-www-form-urlencoded", b"payload=%7B%22user%22%3A%22tajne%22%7D"),
    ],
)
def test_signed_nonsense_is_refused_without_a_traceback(
    bot: Running, front: Front, kind: str, body: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    now = int(time.time())
    signed = signature(bot.playground.world.app.signing_secret, now, body)
    answer = bot.playground.run(
        ask(
            front,
            body,
            content_type=kind,
            x_slack_request_timestamp=str(now),
            x_slack_signature=signed,
        )
    )
    assert answer.status == (401 if body == b"\xff\xfe" else 400)  # of no text, no signature
    assert "tajne" not in caplog.text
    assert "Traceback" not in caplog.text


def test_slack_that_holds_back_events_is_a_line_in_the_log(
    bot: Running, front: Front, caplog: pytest.LogCaptureFixture
) -> None:
    body = b'{"type": "app_rate_limited", "team_id": "T1", "minute_rate_limited": 1518467820}'
    now = int(time.time())
    signed = signature(bot.playground.world.app.signing_secret, now, body)
    answer = ask(
        front,
        body,
        content_type="application/json",
        x_slack_request_timestamp=str(now),
        x_slack_signature=signed,
    )
    assert bot.playground.run(answer).status == 200
    assert "Slack holds back events" in caplog.text


def test_slack_that_is_not_heard_is_said_and_takes_nothing_out_of_service() -> None:
    front = Front(lambda: None, lambda: "not heard since 2026-11-23 09:00:00 UTC")
    answer = asyncio.run(ask(front, path="/health/ready", method="GET"))
    assert (answer.status, json.loads(answer.body)) == (
        200,
        {"status": "ready", "slack": "not heard since 2026-11-23 09:00:00 UTC"},
    )
