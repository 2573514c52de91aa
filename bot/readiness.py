"""Whether the database can serve: it answers, has the newest shape, and takes what is written."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.kit import clock
from bot.kit.clock import Clock
from storage import schema

WRITTEN_EVERY = timedelta(seconds=5)
"""However often somebody asks; what the last write told holds until then."""


class Readiness:
    """Asked by whoever watches the process, as often as they like."""

    def __init__(self, engine: Engine, now: Clock = clock.real) -> None:
        self._engine, self._now = engine, now
        self._place = schema.place(engine)
        self._written: tuple[datetime, bool] | None = None
        self._one_at_a_time = Lock()
        self._newest = 0

    def why_not(self) -> str | None:
        """Why the database cannot serve now."""
        if schema.place(self._engine) != self._place:
            return "the database's file was removed or replaced: put it back and start again"
        try:
            schema.refuse_busy(self._engine)
            if not schema.is_current(self._engine):
                return "the database has another shape: run `zaplecze db upgrade`"
            if self._is_older():
                return "the database is an older one than before: put the newest back"
        except SQLAlchemyError as fault:
            is_busy = "locked" in str(getattr(fault, "orig", ""))
            return "the database is busy" if is_busy else "the database does not answer"
        full = "the database takes no writes: its disk is full, or it is read only"
        return None if self._takes_writes() else full

    def _is_older(self) -> bool:
        """Whether it has forgotten what was seen in it: a copy was laid over its file, or a server
        took over that lags behind.
        """
        newest = schema.newest_event(self._engine)
        self._newest, before = max(newest, self._newest), self._newest
        return newest < before

    def _takes_writes(self) -> bool:
        with self._one_at_a_time:
            if self._written is None or self._now() - self._written[0] >= WRITTEN_EVERY:
                self._written = self._now(), self._writes()
            return self._written[1]

    def _writes(self) -> bool:
        try:
            schema.write_nothing_new(self._engine)
        except SQLAlchemyError:
            return False
        return True


@dataclass
class Hearing:
    """Whether Slack is heard by Socket Mode, as last looked."""

    now: Clock = clock.real
    deaf_since: datetime | None = None

    def note(self, is_open: bool) -> None:
        """The socket is open, or not."""
        if is_open:
            self.deaf_since = None
        elif self.deaf_since is None:
            self.deaf_since = self.now()
