"""Routes: what a feature listens to, declared beside the listener. One route per name; the app
refuses two.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from typing import Any, Generic, TypeVar

from bot.kit.errors import NotForGuests, Problem
from bot.kit.replies import Reply

T = TypeVar("T")
I = TypeVar("I")  # noqa: E741
Value = str | list[str] | None
Json = Mapping[str, Any]
Listener = Callable[[T, I], Reply]
Adding = Callable[[Listener[T, I]], Listener[T, I]]


class Need(Enum):
    """What a listener must have in hand before its turn begins; the edge fetches it from Slack."""

    MESSAGE = "message"  # the message that was reacted to
    THREAD = "thread"  # every message of the thread
    MEMBERS = "members"  # who is in the channel of what was clicked
    AROUND_US = "around us"  # who is in the channel that we have just entered ourselves
    PROFILE = "profile"  # the person's present facts


@dataclass(frozen=True)
class Place:
    """A message, or where one stands."""

    channel: str
    ts: str | None = None
    thread_ts: str | None = None


@dataclass(frozen=True)
class Command:
    """A slash command as somebody typed it."""

    name: str
    text: str
    channel: str


@dataclass(frozen=True)
class Click:
    """A button pressed or a choice made, in a message or a view."""

    action_id: str
    value: Value
    block_id: str
    place: Place | None = None
    view: Json | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    metadata: Json = field(default_factory=dict)
    private: bool = False  # pressed in an answer that only this person sees
    files: Mapping[str, list[Json]] = field(default_factory=dict)
    fetched: Mapping[Need, Any] = field(default_factory=dict)

    @property
    def asked(self) -> Json:
        """Where the button stands, for a form's metadata; nothing for one in a view."""
        return {"asked": [self.place.channel, self.place.ts]} if self.place else {}

    @property
    def number(self) -> int:
        """The number that a button of ours carries; ValueError for what is none of ours."""
        return int(str(self.value))


