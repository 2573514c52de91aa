"""The workspace itself: everything in memory on one event loop, each change kept in the store."""

import json
import secrets
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from random import Random

from bot.playground.page.watchers import Watchers
from bot.playground.slack.agent_conversations import AgentConversations
from bot.playground.slack.channels import Channel, Kind
from bot.playground.slack.clock import TurnedClock
from bot.playground.slack.installation import install
from bot.playground.slack.people import Person, Team, Usergroup
from bot.playground.slack.shapes import Ids, Json, Refused
from bot.playground.slack.store import Store
from bot.playground.slack.triggers import ResponseLinks, Triggers
from bot.playground.slack.wire.deliveries import Deliveries, Timing
from bot.playground.slack.wire.faults import Faults
from bot.playground.slack.wire.rates import Rates
from bot.playground.slack.wire.sockets import Sockets


class World:
    """A workspace with one app. It is used on one event loop; other threads go through
    `Playground.run`.
    """

    def __init__(
        self,
        *,
        manifest: Json | None = None,
        team: Team | None = None,
        clock: TurnedClock | None = None,
        timing: Timing | None = None,
        store: Store | None = None,
        seed: int | None = None,
        tokens: dict[str, str] | None = None,
    ) -> None:
        self.store = store or Store()
        self.team = team or Team()
        self.clock = clock or TurnedClock()
        self.timing = timing or Timing()
        self.random = Random(seed)
        self.ids = Ids(self.random)
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self.usergroups: dict[str, Usergroup] = {}
        self.files: dict[str, Json] = {}
        self.uploads: dict[str, Json] = {}
        self.late_shares: dict[str, int] = {}  # questions that are not answered yet, by file
        self.homes: dict[str, Json] = {}
        self.stacks: dict[str, list[Json]] = {}
        self.scheduled: dict[str, Json] = {}
        self.executions: dict[str, Json] = {}
        self.executions_by_token: dict[str, str] = {}
        self.agents = AgentConversations()
        self.watchers = Watchers()
        self.faults = Faults(Random(seed))
        self.rates = Rates(lambda: self.clock.ticks() + self.clock.offset)
        self.deliveries = Deliveries(self.timing, self.faults)
        self.triggers = Triggers(self.ids, self.clock, self.timing)
        self.app = install(self.ids, manifest, self._installed_before() | (tokens or {}))
        self.sockets = Sockets(self.ids, self.timing, self.app.app_id)
        self.deliveries.transport = self.sockets.carry
        self.response_links = ResponseLinks(self.ids, self.clock, self.timing, self.team.id)
        self.base_url = ""
        self.page_token = secrets.token_urlsafe(24)
        self._last_ts = 0
        self._load()
        self._install_bot_user()
        self.people.setdefault(
            "USLACKBOT", Person("USLACKBOT", "slackbot", "Slackbot", team_id=self.team.id)
        )

    # -- time and addresses

    def now(self) -> datetime:
        return self.clock.now()

    def next_ts(self) -> str:
        """A message's `ts`: unique, ordered, made from the turned clock."""
        self._last_ts = max(self._last_ts + 1, int(self.now().timestamp() * 1_000_000))
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def now_ts(self) -> str:
        return f"{self.now().timestamp():.6f}"

    def set_base_url(self, url: str) -> None:
        before = next((row["url"] for row in self.store.all("address")), url)
        self.base_url = url
        self.response_links.base_url = url
        self.store.put("address", "address", {"url": url})
        if before != url:
            self._move(before, url)

    def _move(self, before: str, now: str) -> None:
        """Files keep their addresses inside messages: those of an earlier run lead to this one's
        port.
        """
        for id, file in self.files.items():
            self.files[id] = _moved(file, before, now)
        for channel in self.channels.values():
            for ts, message in channel.messages.items():
                if "files" in message:
                    channel.messages[ts] = _moved(message, before, now)

    # -- who and where

    @property
    def bot(self) -> Person:
        return self.people[self.app.bot_user_id]

    def person(self, id: str) -> Person:
        if id not in self.people:
            raise Refused("user_not_found")
        return self.people[id]

    def channel(self, id: str) -> Channel:
        if id not in self.channels:
            raise Refused("channel_not_found")
        return self.channels[id]

    def channel_named(self, name: str) -> Channel:
        wanted = name.removeprefix("#")
        return next(channel for channel in self.channels.values() if channel.name == wanted)

    def person_named(self, name: str) -> Person:
        wanted = name.removeprefix("@")
        return next(
            each for each in self.people.values() if wanted in (each.name, each.id, each.real_name)
        )

    def add_person(self, person: Person) -> Person:
        person.team_id = person.team_id or self.team.id
        self.people[person.id] = person
        self.keep_person(person)
        return person

    def add_channel(
        self,
        name: str,
        members: Iterable[str],
        *,
        kind: Kind = "public",
        teams: Iterable[str] = (),
        topic: str = "",
    ) -> Channel:
        prefix = "D" if kind == "im" else "C"
        people = list(dict.fromkeys(members))
        channel = Channel(
            self.ids.draw(prefix),
            name,
            kind,
            people[0] if people else "",
            int(self.now().timestamp()),
            people,
        )
        channel.topic, channel.teams = topic, list(teams)
        self.channels[channel.id] = channel
        self.keep_channel(channel)
        return channel

    def direct_channel(self, users: Iterable[str]) -> Channel:
        """The direct or group message of exactly these people, opened if there is none yet."""
        wanted = set(users)
        kind: Kind = "im" if len(wanted) <= 2 else "mpim"
        for channel in self.channels.values():
            if channel.kind == kind and set(channel.members) == wanted:
                return channel
        names = "--".join(sorted(self.people[user].name for user in wanted))
        return self.add_channel(
            f"mpdm-{names}-1" if kind == "mpim" else "", sorted(wanted), kind=kind
        )

    # -- what is kept

    def keep_person(self, person: Person) -> None:
        self.store.put("person", person.id, asdict(person))

    def keep_channel(self, channel: Channel) -> None:
        self.store.put("channel", channel.id, channel.stored())

    def move_channel(self, channel: Channel, new: str) -> None:
        """Everything of the channel is found under another id, and nothing under the old one."""
        old = channel.id
        self.store.drop("channel", old)
        for ts in channel.messages:
            self.drop_message(channel, ts)
        del self.channels[old]
        channel.id = new
        self.channels[new] = channel
        self.keep_channel(channel)
        for message in channel.messages.values():
            self.keep_message(channel, message)

    def keep_message(self, channel: Channel, message: Json) -> None:
        self.store.put(
            "message", f"{channel.id}/{message['ts']}", {"in": channel.id, "message": message}
        )

    def drop_message(self, channel: Channel, ts: str) -> None:
        self.store.drop("message", f"{channel.id}/{ts}")

    def keep_usergroup(self, group: Usergroup) -> None:
        self.usergroups[group.id] = group
        self.store.put("usergroup", group.id, asdict(group))

    def keep_file(self, file: Json) -> None:
        self.files[file["id"]] = file
        self.store.put("file", file["id"], file)

    def keep_home(self, user: str, view: Json) -> None:
        self.homes[user] = view
        self.store.put("home", user, {"user": user, "view": view})

    def _installed_before(self) -> dict[str, str]:
        return next(self.store.all("app"), {})

    def _install_bot_user(self) -> None:
        app = self.app
        kept = ("app_id", "bot_id", "bot_user_id", "bot_token", "app_token", "signing_secret")
        self.store.put("app", "app", {name: getattr(app, name) for name in kept})
        handle = app.name.lower().replace(" ", "-")
        bot = Person(
            app.bot_user_id,
            handle,
            app.name,
            is_bot=True,
            bot_id=app.bot_id,
            app_id=app.app_id,
            color="5a4a8a",
        )
        self.add_person(bot)

    def _load(self) -> None:
        for row in self.store.all("person"):
            self.people[row["id"]] = Person(**row)
        for row in self.store.all("usergroup"):
            self.usergroups[row["id"]] = Usergroup(**row)
        for row in self.store.all("channel"):
            self.channels[row["id"]] = Channel(**row)
        for row in self.store.all("message"):
            self.channels[row["in"]].add(row["message"])
            seconds, _, micros = row["message"]["ts"].partition(".")
            self._last_ts = max(self._last_ts, int(seconds) * 1_000_000 + int(micros))
        for row in self.store.all("file"):
            self.files[row["id"]] = row
        for row in self.store.all("home"):
            self.homes[row["user"]] = row["view"]


def _moved(thing: Json, before: str, now: str) -> Json:
    moved: Json = json.loads(json.dumps(thing).replace(f"{before}/", f"{now}/"))
    return moved
