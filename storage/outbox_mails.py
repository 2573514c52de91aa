"""The outbox of mails: messages to addresses outside of Slack, with claims by a lease as there.

``due``      wants to be sent from ``next_at`` on
``claimed``  a sender has it until ``lease_until``, and has not begun the message itself
``begun``    the message is being given to the mail server
``unsure``   it may have arrived; only a person says that it is sent again
``sent``     the mail server took it
``failed``   it was refused for good, or for too long; ``error`` says why
``left``     a person decided that it is not sent again
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    cast,
    func,
    literal,
    or_,
    select,
    update,
)

from storage.base import Id, Json, Key, Moment, metadata
from storage.dialect import among, skipping_locked, upsert
from storage.documents.register import documents
from storage.outbox import AT_ONCE
from storage.turn import Turn

outbox_mails = Table(
    "outbox_mails",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace", Key, nullable=False),
    Column("key", Key, nullable=False),
    Column("subject", Key, nullable=False),  # what it is about: document:17
    Column("to", String(254), nullable=False),
    Column("body", Json, nullable=False),
    Column("asked_by", Key, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Moment, nullable=False),
    Column("lease_until", Moment),
    Column("error", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("sent_at", Moment),
    UniqueConstraint("workspace", "key"),
    Index(None, "state", "next_at"),
    Index(None, "to", "created_at"),
    Index(None, "subject"),
    Index(None, "sent_at"),
)
_IN_DOUBT = ("unsure", "failed")


@dataclass(frozen=True)
class Mail:
    """A row."""

    id: int
    workspace: str
    key: str
    subject: str
    to: str
    body: Mapping[str, Any]
    """``title`` and ``text`` as the customer reads them, ``file`` (its key) and ``file_name``,
    ``reply_name`` and ``reply_to``."""
    asked_by: str
    state: str
    attempts: int
    lease_until: datetime | None
    error: str
    created_at: datetime
    sent_at: datetime | None


_COLUMNS = [outbox_mails.c[name] for name in Mail.__dataclass_fields__]


def plan(
    turn: Turn, key: str, subject: str, to: str, body: Mapping[str, Any], error: str = ""
) -> bool:
    """A mail that is sent once; False where there is one of this key. With an error it is one that
    could not be made.
    """
    row = {
        "workspace": turn.workspace,
        "key": key,
        "subject": subject,
        "to": to,
        "body": dict(body),
        "asked_by": turn.actor.id,
        "state": "failed" if error else "due",
        "attempts": 0,
        "next_at": AT_ONCE,
        "error": error,
        "created_at": turn.now,
    }
    added = upsert(turn.db, outbox_mails).values(row).on_conflict_do_nothing()
    return bool(turn.db.execute(added.returning(outbox_mails.c.id)).scalar())


def about(turn: Turn, subject: str) -> Mail | None:
    """The newest mail about something."""
    query = select(*_COLUMNS).where(
        outbox_mails.c.workspace == turn.workspace, outbox_mails.c.subject == subject
    )
    row = turn.db.execute(query.order_by(outbox_mails.c.id.desc()).limit(1)).one_or_none()
    return Mail(**row._mapping) if row else None


def unsure(db: Connection) -> list[str]:
    """The numbers of the documents whose mail may have arrived, of every workspace."""
    about = outbox_mails.c.subject == literal("document:") + cast(documents.c.id, String)
    query = select(documents.c.number).join(outbox_mails, about)
    waiting = query.where(outbox_mails.c.state == "unsure").order_by(outbox_mails.c.id)
    return list(db.execute(waiting).scalars())


def get(turn: Turn, mail_id: int) -> Mail | None:
    query = select(*_COLUMNS).where(_of(turn.workspace, mail_id))
    row = turn.db.execute(query).one_or_none()
    return Mail(**row._mapping) if row else None


def count_to(turn: Turn, to: str, since: datetime) -> int:
    """How many mails to an address were asked for since then."""
    some = (outbox_mails.c.workspace == turn.workspace, outbox_mails.c.to == to)
    count = select(func.count()).where(*some, outbox_mails.c.created_at >= since)
    return int(turn.db.execute(count).scalar_one())


def decide(turn: Turn, mail_id: int, state: str) -> bool:
    """A person's word on what is unsure or failed: ``due`` once more, or ``left``; False where
    somebody was quicker.
    """
    chosen = (_of(turn.workspace, mail_id), outbox_mails.c.state.in_(_IN_DOUBT))
    values = {
        "state": state,
        "next_at": AT_ONCE,
        "attempts": 0,
        "lease_until": None,
        "asked_by": turn.actor.id,
    }
    return bool(turn.db.execute(update(outbox_mails).where(*chosen).values(values)).rowcount)


def claim(db: Connection, now: datetime, lease: timedelta, most: int) -> list[Mail]:
    """Take mails whose hour has come, oldest first."""
    due = (
        select(outbox_mails.c.id)
        .where(outbox_mails.c.state == "due", outbox_mails.c.next_at <= now)
        .order_by(outbox_mails.c.id)
        .limit(most)
    )
    ids = skipping_locked(db, due).scalars().all()
    taken = update(outbox_mails).where(among(outbox_mails.c.id, ids))
    rows = db.execute(taken.values(state="claimed", lease_until=now + lease).returning(*_COLUMNS))
    return sorted((Mail(**row._mapping) for row in rows), key=lambda mail: mail.id)


def begin(db: Connection, mail: Mail, now: datetime) -> bool:
    """The message itself is given to the server now; False where the claim is not ours any more."""
    ours = (outbox_mails.c.id == mail.id, outbox_mails.c.state == "claimed")
    held = (outbox_mails.c.lease_until == mail.lease_until, outbox_mails.c.lease_until > now)
    return bool(db.execute(update(outbox_mails).where(*ours, *held).values(state="begun")).rowcount)


def abandon_expired(db: Connection, now: datetime) -> list[Mail]:
    """What a sender that is gone had: due once more where the message was not begun, else unsure;
    the unsure ones.
    """
    gone = outbox_mails.c.lease_until < now
    waiting = update(outbox_mails).where(outbox_mails.c.state == "claimed", gone)
    db.execute(waiting.values(state="due", next_at=AT_ONCE))
    lost = update(outbox_mails).where(outbox_mails.c.state == "begun", gone)
    rows = db.execute(lost.values(state="unsure", error="interrupted").returning(*_COLUMNS)).all()
    return [Mail(**row._mapping) for row in rows]


def settle(
    turn: Turn, mail: Mail, state: str, at: datetime, error: str = "", next_at: datetime = AT_ONCE
) -> Mail | None:
    """What became of a mail in our hands; None where it was decided meanwhile."""
    ours = (
        _of(mail.workspace, mail.id),
        outbox_mails.c.lease_until == mail.lease_until,
        outbox_mails.c.state.in_(("claimed", "begun", "unsure")),
    )
    values = {
        "state": state,
        "error": error,
        "next_at": next_at,
        "attempts": mail.attempts + 1,
        "sent_at": at if state == "sent" else None,
    }
    row = turn.db.execute(
        update(outbox_mails).where(*ours).values(values).returning(*_COLUMNS)
    ).one_or_none()
    return Mail(**row._mapping) if row else None


def count_leaving(db: Connection, since: datetime) -> int:
    """How many the server took since then, or somebody has in hand."""
    in_hand = outbox_mails.c.state.in_(("claimed", "begun"))
    count = select(func.count()).where(or_(outbox_mails.c.sent_at >= since, in_hand))
    return int(db.execute(count).scalar_one())


def _of(workspace: str, mail_id: int) -> Any:
    return (outbox_mails.c.workspace == workspace) & (outbox_mails.c.id == mail_id)
