"""Slack's bad days, on demand: slow, limited, broken, cut off, duplicate, late, lost, revoked,
gone. Seeded.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from random import Random
from typing import Literal

from bot.playground.slack.shapes import Json

CallFault = Literal["", "rate_limited", "server_error", "cut_before", "cut_after", "outage"]
DeliveryFault = Literal["duplicate", "lost_answer"]
CALL_FAULTS: tuple[CallFault, ...] = ("rate_limited", "server_error", "cut_before", "cut_after")


@dataclass
class Settings:
    """What the page, tests and the command line may set. Percentages are chances of each call or
    delivery. ``late_shares`` is how many answers at most do not say yet where a new file stands,
    ``upheaval_percent`` the chance of each second that something befalls a channel or a person.
    """

    slow_seconds: float = 0.0
    rate_limited_percent: float = 0.0
    server_error_percent: float = 0.0
    cut_before_percent: float = 0.0
    cut_after_percent: float = 0.0
    late_seconds: float = 0.0
    duplicate_percent: float = 0.0
    lost_answer_percent: float = 0.0
    late_shares: float = 1.0
    upheaval_percent: float = 0.0
    rate_limits: bool = True
    token_revoked: bool = False
    outage: bool = False


def _read(kind: type, value: object) -> float | bool:
    if kind is bool:
        return str(value).lower() in ("true", "1", "on", "yes")
    return float(str(value))


@dataclass
class Planned:
    """A fault that is certain to befall the next calls of a method (or of any, if it
    names none).
    """

    kind: CallFault
    method: str
    left: int


@dataclass
class Faults:
    """The faults that are switched on, and the draw that decides whom they befall."""

    random: Random
    settings: Settings = field(default_factory=Settings)
    retry_after: int = 1
    on_change: Callable[[str, bool], None] | None = None
    _planned: list[Planned] = field(default_factory=list)

    @staticmethod
    def names() -> list[str]:
        return [each.name for each in fields(Settings)]

    def shown(self) -> Json:
        return {name: getattr(self.settings, name) for name in self.names()}

    @staticmethod
    def usual() -> Json:
        """What Slack does on a good day too."""
        return {each.name: each.default for each in fields(Settings)}

    def set(self, given: Json) -> None:
        """Change some settings; unknown names and nonsense are refused with `ValueError`."""
        existing = {each.name: type(getattr(self.settings, each.name)) for each in fields(Settings)}
        for name, value in given.items():
            if name not in existing:
                raise ValueError(f"there is no fault {name!r}; there are {', '.join(existing)}")
            read = _read(existing[name], value)
            if read is not True and read < 0:
                raise ValueError(f"{name} cannot be negative")
            before = getattr(self.settings, name)
            setattr(self.settings, name, read)
            if before != read and self.on_change is not None and isinstance(read, bool):
                self.on_change(name, read)

    def calm(self) -> None:
        """Switch everything off."""
        self._planned.clear()
        self.set(self.usual())

    def next(self, kind: CallFault, method: str = "", times: int = 1) -> None:
        """Let it certainly befall the next calls: ``faults.next("cut_after",
        "chat.postMessage")``.
        """
        self._planned.append(Planned(kind, method, times))

    def for_call(self, method: str) -> CallFault:
        """What befalls this call: a planned fault first, else by chance."""
        if self.settings.outage:
            return "outage"
        for planned in self._planned:
            if planned.left and planned.method in ("", method):
                planned.left -= 1
                return planned.kind
        for kind in CALL_FAULTS:
            if self._happens(getattr(self.settings, f"{kind}_percent")):
                return kind
        return ""

    def most(self, limit: float) -> int:
        """A whole number from 0 to this one, drawn."""
        return self.random.randint(0, int(limit)) if limit >= 1 else 0

    def for_second(self) -> bool:
        """Whether something befalls a channel or a person in this second."""
        return self._happens(self.settings.upheaval_percent)

    def for_delivery(self, kind: DeliveryFault) -> bool:
        return self._happens(getattr(self.settings, f"{kind}_percent"))

    def _happens(self, percent: float) -> bool:
        return percent > 0 and self.random.random() * 100 < percent