@dataclass(frozen=True)
class Submission:
    """A form sent. ``values`` by block id; ``metadata`` is what the view carried."""

    callback_id: str
    view_id: str
    values: Mapping[str, Value]
    metadata: Json
    files: Mapping[str, list[Json]] = field(default_factory=dict)
    fetched: Mapping[Need, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Closing:
    """A form closed without sending."""

    callback_id: str
    metadata: Json


@dataclass(frozen=True)
class Event:
    """Something that happened in the workspace, in Slack's own words."""

    type: str
    facts: Json
    fetched: Mapping[Need, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Shortcut:
    """A shortcut chosen, from the menu or on a message."""

    callback_id: str
    place: Place | None = None
    message: Json | None = None
    fetched: Mapping[Need, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Search:
    """What somebody typed into a select that asks us for its options."""

    action_id: str
    text: str
    metadata: Json


@dataclass(frozen=True)
class Route(Generic[T]):
    """A listener and the name it listens to. ``facts`` go into the app manifest."""

    kind: str
    name: str
    listener: Callable[[T, Any], Reply]
    needs: tuple[Need, ...] = ()
    outsiders: bool = False  # guests and people of other workspaces may come in
    refusal: type[Problem] = NotForGuests  # what is said to them where they may not
    reads: bool = False  # only: nobody who writes waits for it
    facts: Json = field(default_factory=dict)
    when: Callable[[Any, Any], bool] | None = None
    """Asked with the input and the catalogue before anything is fetched; false leaves the route
    shut.
    """


@dataclass(frozen=True)
class Tool(Generic[T]):
    """What an agent of the workspace (Slackbot) may call for a person, over MCP.

    ``label`` is its title, said in the words of whoever has the tools listed; ``schema`` is the
    JSON Schema of its arguments. One that ``reads`` changes nothing; of the
    others Slack asks the person before it calls.
    """

    name: str
    label: str
    description: str
    schema: Json
    reads: bool
    call: Callable[[T, Json], Reply]


@dataclass(frozen=True)
class Job(Generic[T]):
    """Work that the clock asks for: the scheduler wakes ``run`` in a turn of the workspace.

    ``run`` does a little and says whether more is left; then it is woken again, in another turn.
    """

    name: str
    every: timedelta
    run: Callable[[T], bool | None]


@dataclass(frozen=True)
class Task(Generic[T]):
    """Slow work: ``work`` runs outside any transaction, ``done`` takes its result in a new turn.

    ``work(payload, tools)`` gets what the turn recorded and the tools that the app lends (see
    ``bot/delivery/background_tasks.py``).
    ``failed`` takes a refusal (a :class:`~bot.kit.errors.Problem`) or the last of several faults.
    """

    name: str
    work: Callable[[Json, Any], Any]
    done: Callable[[T, Json, Any], None]
    failed: Callable[[T, Json, Exception], None]


class Routes(Generic[T]):
    """The routes, jobs and background tasks of one feature. ``refusal`` is what it says to guests
    who try what is for members.
    """

    def __init__(self, feature: str, refusal: type[Problem] = NotForGuests) -> None:
        self.feature, self.refusal = feature, refusal
        self.routes: list[Route[T]] = []
        self.tools: list[Tool[T]] = []
        self.jobs: list[Job[T]] = []
        self.tasks: list[Task[T]] = []

    def command(
        self, name: str, *, description: str, hint: str = "", reads: bool = False
    ) -> Adding[T, Command]:
        """A slash command, by its key in the catalogue's ``[commands]``, which gives it
        its word.
        """
        facts = {"description": description, "usage_hint": hint}
        return self._route("command", name, facts=facts, reads=reads)

    def overhears(self, name: str, *, reads: bool = False) -> Adding[T, Command]:
        """Looks at another feature's command before it does, and passes what is not for it."""
        return self._route("command", name, reads=reads)

    def action(
        self,
        action_id: str,
        *,
        needs: tuple[Need, ...] = (),
        outsiders: bool = False,
        reads: bool = False,
    ) -> Adding[T, Click]:
        """A button or a select; what follows a colon in the drawn id only keeps ids apart."""
        return self._route("action", action_id, needs, outsiders, reads=reads)

    def submission(
        self, callback_id: str, *, needs: tuple[Need, ...] = (), outsiders: bool = False
    ) -> Adding[T, Submission]:
        """A form sent. What it needs is of the message whose ``channel`` and ``ts`` stand in the
        form's metadata.
        """
        return self._route("submission", callback_id, needs, outsiders)

    def closing(self, callback_id: str) -> Adding[T, Closing]:
        """A form closed."""
        return self._route("closing", callback_id)

    def event(
        self,
        type: str,
        *,
        needs: tuple[Need, ...] = (),
        outsiders: bool = False,
        when: Callable[[Event, Any], bool] | None = None,
        reads: bool = False,
    ) -> Adding[T, Event]:
        """An event; several features may listen, the first that does not pass has it."""
        return self._route("event", type, needs, outsiders, when=when, reads=reads)

    def shortcut(
        self,
        callback_id: str,
        *,
        label: str,
        on_message: bool = False,
        needs: tuple[Need, ...] = (),
    ) -> Adding[T, Shortcut]:
        """An entry of the shortcuts menu, or of a message's own menu."""
        facts = {"name": label, "type": "message" if on_message else "global"}
        return self._route("shortcut", callback_id, needs, facts=facts)

    def search(self, action_id: str) -> Adding[T, Search]:
        """The options of a select that asks while the person types."""
        return self._route("search", action_id)

    def step(self, callback_id: str, **facts: Any) -> Adding[T, Event]:
        """A step of Workflow Builder; ``facts`` are its title, inputs and outputs in
        the manifest.
        """
        return self._route("step", callback_id, facts=facts)

    def tool(
        self,
        name: str,
        *,
        label: str,
        description: str,
        arguments: Mapping[str, Json] | None = None,
        optional: tuple[str, ...] = (),
        reads: bool = True,
    ) -> Adding[T, Json]:
        """A tool for agents: its arguments by name, each a JSON Schema; all but the optional ones
        must be given.
        """
        given = arguments or {}
        schema = {
            "type": "object",
            "properties": dict(given),
            "required": [argument for argument in given if argument not in optional],
            "additionalProperties": False,
        }

        def add(call: Callable[[T, Json], Reply]) -> Callable[[T, Json], Reply]:
            self.tools.append(Tool(name, label, description, schema, reads, call))
            return call

        return add

    def job(
        self, name: str, every: timedelta
    ) -> Callable[[Callable[[T], bool | None]], Callable[[T], bool | None]]:
        """Work of the clock, once every so often; true while more is left."""

        def add(run: Callable[[T], bool | None]) -> Callable[[T], bool | None]:
            self.jobs.append(Job(f"{self.feature}.{name}", every, run))
            return run

        return add

    def task(
        self,
        name: str,
        *,
        work: Callable[[Json, Any], Any],
        done: Callable[[T, Json, Any], None],
        failed: Callable[[T, Json, Exception], None],
    ) -> None:
        """Slow work that a turn of this feature records as ``<feature>.<name>``."""
        self.tasks.append(Task(f"{self.feature}.{name}", work, done, failed))

    def _route(
        self,
        kind: str,
        name: str,
        needs: tuple[Need, ...] = (),
        outsiders: bool = False,
        facts: Json | None = None,
        when: Callable[[Any, Any], bool] | None = None,
        reads: bool = False,
    ) -> Callable[[Callable[[T, I], Reply]], Callable[[T, I], Reply]]:
        def add(listener: Callable[[T, I], Reply]) -> Callable[[T, I], Reply]:
            route = Route(
                kind, name, listener, needs, outsiders, self.refusal, reads, facts or {}, when
            )
            self.routes.append(route)
            return listener

        return add
