"""Carries messages from the outbox of mails to the mail server, and notes what became of each.

A message is sent again by itself only where it certainly was not taken. The moment before the
message itself is noted: whoever dies before it has sent nothing, and after it nobody can tell.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.delivery.mail import smtp
from bot.delivery.mail.message import Attachment, Mail, compose
from bot.delivery.rounds import Bell, go_round
from bot.edge.turns import Turns
from bot.kit import clock
from bot.kit.errors import Problem
from bot.kit.files.content_store import ContentStore
from bot.mail_settings import MailFrom, MailServer
from handlers.documents.service.mail import delivery as mail_delivery
from storage import outbox_mails
from storage.documents import files
from storage.outbox import AT_ONCE
from storage.outbox_mails import Mail as Row
from storage.turn import Turn

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)  # more than all steps of a message and its end may take
MOST_A_MINUTE = 30
BATCH = 5  # at a time: all of them within one lease
GIVEN_UP_AFTER = timedelta(days=3)
PAUSE = timedelta(seconds=30)  # before the second try; twice as long before each further one
LONGEST_WAIT = timedelta(hours=1)


class Overtaken(Exception):
    """The claim is not ours any more: somebody else may be sending the message."""


@dataclass
class MailSender:
    """One of possibly several; without a mail server it carries nothing."""

    turns: Turns
    setting: tuple[MailServer, MailFrom] | None
    archive: ContentStore
    lease: timedelta = LEASE
    pause: timedelta = PAUSE
    most_a_minute: int = MOST_A_MINUTE
    now: Callable[[], datetime] = clock.real
    bell: Bell = field(default_factory=Bell)
    _quiet_until: datetime = AT_ONCE

    async def run(self, stop: asyncio.Event) -> None:
        """Carry messages until told to stop; the one in hand is finished first."""
        await go_round(self.carry, self.bell, stop, log)

    async def carry(self) -> int:
        """One round in a thread of its own; how many messages were touched."""
        return await asyncio.to_thread(self.carry_now) if self.setting else 0

    def carry_now(self) -> int:
        """The same, in this thread."""
        now = self.now()
        lost, due = self._collect(now)
        for row in lost:
            log.error("whether mail %s arrived is not known; a person is asked", row.id)
            with self.turns.turn(row.workspace) as turn:
                mail_delivery.settled(turn, row)
        for row in due:
            self._deliver(row)
        return len(lost) + len(due)

    def _collect(self, now: datetime) -> tuple[list[Row], list[Row]]:
        with self.turns.transaction() as db:
            lost = outbox_mails.abandon_expired(db, now)
            if now < self._quiet_until:
                return lost, []
            leaving = outbox_mails.count_leaving(db, now - timedelta(minutes=1))
            room = self.most_a_minute - leaving
            return lost, outbox_mails.claim(db, now, self.lease, min(BATCH, max(0, room)))

    def _deliver(self, row: Row) -> None:
        try:
            self._hand_in(row)
        except Overtaken:
            log.warning("mail %s is left to whoever claimed it after us", row.id)
        except smtp.Refused as refused:
            self._settle(row, "failed", refused.reason)
        except smtp.NoService as away:
            self._quiet_until = self.now() + min(timedelta(minutes=1), self.pause)
            self._later(row, away.reason)
        except smtp.TryLater as later:
            self._later(row, later.reason)
        except smtp.InDoubt as lost:
            self._settle(row, "unsure", str(lost))
        except Problem as problem:  # its file is gone from the archive, or was changed there
            self._settle(row, "failed", str(problem))
        except (LookupError, ValueError) as fault:  # its file is gone, or it has no form
            log.exception("mail %s cannot be made", row.id)
            self._settle(row, "failed", type(fault).__name__)
        else:
            self._settle(row, "sent")

    def _hand_in(self, row: Row) -> None:
        assert self.setting is not None
        server, sender = self.setting
        content = compose(self._mail(row), sender)
        smtp.hand_in(server, sender.address, row.to, content, begin=self._beginning(row))

    def _mail(self, row: Row) -> Mail:
        attached = self._file(row)
        return Mail(
            key=f"{row.workspace}:{row.key}",
            to=row.to,
            subject=row.body["title"],
            text=row.body["text"],
            at=row.created_at,
            reply_name=row.body["reply_name"],
            reply_to=row.body["reply_to"],
            attachment=Attachment(row.body["file_name"], attached),
        )

    def _file(self, row: Row) -> bytes:
        file = row.body["file"]
        if file.startswith(mail_delivery.ARCHIVED):
            return self.archive.content(file.removeprefix(mail_delivery.ARCHIVED))
        with self.turns.turn(row.workspace) as turn:
            return files.content(turn, file)

    def _beginning(self, row: Row) -> Callable[[], None]:
        def begin() -> None:
            with self.turns.transaction() as db:
                if not outbox_mails.begin(db, row, self.now()):
                    raise Overtaken()

        return begin

    def _later(self, row: Row, reason: str) -> None:
        """Another time, longer from try to try; after days a person hears of it."""
        now = self.now()
        if self.turns.now() - row.created_at > GIVEN_UP_AFTER:
            self._settle(row, "failed", reason)
            return
        wait = min(LONGEST_WAIT, self.pause * 2 ** min(row.attempts, 10))
        self._settle(row, "due", reason, now + wait)

    def _settle(self, row: Row, state: str, reason: str = "", at: datetime = AT_ONCE) -> None:
        with self.turns.turn(row.workspace) as turn:
            self._note(turn, row, state, reason, at)

    def _note(self, turn: Turn, row: Row, state: str, reason: str, at: datetime) -> None:
        settled = outbox_mails.settle(turn, row, state, self.now(), reason, at)
        if settled:
            mail_delivery.settled(turn, settled)
