"""People as objects: each types, clicks, fills and sees what Slack would show them."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bot.playground.server import Playground
from bot.playground.slack import views
from bot.playground.slack.acts import app, conversations
from bot.playground.slack.acts.conversations import Unable
from bot.playground.slack.block_kit.forms import Field, fields
from bot.playground.slack.channels import Channel
from bot.playground.slack.people import Person
from bot.playground.slack.schedule import turn_clock
from bot.playground.slack.shapes import Json
from tests.driver_looks import Form, Seen, labels, plain, spoken
from tests.driver_values import chosen

Settle = Callable[[], None]


def _nothing() -> None:
    return


class Office:
    """A running playground with its people: ``office["anna"]`` (or ``office.anna``) is a person.

    After each act everything that was delivered is answered; then `settle` runs (the bot's fixture
    gives one that lets its sender work until idle), and again as long as new deliveries follow.
    """

    def __init__(self, playground: Playground, settle: Settle = _nothing) -> None:
        self.playground = playground
        self.world = playground.world
        self.settle = settle

    def __getitem__(self, name: str) -> "Colleague":
        return Colleague(self, self.world.person_named(name))

    def __getattr__(self, name: str) -> "Colleague":
        try:
            return self[name]
        except StopIteration:
            raise AttributeError(f"nobody here is called {name}") from None

    def calm(self) -> None:
        """Wait until every delivery is answered and the bot has nothing left to do."""
        while True:
            self.playground.run(self.world.deliveries.quiet())
            before = self.world.deliveries.count
            self.settle()
            self.playground.run(self.world.deliveries.quiet())
            if self.world.deliveries.count == before:
                return

    def later(self, seconds: float) -> None:
        """Turn the clock ahead."""

        async def turn() -> None:
            turn_clock(self.world, seconds)

        self.playground.run(turn())
        self.calm()


class Colleague:
    """Somebody at work. Acts return the person, so that they chain:
    ``anna.types("/ticket").fills(…).submits()``.
    """

    def __init__(self, office: Office, person: Person) -> None:
        self._office, self._person = office, person
        self._world = office.world
        self.id = person.id
        self.refused = ""

    def __repr__(self) -> str:
        return f"<{self._person.real_name}>"

    # -- what they see

    def sees(self, channel: str) -> list[Seen]:
        """The messages of a channel (``#bo-it``, ``@piotr``, or an id), their own notes among them,
        oldest first.
        """
        place = self.place(channel)
        shown = [*place.top_level(), *place.notes.get(self.id, [])]
        shown = [each for each in shown if not each.get("ephemeral") or "thread_ts" not in each]
        return [self._seen(place, each) for each in sorted(shown, key=lambda each: str(each["ts"]))]

    def notes(self, channel: str) -> list[Seen]:
        """The ephemeral notes that only they see in this channel."""
        place = self.place(channel)
        return [self._seen(place, each) for each in place.notes.get(self.id, [])]

    @property
    def dm(self) -> list[Seen]:
        """Their direct messages with the app."""
        place = self._world.direct_channel({self.id, self._world.app.bot_user_id})
        return [
            self._seen(place, each) for each in [*place.top_level(), *place.notes.get(self.id, [])]
        ]

    @property
    def modal(self) -> Form:
        """The form before them. Fails with what they see instead if none is open."""
        stack = views.stack_of(self._world, self.id)
        if not stack:
            raise AssertionError(f"{self!r} has no form open.\n{self.picture()}")
        return Form(self._world, stack[-1])

    @property
    def has_modal(self) -> bool:
        return bool(views.stack_of(self._world, self.id))

    @property
    def home(self) -> Form:
        """Their Home tab."""
        if self.id not in self._world.homes:
            raise AssertionError(f"{self!r} has an empty Home tab.")
        return Form(self._world, self._world.homes[self.id])

    @property
    def toasts(self) -> list[str]:
        """What Slack told them about an app that did not answer."""
        return list(self._world.watchers.toasts.get(self.id, []))

    @property
    def toast(self) -> str:
        """The last of those sentences, or nothing."""
        return self.toasts[-1] if self.toasts else ""

    def place(self, channel: str | Channel) -> Channel:
        """A channel by ``#name``, ``@person``, id, or itself."""
        if isinstance(channel, Channel):
            return channel
        if channel.startswith("@"):
            return self._world.direct_channel({self.id, self._world.person_named(channel).id})
        if channel in self._world.channels:
            return self._world.channels[channel]
        return self._world.channel_named(channel)

    def picture(self) -> str:
        """All that they see, for a failing test to show."""
        parts = [f"--- what {self._person.real_name} sees"]
        parts += [
            f"form: {Form(self._world, view)}" for view in views.stack_of(self._world, self.id)
        ]
        parts += [f"toast: {toast}" for toast in self.toasts]
        for channel in self._world.channels.values():
            if self.id in channel.members and (channel.messages or channel.notes.get(self.id)):
                parts.append(f"#{channel.name or 'direct message'}")
                parts += [
                    f"  {line}" for seen in self.sees(channel.id) for line in str(seen).splitlines()
                ]
        return "\n".join(parts)

    # -- what they do

    def says(
        self,
        channel: str | Channel,
        text: str,
        *,
        thread: Seen | str | None = None,
        broadcast: bool = False,
        files: list[Json] | None = None,
    ) -> Seen:
        """Write a message; the message as it stands there is returned."""
        place = self.place(channel)
        ids = tuple(file["id"] for file in files or [])

        async def act() -> Json:
            return conversations.say(
                self._world,
                self._person,
                place.id,
                text,
                thread_ts=_ts(thread),
                broadcast=broadcast,
                file_ids=ids,
            )

        return self._seen(place, self._do(act()))

    def replies(self, message: Seen, text: str, *, broadcast: bool = False) -> Seen:
        return self.says(
            message.channel, text, thread=message.thread_ts or message.ts, broadcast=broadcast
        )

    def edits(self, message: Seen, text: str) -> Seen:
        async def act() -> Json:
            return conversations.edit(
                self._world, self._person, message.channel.id, message.ts, text
            )

        return self._seen(message.channel, self._do(act()))

    def takes_out(self, message: Seen, name: str) -> None:
        """Take the file of this name out of their message."""
        file = next(each for each in message.again().files if each["name"] == name)

        async def act() -> None:
            conversations.take_out(
                self._world, self._person, message.channel.id, message.ts, file["id"]
            )

        self._do(act())

    def deletes(self, message: Seen) -> None:
        async def act() -> None:
            conversations.delete(self._world, self._person, message.channel.id, message.ts)

        self._do(act())

    def reacts(self, message: Seen, name: str, *, on: bool = True) -> None:
        async def act() -> None:
            conversations.react(
                self._world, self._person, message.channel.id, message.ts, name, on=on
            )

        self._do(act())

    def uploads(
        self,
        channel: str | Channel,
        path: Path | str,
        content: bytes | None = None,
        text: str = "",
        thread: Seen | None = None,
    ) -> Seen:
        """Share a file: from a path, or a name with its bytes."""
        name, data = Path(path).name, Path(path).read_bytes() if content is None else content

        async def act() -> Json:
            return conversations.upload(self._world, self._person, name, data)

        return self.says(channel, text, thread=thread, files=[self._do(act())])

    def types(self, line: str, channel: str | Channel = "#general") -> "Colleague":
        """Type a slash command: ``anna.types("/ticket the printer is broken", "#front-desk")``."""
        name, _, text = line.partition(" ")
        self._do(app.command(self._world, self._person, self.place(channel).id, name, text))
        return self

    def fills(
        self, values: Mapping[str, object] | None = None, /, **by_name: object
    ) -> "Colleague":
        """Fill fields of the form before them, by label, action_id or block_id; options by their
        visible text.
        """
        for name, value in {**(values or {}), **by_name}.items():
            self._fill(name, value)
        return self

    def _fill(self, name: str, value: object) -> None:
        form = self.modal
        field = form.field(name)
        given = chosen(self, form.view, field, value)
        where = (form.view["id"], field.block_id, field.action_id)
        self._do(app.click_view(self._world, self._person, *where, given))

    def chooses(self, name: str, value: object, *, on: Seen | str | None = None) -> "Colleague":
        """Choose in a select, a checkbox or an overflow menu: in a form, on Home (``on="home"``),
        or in a message.
        """
        holder = self._holder(name, on)
        field = holder.field(name)
        return self._click(holder, field, chosen(self, holder.container, field, value))

    def clicks(self, name: str, *, on: Seen | str | None = None) -> "Colleague":
        """Click a button by its visible text or action_id: in the form if it has it, else in the
        newest message.
        """
        holder = self._holder(name, on)
        return self._click(holder, holder.field(name), {})

    def forges(self, name: str, *, on: Seen) -> "Colleague":
        """Click a button in a channel that Slack does not show them: a request made by hand."""
        kind, on.channel.kind = on.channel.kind, "public"
        try:
            return self.clicks(name, on=on)
        finally:
            on.channel.kind = kind

    def _click(self, holder: Form | Seen, field: Field, given: Json) -> "Colleague":
        if isinstance(holder, Form):
            where = (holder.view["id"], field.block_id, field.action_id)
            self._do(app.click_view(self._world, self._person, *where, given))
        else:
            place = (holder.channel.id, holder.ts, field.block_id, field.action_id)
            self._do(app.click_message(self._world, self._person, *place, given))
        return self

    def _holder(self, name: str, on: Seen | str | None) -> Form | Seen:
        if isinstance(on, Seen):
            return on.again(self.id)
        if on == "home":
            return self.home
        if on is None and self.has_modal and self.modal.has(name):
            return self.modal
        channels = (
            [self.place(on)]
            if on
            else [each for each in self._world.channels.values() if self._in(each)]
        )
        shown = [
            seen for channel in channels for seen in self._everything(channel) if seen.has(name)
        ]
        if shown:
            return max(shown, key=lambda seen: seen.ts)
        if on is None and self.id in self._world.homes and self.home.has(name):
            return self.home
        raise AssertionError(f"{self!r} sees no {name!r} to click.\n{self.picture()}")

    def _in(self, channel: Channel) -> bool:
        return self.id in channel.members or bool(channel.notes.get(self.id))

    def _everything(self, channel: Channel) -> list[Seen]:
        shown = [*channel.messages.values(), *channel.notes.get(self.id, [])]
        return [self._seen(channel, each) for each in shown]

    def submits(self) -> "Colleague":
        """Submit the form on top; Slack's own complaints fail here, the app's errors show in
        ``modal.errors``.
        """
        view = self.modal.view
        self._do(app.submit(self._world, self._person, view["id"]))
        return self

    def closes(self, *, everything: bool = False) -> "Colleague":
        """Cancel the form on top, or all of them (×)."""
        self._do(app.close(self._world, self._person, self.modal.view["id"], clear=everything))
        return self

    def shortcut(self, name: str, *, on: Seen | None = None) -> "Colleague":
        """A global shortcut, or one on a message, by its callback_id or its name in the menu."""
        known = [
            each
            for each in self._world.app.shortcuts
            if name in (each["callback_id"], each["name"])
        ]
        callback_id = known[0]["callback_id"] if known else name
        place = (on.channel.id, on.ts) if on else ("", "")
        self._do(app.shortcut(self._world, self._person, callback_id, *place))
        return self

    def suggestions(self, name: str, typed: str, *, on: Seen | str | None = None) -> list[str]:
        """What an external select offers for what was typed."""
        holder = self._holder(name, on)
        return labels(self.offered(holder.container, holder.field(name), typed))

    def offered(self, container: Json, field: Field, typed: str) -> list[Json]:
        where = (container, field.block_id, field.action_id, typed)
        answer = self._do(app.suggest(self._world, self._person, *where))
        groups = answer.get("option_groups") or []
        return answer.get("options") or [option for group in groups for option in group["options"]]

    def opens_home(self, tab: str = "home") -> "Colleague":
        async def act() -> None:
            app.open_home(self._world, self._person, tab)

        self._do(act())
        return self

    def joins(self, channel: str) -> None:
        async def act() -> None:
            conversations.join(self._world, self._person, self.place(channel).id)

        self._do(act())

    def invites(self, who: str, channel: str) -> None:
        """Bring somebody (a user id) into a channel that they are in themselves."""

        async def act() -> None:
            conversations.invite(self._world, self._person, self.place(channel).id, who)

        self._do(act())

    def leaves(self, channel: str) -> None:
        async def act() -> None:
            conversations.leave(self._world, self._person, self.place(channel).id)

        self._do(act())

    def changes(self, **profile: object) -> "Colleague":
        """Change their status, language (`locale`) or time zone (`tz`)."""

        async def act() -> None:
            conversations.change_profile(self._world, self._person, dict(profile))

        self._do(act())
        return self

    def _do(self, act: Any) -> Any:
        try:
            done = self._office.playground.run(act)
        except Unable as unable:
            raise AssertionError(f"{self!r} cannot do that: {unable}\n{self.picture()}") from None
        self._office.calm()
        return done

    def _seen(self, channel: Channel, message: Json) -> Seen:
        return Seen(self._world, channel, message)


def _ts(message: Seen | str | None) -> str:
    if isinstance(message, Seen):
        return message.thread_ts or message.ts
    return message or ""


__all__ = ["Colleague", "Form", "Office", "Seen", "fields", "labels", "plain", "spoken"]
