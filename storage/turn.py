"""The turn: who acts, when, in which language and workspace, inside which transaction."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.kit.catalogue import Catalogue
from bot.kit.language.characters import legible
from bot.kit.markup import escape
from bot.kit.words import Words
from bot.kit.working_time import QuietHours
from storage import audit, background_tasks, outbox
from storage.outbox import Under
from storage.statements import Writes

Block = Mapping[str, Any]


@dataclass(frozen=True)
class Person:
    """Somebody in the workspace, as the directory mirrors them."""

    id: str
    name: str
    language: str = "en"
    timezone: str = "UTC"
    is_external: bool = False  # a guest, of another workspace, or not here any more
    is_admin: bool = False
    is_bot: bool = False
    status: str = ""
    email: str = ""
    handle: str = ""
    picture: str = ""
    quiet: QuietHours | None = None


BOT = Person(id="bot", name="Zaplecze", is_bot=True)


@dataclass
class Turn:
    """One transaction's worth of work. Whoever has a turn may change things; nobody commits one by
    hand.

    A text that it posts is shown as it is written: nobody is called, nothing is a link, unless it
    is ``Mrkdwn``.
    """

    writes: Writes
    workspace: str
    now: datetime
    actor: Person
    catalogue: Catalogue
    words: Words = field(init=False)
    has_changed: bool = False
    through: str = ""
    """The agent that the actor acts through; nothing when they act themselves."""
    has_mail: bool = False
    """Whether messages can leave by e-mail."""
    known: dict[Any, Any] = field(default_factory=dict)
    """What this turn has looked up: rows that it reads again and again and seldom changes."""

    def __post_init__(self) -> None:
        self.words = Words(self.actor.language)

    @property
    def db(self) -> Connection:
        """The transaction, to be asked something: all that was written before is in it."""
        return self.writes.flushed()

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """What is done inside is undone where an error leaves it, and nothing else is."""
        try:
            with self.writes.attempt():
                yield
        except BaseException:
            self.known.clear()
            raise

    def record(self, event: str, subject: str, **facts: Any) -> None:
        """Note what happened (``ticket.resolved``) to what (``ticket:17``); facts are ids and
        codes.
        """
        self.has_changed = True
        if self.through:
            facts["through"] = self.through
        audit.append(self.writes, self.workspace, self.now, self.actor.id, event, subject, facts)

    def tell(
        self,
        to: str,
        text: str,
        blocks: Sequence[Block] = (),
        *,
        once: str,
        under: Under | None = None,
        subject: str | None = None,
    ) -> None:
        """Post a message to a channel or (by user id) in a direct message, ``once`` and never
        twice.
        """
        self.has_changed = True
        message = outbox.Body(text=escape(text), blocks=list(blocks))
        outbox.plan(
            self.writes, self.workspace, self.now, once, to, message, under=under, subject=subject
        )

    def show(
        self,
        card: str,
        to: str,
        text: str,
        blocks: Sequence[Block] = (),
        *,
        under: Under | None = None,
        subject: str | None = None,
        author: Person | None = None,
    ) -> None:
        """Keep a living message: posted the first time, from then on updated in place; the newest
        look wins. An ``author`` lends it name and picture, where Slack allows that.
        """
        self.has_changed = True
        shown_as = {"name": legible(author.name), "picture": author.picture} if author else None
        look = outbox.Body(text=escape(text), blocks=list(blocks), author=shown_as)
        outbox.keep(
            self.writes, self.workspace, self.now, card, to, look, under=under, subject=subject
        )

    def withdraw(self, card: str) -> None:
        """Take a message back: unposted it never appears, posted it is deleted."""
        self.has_changed = True
        outbox.withdraw(self.db, self.workspace, card)

    def send_file(
        self,
        to: str,
        name: str,
        file: str,
        text: str,
        *,
        once: str,
        under: Under | None = None,
        subject: str | None = None,
    ) -> None:
        """Upload a kept file (its key in ``storage.documents.files``) to a channel or a direct
        message, with
        ``text``.
        """
        self.has_changed = True
        message = outbox.Body(text=escape(text), file=file, file_name=legible(name))
        outbox.plan(
            self.writes, self.workspace, self.now, once, to, message, under=under, subject=subject
        )

    def task(self, name: str, once: str, **payload: Any) -> None:
        """Record slow work (``documents.render``) to be done outside any transaction."""
        self.has_changed = True
        background_tasks.plan(
            self.writes, self.workspace, name, once, {**payload, "actor": self.actor.id}
        )
