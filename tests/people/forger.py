"""A forger: requests that Slack never drew, signed all the same, through every door that the code
knows, with ids that exist.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from bot.playground.slack.wire.deliveries import Answer
from tests.driver import Office
from tests.running import Running

HANDLERS = Path(__file__).parents[2] / "handlers"
_READ = re.compile(r'values(?:\[|\.get\()"([a-z_.]+)"')
KINDS = ("command", "action", "submission", "search", "shortcut")
_DAYS = ("until", "paid_on", "as_of", "on_day", "from_day", "day")


@dataclass
class Forger:
    """Draws requests; ``ids`` are of rows that exist, ``words`` what somebody may type."""

    office: Office
    bot: Running
    ids: tuple[int, ...]
    words: tuple[str, ...]
    seed: int = 1
    luck: Random = field(init=False)
    blocks: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.luck = Random(self.seed)
        found = {
            name
            for file in HANDLERS.rglob("*.py")
            for name in _READ.findall(file.read_text(encoding="utf-8"))
        }
        self.blocks = tuple(sorted(found))

    def doors(self) -> list[tuple[str, str]]:
        """Every door that somebody can knock at by hand."""
        return sorted(key for key in self.bot.bot.edge.routes if key[0] in KINDS)

    def knock(self, who: str, kind: str, name: str) -> Answer:
        """One request of somebody."""
        body = getattr(self, f"_{kind}")(name) | self._sender(who)
        if kind == "command":
            del body["user"], body["team"]
            body |= {"user_id": who, "team_id": self.office.world.team.id}
            return self.bot.receives(body, "slash_commands")
        return self.bot.receives(body)

    def _sender(self, who: str) -> dict[str, Any]:
        world = self.office.world
        person = world.people.get(who)
        link = world.response_links.begin(self._channel(), who)
        team = person.team_id if person and person.team_id else world.team.id
        return {
            "user": {"id": who, "team_id": team},
            "team": {"id": team},
            "api_app_id": world.app.app_id,
            "trigger_id": world.triggers.draw(who),
            "response_url": world.response_links.draw("actions", link),
        }

    def _command(self, name: str) -> dict[str, Any]:
        return {"command": name, "text": self._typed(), "channel_id": self._channel()}

    def _action(self, name: str) -> dict[str, Any]:
        pressed = {"action_id": name, "block_id": "b", "type": "button", "value": self._value()}
        body: dict[str, Any] = {"type": "block_actions", "actions": [pressed]}
        if self.luck.random() < 0.3:
            return body | {"view": self._view("forged")}
        channel, ts = self._place()
        container = {"type": "message", "channel_id": channel, "message_ts": ts}
        return body | {
            "container": container,
            "channel": {"id": channel},
            "message": {"ts": ts, "metadata": {}},
        }

    def _submission(self, name: str) -> dict[str, Any]:
        return {"type": "view_submission", "view": self._view(name)}

    def _search(self, name: str) -> dict[str, Any]:
        asked = {"type": "block_suggestion", "action_id": name, "block_id": "b"}
        return asked | {"value": self._typed(), "view": self._view("forged")}

    def _shortcut(self, name: str) -> dict[str, Any]:
        channel, ts = self._place()
        message = {"type": "message", "ts": ts, "text": self._typed(), "user": "U0KATA"}
        body = {"type": "message_action", "callback_id": name, "message": message}
        return body | {"channel": {"id": channel}, "message_ts": ts}

    def _view(self, name: str) -> dict[str, Any]:
        state = {block: {"e": self._element(block)} for block in self.blocks}
        return {
            "id": f"V{self.luck.randrange(10**9)}",
            "type": "modal",
            "callback_id": name,
            "private_metadata": json.dumps(self._carried()),
            "state": {"values": state},
            "app_installed_team_id": self.office.world.team.id,
        }

    def _element(self, block: str) -> dict[str, Any]:
        text: object = self._value()
        if block in _DAYS:
            text = date(2026, 11, 30).isoformat()
        elif block == "type":
            text = self.luck.choice(tuple(self.bot.turns.catalogue("*").request_types))
        elif block == "kind":
            text = self.luck.choice(("account_statement", "payment_demand", "interest_note"))
        elif block == "language":
            text = "pl"
        return {"type": "plain_text_input", "value": text}

    def _carried(self) -> dict[str, Any]:
        channel, ts = self._place()
        keys = ("ticket", "invoice", "letter", "customer", "approval", "payment", "line", "id")
        known: dict[str, Any] = {key: self.luck.choice(self.ids) for key in keys}
        about = {"about": f"invoice:{self.luck.choice(self.ids)}", "hinted": True}
        return known | about | {"channel": channel, "ts": ts, "from": channel}

    def _value(self) -> str:
        id = self.luck.choice(self.ids)
        if self.luck.random() < 0.7:  # most routes take an id alone
            return str(id)
        listed = {"list": self.luck.choice(("queue", "search", "mine")), "of": "hr", "page": 0}
        return self.luck.choice(
            (
                str(id),
                f"{id}|7",
                f"payment_demand|{id}",
                f"customer:{id}",
                json.dumps(listed),
                json.dumps({"customer": id, "page": 0}),
                json.dumps({"text": self._typed(), "page": 0}),
                json.dumps({"ticket": id, "origin": f"x{id}", "text": "y"}),
                self._typed(),
                "",
            )
        )

    def _typed(self) -> str:
        return self.luck.choice(self.words)

    def _channel(self) -> str:
        return self.luck.choice(tuple(self.office.world.channels))

    def _place(self) -> tuple[str, str]:
        """A message that stands somewhere."""
        channel = self.office.world.channels[self._channel()]
        stamps = tuple(channel.messages) or ("1763900000.000100",)
        return channel.id, self.luck.choice(stamps)


def texts(value: object) -> Iterator[str]:
    """Every text in an answer."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts(each)
