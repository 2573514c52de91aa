"""The outbox: messages to people who are not in the room, and living cards.

A message is *what Slack should show*; the sender makes it so. States:

``due``      wants work (post, update, delete, upload) from ``next_at`` on
``claimed``  a sender has it until ``lease_until``
``unsure``   it may or may not have been posted; Slack is asked before anything is posted again
``sent``     Slack shows ``version``
``failed``   Slack refused it for good; ``error`` says why
``gone``     withdrawn
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    case,
    func,
    null,
    select,
    update,
)

from storage.base import Id, Json, Key, Moment, index_of_those, metadata
from storage.dialect import one_of, upsert_of
from storage.statements import Prepared, Writes

IN_DOUBT = "in doubt: "
"""So begins the error of a failed message that may have been posted after all."""
AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
"""Due before any clock: real, or turned ahead for a demonstration."""

outbox_messages = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace", Key, nullable=False),
    Column("key", Key, nullable=False),
    Column("addressee", Key, nullable=False),  # a channel's or a person's id
    Column("subject", Key),
    Column("body", Json, nullable=False),
    Column("under_key", Key),  # in the thread of this message
    Column("under_channel", Key),  # in the thread of this message of somebody
    Column("under_ts", Key),
    Column("mark", String(32), nullable=False),  # opaque; travels in the message's metadata
    Column("state", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column(
        "sent_version", Integer, nullable=False
    ),  # the last one that was given to Slack, shown there or in doubt
    Column("channel", Key),  # where Slack put it
    Column("ts", Key),
    Column("file_id", Key),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Moment, nullable=False),
    Column("lease_until", Moment),
    Column("error", Text),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("workspace", "key"),
    Index(None, "state", "next_at", "id"),
    Index(None, "subject", "workspace"),  # the subject first: a key is found by its own index
)

index_of_those(
    outbox_messages.c.workspace,
    outbox_messages.c.channel,
    outbox_messages.c.ts,
    where=outbox_messages.c.ts.is_not(None),
)  # once posted

PLACE = func.coalesce(
    outbox_messages.c.channel, outbox_messages.c.under_channel, outbox_messages.c.addressee
)


@dataclass(frozen=True)
class Under:
    """The thread a message belongs to: that of another message, or that of a message in
    a channel.
    """

    message: str | None = None
    channel: str | None = None
    ts: str | None = None


@dataclass(frozen=True)
class Body:
    """What a message shows. ``file`` is the key of a kept file, uploaded as ``file_name``."""

    text: str
    blocks: Sequence[Mapping[str, Any]] = ()
    file: str | None = None
    file_name: str | None = None
    author: Mapping[str, str] | None = None  # whose words it shows

    def as_json(self) -> dict[str, Any]:
        facts: dict[str, Any] = {"text": self.text, "blocks": list(self.blocks)}
        facts |= {"file": self.file, "file_name": self.file_name}
        return facts | ({"author": dict(self.author)} if self.author else {})


@dataclass(frozen=True)
class Message:
    """A message in a sender's hands."""

    id: int
    workspace: str
    key: str
    addressee: str
    body: Mapping[str, Any]
    mark: str
    state: str
    version: int
    sent_version: int
    channel: str | None
    ts: str | None
    file_id: str | None
    attempts: int
    created_at: datetime
    lease_until: datetime
    subject: str | None = None
    error: str | None = None  # why it was not taken the last time
    thread_ts: str | None = None
    gone: bool = field(default=False)


def plan(
    writes: Writes,
    workspace: str,
    now: datetime,
    key: str,
    to: str,
    body: Body,
    *,
    under: Under | None,
    subject: str | None,
) -> None:
    """A message that is posted once; a second one of the same key is not written."""
    writes.add(_planned, _row(workspace, now, key, to, body, under, subject))


def keep(
    writes: Writes,
    workspace: str,
    now: datetime,
    key: str,
    to: str,
    body: Body,
    *,
    under: Under | None,
    subject: str | None,
) -> None:
    """A living card: written the first time, its look replaced from then on."""
    writes.add(_kept, _row(workspace, now, key, to, body, under, subject))


@Prepared
def _planned(dialect: str) -> Any:
    return (
        upsert_of(dialect, outbox_messages)
        .inline()
        .on_conflict_do_nothing(index_elements=["workspace", "key"])
    )


@Prepared
def _kept(dialect: str) -> Any:
    insert = upsert_of(dialect, outbox_messages).inline()
    changed = {
        "body": insert.excluded.body,
        "version": outbox_messages.c.version + 1,
        # A claimed or unsure card goes on when it is settled; what waits for Slack's "not so fast"
        # goes on waiting.
        "next_at": case(
            (one_of(outbox_messages.c.state, ("sent", "gone")), AT_ONCE),
            else_=outbox_messages.c.next_at,
        ),
        "state": case(
            (one_of(outbox_messages.c.state, ("sent", "failed", "gone")), "due"),
            else_=outbox_messages.c.state,
        ),
        # What was taken back is posted anew.
        "ts": case((outbox_messages.c.state == "gone", null()), else_=outbox_messages.c.ts),
    }
    return insert.on_conflict_do_update(index_elements=["workspace", "key"], set_=changed)


def withdraw(db: Connection, workspace: str, key: str) -> None:
    """The message shall not be there any more."""
    _withdraw(db, outbox_messages.c.workspace == workspace, outbox_messages.c.key == key)


def withdraw_all(db: Connection, workspace: str, addressee: str, but: str) -> None:
    """Nothing shall be there any more, but what is about subjects that begin so."""
    subject = func.coalesce(outbox_messages.c.subject, "")
    _withdraw(
        db,
        outbox_messages.c.workspace == workspace,
        outbox_messages.c.addressee == addressee,
        outbox_messages.c.state != "gone",
        subject.not_like(f"{but}%"),
    )


def _withdraw(db: Connection, *which: ColumnElement[bool]) -> None:
    db.execute(
        update(outbox_messages)
        .where(*which)
        .values(
            body={},
            version=outbox_messages.c.version + 1,
            next_at=case(
                (outbox_messages.c.state == "sent", AT_ONCE), else_=outbox_messages.c.next_at
            ),
            state=case(
                (outbox_messages.c.state.in_(("sent", "failed")), "due"),
                else_=outbox_messages.c.state,
            ),
        )
    )


def place_of(db: Connection, workspace: str, key: str) -> tuple[str, str] | None:
    """Channel and ts of a message, once it is posted."""
    query = select(outbox_messages.c.channel, outbox_messages.c.ts).where(
        outbox_messages.c.workspace == workspace, outbox_messages.c.key == key
    )
    row = db.execute(query).one_or_none()
    return (row.channel, row.ts) if row and row.ts else None


def _row(
    workspace: str,
    now: datetime,
    key: str,
    to: str,
    body: Body,
    under: Under | None,
    subject: str | None,
) -> dict[str, Any]:
    under = under or Under()
    return {
        "workspace": workspace,
        "key": key,
        "addressee": to,
        "subject": subject,
        "body": body.as_json(),
        "under_key": under.message,
        "under_channel": under.channel,
        "under_ts": under.ts,
        "mark": secrets.token_hex(12),
        "state": "due",
        "version": 1,
        "sent_version": 0,
        "attempts": 0,
        "next_at": AT_ONCE,
        "created_at": now,
    }
