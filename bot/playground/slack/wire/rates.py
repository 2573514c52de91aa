"""Slack's rate limits per method and, for posting, per channel; only enforced when asked for
(`rate_limits`).

Source: docs.slack.dev/apis/web-api/rate-limits. Each tier is a bucket that refills evenly over a
minute.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

PER_MINUTE = {"1": 1, "2": 20, "3": 50, "4": 100, "special": 300}
POST_BURST, POST_PER_SECOND = 5, 1.0


@dataclass
class Bucket:
    room: float
    refill: float
    left: float
    at: float

    def take(self, now: float) -> float:
        """Seconds to wait, or zero and one is taken."""
        self.left = min(self.room, self.left + (now - self.at) * self.refill)
        self.at = now
        if self.left >= 1:
            self.left -= 1
            return 0.0
        return (1 - self.left) / self.refill


@dataclass
class Rates:
    ticks: Callable[[], float]
    _buckets: dict[str, Bucket] = field(default_factory=dict)

    def wait(self, method: str, tier: str, channel: str) -> float:
        """Seconds until this call would be allowed; zero takes one from its bucket."""
        now = self.ticks()
        if tier == "post":
            key, room, refill = f"post {channel}", POST_BURST, POST_PER_SECOND
        else:
            room = PER_MINUTE[tier]
            key, refill = method, room / 60
        bucket = self._buckets.setdefault(key, Bucket(room, refill, room, now))
        return bucket.take(now)
