"""Slack's requests for the benches: signed, each with ids of its own, as bytes for the wire."""

import json
import time
from random import Random
from typing import Any
from urllib.parse import urlencode

from bot.playground.slack.wire.deliveries import signature

PATH = "/slack/events"
_SYLLABLES = (
    "dru",
    "kar",
    "ka",
    "fak",
    "tu",
    "ra",
    "mon",
    "kli",
    "ent",
    "za",
    "pła",
    "ta",
)  # a vocabulary of 1,728


def submission(n: int, person: str, team: str, callback_id: str = "tickets.form") -> dict[str, Any]:
    """The ticket form, sent."""
    return _payload("view_submission", n, person, team, callback_id)


def closing(n: int, person: str, team: str) -> dict[str, Any]:
    """A form closed without sending: it wants an ack and nothing else."""
    return _payload("view_closed", n, person, team, "nobody.asks")


def wire(payload: dict[str, Any], secret: str) -> bytes:
    """An HTTP request as Slack posts and signs it."""
    body = urlencode({"payload": json.dumps(payload)}).encode()
    now = int(time.time())
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: "
        "application/x-www-form-urlencoded\r\n"
        f"User-Agent: Slackbot 1.0 (+https://api.slack.com/robots)\r\nAccept: */*\r\n"
        f"X-Slack-Request-Timestamp: {now}\r\nX-Slack-Signature: {signature(secret, now, body)}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _payload(kind: str, n: int, person: str, team: str, callback_id: str) -> dict[str, Any]:
    return {
        "type": kind,
        "team": {"id": team, "domain": "bench"},
        "user": {"id": person, "username": "anna", "name": "anna", "team_id": team},
        "api_app_id": "A0BENCH",
        "token": "none",
        "trigger_id": f"{n}.{time.time_ns()}.bench",
        "view": _view(n, team, callback_id),
        "response_urls": [],
        "is_enterprise_install": False,
        "enterprise": None,
    }


def _view(n: int, team: str, callback_id: str) -> dict[str, Any]:
    said = Random(n)  # words of its own: nobody is asked whether it is the same as another
    words = ["".join(said.choices(_SYLLABLES, k=3)) for _ in range(25)]
    typed = {"subject": " ".join(words[:5]), "description": " ".join(words)}
    values: dict[str, Any] = {
        block: {block: {"type": "plain_text_input", "value": text}} for block, text in typed.items()
    }
    chosen = {"text": {"type": "plain_text", "text": "General"}, "value": "general"}
    values["type"] = {"type": {"type": "static_select", "selected_option": chosen}}
    return {
        "id": f"V{n}{time.time_ns()}",
        "team_id": team,
        "type": "modal",
        "callback_id": callback_id,
        "private_metadata": "{}",
        "state": {"values": values},
        "hash": "1.x",
        "title": {"type": "plain_text", "text": "New ticket"},
        "blocks": [],
        "root_view_id": f"V{n}",
        "app_id": "A0BENCH",
        "bot_id": "B0BENCH",
        "app_installed_team_id": team,
    }
