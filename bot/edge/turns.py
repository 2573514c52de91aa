"""The one place where a transaction begins and ends."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from bot.kit.catalogue import Catalogue
from bot.kit.clock import Clock
from bot.kit.errors import Problem
from storage import schema
from storage.base import begin_reading
from storage.dialect import may_be_repeated, must_write
from storage.people import people
from storage.statements import Writes
from storage.turn import BOT, Person, Turn

T = TypeVar("T")
HOME = "main"  # the workspace that is known by its token


class Stranger(Problem):
    """The directory has not met this person yet; the edge asks Slack who it is and begins anew."""

    sentence = "{person} is not known yet."


class WhichCatalogue(Problem):
    """A folder of catalogues, and nothing says which of them holds here."""

    sentence = (
        "There are catalogues for {workspaces}. Name the file of one of them with ZAPLECZE_CONFIG."
    )


class DatabaseGone(Problem):
    """Its file was removed or replaced while we had it open: what is written there is lost."""

    sentence = (
        "The database is not where it was, so nothing was changed. Please tell your administrator; "
        "I go on when it is back."
    )


class ChangedAfterAll(Exception):
    """A turn was to read only and changed something: it is undone and begins anew as one that
    writes.
    """


@dataclass
class Turns:
    """Turns on one database. ``catalogues`` by workspace; ``*`` serves those that have none of
    their own.
    """

    engine: Engine
    clock: Clock
    catalogues: Mapping[str, Catalogue]
    on_change: Callable[[], None] = field(default=lambda: None)
    """Called after a turn that changed something is committed: there may be messages to carry."""

    has_mail: bool = False
    """Whether messages can leave by e-mail."""
    _place: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        self._place = schema.place(self.engine)

    @contextmanager
    def turn(self, workspace: str, actor: str = BOT.id, *, reads: bool = False) -> Iterator[Turn]:
        """A turn of ``actor`` (a user id, or the bot): committed at its end, undone when an error
        leaves it. One that only ``reads`` holds nobody up who writes; where it writes after all it
        may have to be repeated (:func:`storage.dialect.must_write`).
        """
        with self.transaction(reads=reads) as db:
            writes = Writes(db)
            turn = self._turn(writes, workspace, actor)
            yield turn
            writes.flushed()
        if turn.has_changed:
            self.on_change()

    @contextmanager
    def transaction(self, *, reads: bool = False) -> Iterator[Connection]:
        """A bare transaction, for work that belongs to no workspace (the sender's claims)."""
        if self._place not in (None, schema.place(self.engine)):
            raise DatabaseGone()
        with self.engine.connect() as db, begin_reading(db) if reads else db.begin():
            yield db

    def now(self) -> datetime:
        """The moment, as turns see it."""
        return self.clock()

    def catalogue(self, workspace: str) -> Catalogue:
        result = self.catalogues.get(workspace) or self.catalogues.get("*")
        if result is None and len(self.catalogues) > 1:
            raise WhichCatalogue(workspaces=", ".join(self.catalogues))
        return result or next(iter(self.catalogues.values()))

    def _turn(self, writes: Writes, workspace: str, actor: str) -> Turn:
        catalogue = self.catalogue(workspace)
        turn = Turn(writes, workspace, self.clock(), BOT, catalogue, has_mail=self.has_mail)
        return turn if actor == BOT.id else replace(turn, actor=_met(turn, actor))


def repeated(work: Callable[[bool], T], *, reads: bool) -> T:
    """The result of ``work(reads)``, which is one turn; done once more where it was undone by no
    fault of its own, or was to read only and wrote after all.
    """
    try:
        return work(reads)
    except ChangedAfterAll:
        return work(False)
    except DBAPIError as fault:
        if not may_be_repeated(fault) and not (reads and must_write(fault)):
            raise
        return work(False)


def _met(turn: Turn, actor: str) -> Person:
    existing = people.person(turn, actor)
    if existing is None:
        raise Stranger(person=actor)
    return existing
