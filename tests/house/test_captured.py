"""What Slack publishes of its own requests, at the front door: handled or politely declined, never
a traceback.
"""

import asyncio
import itertools
import json
import logging
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.edge.socket_mode import socket_mode
from bot.http import Front
from bot.playground.slack.wire.deliveries import Delivery, signature
from tests.conftest import DATA
from tests.driver import Office
from tests.house.test_front import Answered, ask, nothing
from tests.running import Running

INBOUND = sorted((DATA / "slack" / "bolt-python" / "inbound").glob("*.json"))
ENVELOPES = sorted((DATA / "slack" / "python-slack-sdk" / "socket-mode").glob("envelope_*.json"))
THREAD = "1726133698.626339"  # of the captured direct messages
SLACKS_URL = "https://hooks.slack.com/"

_fresh = itertools.count(1)


@pytest.fixture(scope="module", autouse=True)
def captured() -> None:
    if not INBOUND:
        pytest.skip("the captured requests (shared/data/slack beside the project) are not here")


def renewed(body: Any, bot: Running) -> Any:
    """The same with ids of its own, so that no request is taken for another's copy, as of our
    workspace and app; answers go to the playground.
    """
    match body:
        case str() if re.fullmatch(r"T\d{1,8}|T0[0-9A-Z]{7,9}", body):
            return bot.playground.world.team.id
        case str() if re.fullmatch(r"A(0+|1+|X+)", body):
            return bot.playground.world.app.app_id
        case dict():
            return {key: _renewed_id(key, renewed(value, bot)) for key, value in body.items()}
        case list():
            return [renewed(value, bot) for value in body]
        case str() if body.startswith(SLACKS_URL):
            return body.replace(SLACKS_URL, f"{bot.playground.url}/")
        case _:
            return body


def _renewed_id(key: str, value: Any) -> Any:
    return (
        f"{value}.{next(_fresh)}"
        if key in ("event_id", "trigger_id") and isinstance(value, str)
        else value
    )


def wired(body: dict[str, Any]) -> tuple[str, bytes]:
    """Content type and bytes, as Slack posts them."""
    if body.get("type") in ("event_callback", "url_verification"):
        return "application/json", json.dumps(body).encode()
    form = body if "command" in body else {"payload": json.dumps(body)}
    return "application/x-www-form-urlencoded", urlencode(form).encode()


def posted(bot: Running, body: dict[str, Any]) -> Answered:
    front = Front(lambda: None)
    secret = bot.playground.world.app.signing_secret
    front.open(bot.bot.bolt, secret)
    kind, content = wired(body)
    now = int(time.time())
    headers = {"content_type": kind, "x_slack_request_timestamp": str(now)}
    headers["x_slack_signature"] = signature(secret, now, content)
    return bot.playground.run(ask(front, content, meanwhile=nothing, **headers))


def _read(path: Path) -> Any:
    return json.loads(path.read_text())


@pytest.fixture(name="complaints")
def _complaints(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Nothing stands in the log with a traceback, or as an error."""
    with caplog.at_level(logging.INFO):
        yield
    said = caplog.get_records("call")  # by now pytest has emptied what caplog itself shows
    assert said, "nothing was listened to"
    bad = [record for record in said if record.exc_info or record.levelno >= logging.ERROR]
    assert [record.getMessage() for record in bad] == []


def test_each_captured_request_is_acked(bot: Running, complaints: None) -> None:
    for path in INBOUND:
        answer = posted(bot, renewed(_read(path), bot))
        assert answer.status == 200, path.name
        assert b"Traceback" not in answer.body, path.name
    bot.settle()


def test_a_challenge_is_answered_with_itself(bot: Running) -> None:
    (path,) = [path for path in INBOUND if path.name.startswith("url_verification")]
    body = _read(path)
    assert json.loads(posted(bot, body).body)["challenge"] == body["challenge"]


def test_unknown_commands_and_buttons_are_declined_in_a_sentence(bot: Running) -> None:
    (path, *_) = [path for path in INBOUND if path.name.startswith("slash_command")]
    body = renewed(_read(path), bot) | {"user_id": "U0PIOTR"}
    assert (
        "nie jest już dostępna" in json.loads(posted(bot, body).body)["text"]
    )  # Piotr reads Polish


def test_each_captured_request_may_come_from_a_member(bot: Running, complaints: None) -> None:
    """Known people get further than strangers: into the routes."""
    began = Office(bot.playground, bot.settle).piotr.says("@zaplecze", "Dzień dobry")
    for path in INBOUND:
        text = json.dumps(renewed(_read(path), bot))
        text = text.replace('"D111"', f'"{began.channel.id}"').replace(THREAD, began.ts)
        for stranger in ("U111", "W111", "U222", "W222", "W99999"):
            text = text.replace(f'"{stranger}"', '"U0PIOTR"')
        assert posted(bot, json.loads(text)).status == 200, path.name
    bot.settle()


def test_socket_mode_acks_each_captured_frame(bot: Running, complaints: None) -> None:
    async def frames() -> list[int]:
        sockets = bot.playground.world.sockets
        async with socket_mode(bot.settings, bot.bot):
            await asyncio.wait_for(sockets.connected.wait(), 5)
            return [(await sockets.carry(_delivery(frame))).status for frame in _frames(bot)]

    assert bot.playground.run(frames()) == [200] * (len(INBOUND) - 1 + len(ENVELOPES))


def _frames(bot: Running) -> Iterator[dict[str, Any]]:
    for path in ENVELOPES:
        yield renewed(_read(path), bot) | {"envelope_id": f"frame-{next(_fresh)}"}
    for path in INBOUND:
        body = renewed(_read(path), bot)
        if body.get("type") != "url_verification":  # asked of a request URL only
            kind = "slash_commands" if "command" in body else "interactive"
            kind = "events_api" if body.get("type") == "event_callback" else kind
            yield {"envelope_id": f"frame-{next(_fresh)}", "type": kind, "payload": body}


def _delivery(frame: dict[str, Any]) -> Delivery:
    accepts = bool(frame.get("accepts_response_payload"))
    return Delivery(
        frame["type"],
        frame["payload"],
        frame["envelope_id"],
        accepts,
        frame.get("retry_attempt", 0),
    )
