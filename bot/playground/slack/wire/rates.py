"""Slack's rate limits per method and, for posting, per channel (`rate_limits`, on as in Slack).

Source: docs.slack.dev/apis/web-api/rate-limits. Each tier is a bucket that refills evenly over a
minute. Slack tolerates "a small amount of burst" in the slowest tier without a figure; ten, since
an app may have ten sockets open, and each of them is asked for (docs.slack.dev/apis/socket-mode).
"""

from collections.abc import Callable
from dataclasses import dataclass, field

PER_MINUTE = {"1": 1, "2": 20, "3": 50, "4": 100, "special": 300}
BURST = 10
POST_BURST, POST_PER_SECOND = 5, 1.0


@dataclass
class Bucket:
    room: float
    refill: float
    left: float
    at: float

    def take(self, now: float) -> float:
        """Seconds to wait, or zero and one is taken."""
        passed = max(0.0, now - self.at)  # a clock that was turned back takes nothing away
        self.left = min(self.room, self.left + passed * self.refill)
        self.at = now
        if self.left >= 1:
            self.left -= 1
            return 0.0
        return (1 - self.left) / self.refill


@dataclass
class Rates:
    """``ticks`` are seconds of the clock by which the buckets fill: real ones, or those of a test
    that turns its clock.
    """

    ticks: Callable[[], float]
    longest: float = 0.0
    """The longest time that a call was told to wait, until somebody asks."""
    _buckets: dict[str, Bucket] = field(default_factory=dict)

    def wait(self, method: str, tier: str, channel: str) -> float:
        """Seconds until this call would be allowed; zero takes one from its bucket."""
        now = self.ticks()
        if tier == "post":
            key, room, refill = f"post {channel}", POST_BURST, POST_PER_SECOND
        else:
            key, room, refill = method, max(PER_MINUTE[tier], BURST), PER_MINUTE[tier] / 60
        bucket = self._buckets.setdefault(key, Bucket(room, refill, room, now))
        wait = bucket.take(now)
        self.longest = max(self.longest, wait)
        return wait

    def fill(self) -> None:
        """As if nobody had called yet."""
        self._buckets.clear()

    def told_to_wait(self) -> float:
        """How long somebody was told to wait since this was asked last; zero when nobody was."""
        longest, self.longest = self.longest, 0.0
        return longest
