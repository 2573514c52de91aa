"""The clock: the one place that reads the time. Everywhere else the moment is an argument."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

Clock = Callable[[], datetime]


def real() -> datetime:
    """Now, as an aware moment in UTC."""
    return datetime.now(UTC)


def from_setting(setting: str) -> Clock:
    """The clock that ``ZAPLECZE_CLOCK`` names: empty for the real one, ``file:PATH`` for a turned one.

    The file holds an offset in seconds (``86400`` is a day ahead); a missing or empty file means none.
    """
    if not setting:
        return real
    kind, _, path = setting.partition(":")
    if kind != "file" or not path:
        raise ValueError(f"ZAPLECZE_CLOCK is {setting!r}; it must be file:PATH, or not be set")
    return lambda: real() + _offset(Path(path))


def _offset(path: Path) -> timedelta:
    try:
        return timedelta(seconds=float(path.read_text() or 0))
    except FileNotFoundError:
        return timedelta()
