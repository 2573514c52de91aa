"""Short-lived permissions that Slack gives out: triggers (3 s, once) and response URLs (5 uses in
30 min).
"""

from dataclasses import dataclass, field

from bot.playground.slack.clock import TurnedClock
from bot.playground.slack.shapes import Ids, Refused
from bot.playground.slack.wire.deliveries import Timing


@dataclass
class Trigger:
    user: str
    born: float
    view_id: str = ""
    used: bool = False


class Triggers:
    """Every interaction gets one; it opens one view within three real seconds."""

    def __init__(self, ids: Ids, clock: TurnedClock, timing: Timing) -> None:
        self._ids, self._clock, self._timing = ids, clock, timing
        self._known: dict[str, Trigger] = {}

    def draw(self, user: str, view_id: str = "") -> str:
        id = f"{self._ids.number(13)}.{self._ids.number(12)}.{self._ids.hexadecimal(32)}"
        self._known[id] = Trigger(user, self._clock.ticks(), view_id)
        self._forget_old()
        return id

    def use(self, id: str) -> Trigger:
        trigger = self.look_at(id)
        trigger.used = True
        return trigger

    def look_at(self, id: str) -> Trigger:
        """The trigger if it could still be used; refused in Slack's words if not."""
        trigger = self._known.get(id)
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if self._clock.ticks() - trigger.born > self._timing.trigger:
            raise Refused("expired_trigger_id")
        return trigger

    def _forget_old(self) -> None:
        if len(self._known) > 2000:
            for id in list(self._known)[:1000]:
                del self._known[id]


@dataclass
class ResponseLink:
    """Where a `response_url` leads: the channel, the person, and the message it came
    from, if any.
    """

    channel: str
    user: str
    born: float
    message_ts: str = ""
    is_ephemeral: bool = False
    thread_ts: str = ""
    uses: int = 0


@dataclass
class ResponseLinks:
    ids: Ids
    clock: TurnedClock
    timing: Timing
    team_id: str
    base_url: str = ""
    known: dict[str, ResponseLink] = field(default_factory=dict)

    def draw(self, kind: str, link: ResponseLink) -> str:
        path = f"{kind}/{self.team_id}/{self.ids.number(13)}/{self.ids.small(24)}"
        self.known[path] = link
        return f"{self.base_url}/{path}"

    def begin(self, channel: str, user: str) -> ResponseLink:
        return ResponseLink(channel, user, self.clock.ticks())

    def use(self, path: str) -> ResponseLink:
        link = self.known.get(path)
        if link is None:
            raise Refused("no_such_url")
        if self.clock.ticks() - link.born > self.timing.response_url:
            raise Refused("expired_url")
        if link.uses >= self.timing.response_url_uses:
            raise Refused("used_url")
        link.uses += 1
        return link
