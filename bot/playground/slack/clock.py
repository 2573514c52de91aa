"""The playground's time: the one place here that reads a clock, and the offset by which it is
turned.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path


class TurnedClock:
    """Now, turned ahead by an offset that the bot reads from the same file
    (``ZAPLECZE_CLOCK=file:PATH``).

    Messages carry the turned time. Triggers, signatures, deadlines and retries stay on real time.
    """

    def __init__(
        self,
        path: Path | None = None,
        real: Callable[[], datetime] = lambda: datetime.now(UTC),
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self.path = path
        self.real = real
        self.ticks = ticks
        self.offset = _read(path)

    def now(self) -> datetime:
        return self.real() + timedelta(seconds=self.offset)

    def real_seconds(self) -> int:
        """The real moment in whole seconds since 1970, as signatures and HTTP want it."""
        return int(self.real().timestamp())

    def turn(self, seconds: float) -> None:
        """Turn the clock ahead and let the bot know through the file."""
        self.offset += seconds
        if self.path is not None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            fresh = self.path.with_suffix(".new")
            fresh.write_text(f"{self.offset:.3f}")
            fresh.replace(self.path)


def _read(path: Path | None) -> float:
    if path is None or not path.exists():
        return 0.0
    return float(path.read_text() or 0)
