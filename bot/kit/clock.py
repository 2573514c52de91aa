"""The clock: the one place that reads the time. Everywhere else the moment is an argument."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.kit.errors import Problem

Clock = Callable[[], datetime]


class NoSuchClock(Problem):
    """``ZAPLECZE_CLOCK`` names something that is no clock."""

    sentence = (
        "ZAPLECZE_CLOCK cannot be “{setting}”: it is file:PATH, or left out for the real time."
    )


class NoOffset(Problem):
    """The file of a turned clock does not say how far it is turned."""

    sentence = (
        "The clock {path} must hold a number of seconds, such as 86400; ZAPLECZE_CLOCK names it."
    )


def real() -> datetime:
    """Now, as an aware moment in UTC."""
    return datetime.now(UTC)


def from_setting(setting: str) -> Clock:
    """The clock that ``ZAPLECZE_CLOCK`` names: empty for the real one, ``file:PATH`` for a turned
    one.

    The file holds an offset in seconds (``86400`` is a day ahead); a missing or empty file means
    none.
    """
    if not setting:
        return real
    kind, _, path = setting.partition(":")
    if kind != "file" or not path:
        raise NoSuchClock(setting=setting)
    return lambda: _turned(Path(path))


def _turned(path: Path) -> datetime:
    try:
        return real() + timedelta(seconds=float(path.read_text() or 0))
    except FileNotFoundError:
        return real()
    except (OSError, ValueError, OverflowError) as fault:
        raise NoOffset(path=path) from fault
