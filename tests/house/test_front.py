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
from bot.playground.deliveries import signature
from tests.running import Running

HELLO = urlencode(
    {"command": "/nothing", "text": "", "team_id": "T", "channel_id": "C", "user_id": "U0ANNA"}
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
    assert "nie potrafię" in json.loads(answer.body)["text"]  # Anna reads Polish


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
