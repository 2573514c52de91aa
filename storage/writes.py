"""What a turn has still to write: statements whose answer nobody needs wait, and go to the database
together.

On PostgreSQL in one packet, so that a ticket's rows do not wait for the network one by one.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Executable

from storage.dialect import in_one_go


@dataclass
class Writes:
    """The writes of one transaction. Whoever asks the database something asks ``flushed``, which
    knows of them.
    """

    db: Connection
    _waiting: list[tuple[Executable, list[Mapping[str, Any]]]] = field(default_factory=list)

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self.db.dialect.name

    def add(self, statement: Executable, *rows: Mapping[str, Any]) -> None:
        """Write rows after all that was written before. An insert is ``inline()``: it does not ask
        for the row's id.
        """
        if not (self._waiting and self._waiting[-1][0] is statement):
            self._waiting.append((statement, []))
        self._waiting[-1][1].extend(rows)

    def flushed(self) -> Connection:
        """The transaction with nothing left to write."""
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            with in_one_go(self.db):
                for statement, rows in waiting:
                    self.db.execute(statement, rows)
        return self.db

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """What is written inside is undone where an error leaves it; what was written before
        stays.
        """
        with self.flushed().begin_nested():
            try:
                yield
                self.flushed()
            except BaseException:
                self._waiting.clear()
                raise
