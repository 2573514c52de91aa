"""Upheaval: what administrators do to channels and people while an app works there, drawn by chance
and taken back later.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.playground.slack import talk
from bot.playground.slack.acts import administrator
from bot.playground.slack.channels import Channel, Kind
from bot.playground.slack.people import Person
from bot.playground.slack.wire import events
from bot.playground.slack.world import World

Undo = Callable[[], None]
_MOST_AT_ONCE = 3


@dataclass
class Upheaval:
    """``stir`` does one thing, or takes back the oldest; ``settle`` takes back all of them."""

    world: World
    _undone_by: list[tuple[str, Undo]] = field(default_factory=list)

    def stir(self) -> None:
        """One of: archive, rename, the app put out, another privacy, a guest, a deactivation."""
        if len(self._undone_by) >= _MOST_AT_ONCE:
            self._undone_by.pop(0)[1]()
            return
        draw = self.world.faults.random
        what = draw.choice((self._archive, self._rename, self._put_out, self._convert))
        channels = [each for each in self.world.channels.values() if self._is_quiet(each)]
        if channels and draw.random() < 0.7:
            channel = draw.choice(channels)
            self._undone_by.append((channel.id, what(channel)))
            return
        people = [each for each in self.world.people.values() if self._is_ordinary(each)]
        if people:
            person = draw.choice(people)
            fact = draw.choice(("deleted", "is_restricted"))
            self._undone_by.append((person.id, self._change(person, fact)))

    def settle(self) -> None:
        while self._undone_by:
            self._undone_by.pop()[1]()

    def _is_quiet(self, channel: Channel) -> bool:
        """A channel with the app in it that nothing befell yet."""
        befallen = {id for id, _ in self._undone_by}
        is_room = channel.kind in ("public", "private") and not channel.is_general
        return is_room and self._app.id in channel.members and channel.id not in befallen

    def _is_ordinary(self, person: Person) -> bool:
        befallen = {id for id, _ in self._undone_by}
        is_staff = person.team_id == self.world.team.id and not person.is_bot
        return is_staff and person.id not in (*befallen, "USLACKBOT") and not person.is_restricted

    @property
    def _app(self) -> Person:
        return self.world.bot

    def _archive(self, channel: Channel) -> Undo:
        who = channel.creator
        administrator.archive(self.world, channel, who)
        return lambda: administrator.archive(self.world, channel, who, on=False)

    def _rename(self, channel: Channel) -> Undo:
        before = channel.name
        administrator.rename(self.world, channel, f"{before}-{self.world.ids.small(3)}")
        return lambda: administrator.rename(self.world, channel, before)

    def _put_out(self, channel: Channel) -> Undo:
        talk.leave(self.world, channel, self._app)
        return lambda: talk.join(self.world, channel, self._app, inviter=channel.creator)

    def _convert(self, channel: Channel) -> Undo:
        before = channel.kind
        other: Kind = "public" if before == "private" else "private"
        administrator.convert(self.world, channel, other, channel.creator)
        return lambda: administrator.convert(self.world, channel, before, channel.creator)

    def _change(self, person: Person, fact: str) -> Undo:
        self._tell(person, fact, on=True)
        return lambda: self._tell(person, fact, on=False)

    def _tell(self, person: Person, fact: str, *, on: bool) -> None:
        setattr(person, fact, on)
        person.updated = int(self.world.now().timestamp())
        self.world.keep_person(person)
        self.world.watchers.changed("workspace")
        events.user_changed(self.world, person)
