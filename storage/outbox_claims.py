"""The sender's side of the outbox: messages are claimed by a lease, which of those that are due go
first at a cost that does not grow with how many wait, and settled by what became of them.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    String,
    and_,
    bindparam,
    case,
    or_,
    select,
    tuple_,
    update,
)

from storage.dialect import among, skipping_locked
from storage.outbox import AT_ONCE, IN_DOUBT, PLACE, Message, outbox_messages
from storage.statements import Prepared

_HEAD = 10  # batches at the head of the queue among which a claim chooses
# messages to one place at a time: so many at most are in doubt there when a sender dies
_OF_A_PLACE = 5


class Taken(NamedTuple):
    """A message that Slack took in the look that was claimed, and where it stands."""

    message: Message
    channel: str | None
    ts: str | None
    file_id: str | None = None


class _Waiting(NamedTuple):
    """A message that may go, and where it goes."""

    id: int
    workspace: str
    place: str


def claim(
    db: Connection,
    now: datetime,
    lease: timedelta,
    most: int,
    quiet: Collection[tuple[str, str]] = (),
) -> list[Message]:
    """Take messages whose hour has come, a few of each place, oldest first: many for one do not
    hold up the others.

    A reply waits until what it replies to is posted, and is in nobody's way meanwhile. Nothing is
    taken for ``quiet`` places (workspace, place). Only the head of the queue is looked at, however
    long it is; where a few places fill the head, the next look leaves these out.
    """
    taken: list[Message] = []
    left_out = set(quiet)
    while len(taken) < most:
        head = _head(db, now, left_out, most * _HEAD)
        taken += _take_first(db, now, lease, most - len(taken), _fair(head))
        left_out |= {(row.workspace, row.place) for row in head}
        if len(head) < most * _HEAD:
            break
    return sorted(taken, key=lambda message: message.id)


def claim_unsure(db: Connection, now: datetime, lease: timedelta, most: int) -> list[Message]:
    """Take messages whose fate must be asked for."""
    doubtful = (
        select(outbox_messages.c.id)
        .where(outbox_messages.c.state == "unsure", outbox_messages.c.next_at <= now)
        .order_by(outbox_messages.c.id)
    )
    ids = skipping_locked(db, doubtful.limit(most)).scalars().all()
    return _take(db, among(outbox_messages.c.id, ids), now + lease) if ids else []


def abandon_expired(db: Connection, now: datetime, grace: timedelta) -> int:
    """Messages whose sender is gone become unsure; they are asked for after ``grace``."""
    lost = and_(outbox_messages.c.state == "claimed", outbox_messages.c.lease_until < now)
    return db.execute(
        update(outbox_messages).where(lost).values(state="unsure", next_at=now + grace)
    ).rowcount


def held(db: Connection, taken: Sequence[Taken]) -> list[Taken]:
    """Those whose rows nobody else is writing, held until the transaction ends: whoever settles
    several waits for none of them, so that no two wait for each other.
    """
    ids = [each.message.id for each in taken]
    free = select(outbox_messages.c.id).where(among(outbox_messages.c.id, ids))
    ours = set(skipping_locked(db, free).scalars())
    return [each for each in taken if each.message.id in ours]


def settle_sent(db: Connection, taken: Sequence[Taken]) -> None:
    """Slack shows the looks that were claimed; newer ones that came meanwhile are due at once."""
    rows: list[Mapping[str, object]] = []
    for message, channel, ts, file_id in taken:
        row = {
            "of": message.id,
            "given": message.version,
            "shown_as": "gone" if message.gone else "sent",
            "there": channel,
            "shown": ts,
            "left": None if message.gone else ts,  # wanted again: anew
            "uploaded": file_id,
        }
        rows.append(row)
    if rows:
        _SHOWN.write(db, rows)


def settle_found(db: Connection, message: Message, channel: str, ts: str) -> None:
    """It was posted after all, in the version last given to Slack; a newer look, or its withdrawal,
    is due.
    """
    state = case((outbox_messages.c.version > outbox_messages.c.sent_version, "due"), else_="sent")
    _settle(
        db, message, state=state, channel=channel, ts=ts, attempts=0, error=None, next_at=AT_ONCE
    )


def give_back(db: Connection, message: Message) -> None:
    """There was no time for it within its lease."""
    _settle_mine(db, message, state="due", next_at=AT_ONCE)


def settle_later(db: Connection, message: Message, at: datetime, error: str) -> None:
    """Slack certainly did not take it; try again at ``at``."""
    _settle_mine(db, message, state="due", next_at=at, attempts=message.attempts + 1, error=error)


def settle_unsure(db: Connection, message: Message, ask_at: datetime, error: str) -> None:
    """Nobody knows whether Slack took it: it is asked for at ``ask_at``."""
    _settle_mine(
        db, message, state="unsure", next_at=ask_at, attempts=message.attempts + 1, error=error
    )


def settle_failed(db: Connection, message: Message, error: str) -> None:
    """Slack refused it for good."""
    _settle_mine(db, message, state="failed", error=error)


def settle_undecided(db: Connection, message: Message, error: str) -> None:
    """It may or may not have been posted, and Slack will never say: it is not posted again."""
    _settle_mine(db, message, state="failed", error=f"{IN_DOUBT}{error}")


def note_upload(db: Connection, message: Message, file_id: str) -> None:
    """Keep the file's id before the upload is completed, so that a doubt can be settled."""
    db.execute(
        update(outbox_messages).where(outbox_messages.c.id == message.id).values(file_id=file_id)
    )


# Asked of one row after the other: a join would have PostgreSQL sort all that is due.
_root = outbox_messages.alias("root")
_HAS_ROOT = (
    select(or_(_root.c.ts.is_not(None), _root.c.state == "failed"))
    .where(
        _root.c.workspace == outbox_messages.c.workspace,
        _root.c.key == outbox_messages.c.under_key,
    )
    .correlate(outbox_messages)
    .scalar_subquery()
)
_is_newer = outbox_messages.c.version > bindparam("given", type_=Integer)
_SHOWN = Prepared(
    update(outbox_messages)
    .where(outbox_messages.c.id == bindparam("of"))
    .values(
        state=case((_is_newer, "due"), else_=bindparam("shown_as", type_=String)),
        channel=bindparam("there"),
        ts=case(
            (_is_newer, bindparam("left", type_=String)), else_=bindparam("shown", type_=String)
        ),
        file_id=bindparam("uploaded"),
        attempts=0,
        error=None,
        next_at=AT_ONCE,
        lease_until=None,
    )
)


def _head(
    db: Connection, now: datetime, left_out: Collection[tuple[str, str]], most: int
) -> Sequence[_Waiting]:
    """What is due and may go, the longest due first. One plain walk along an index, which costs the
    same whatever the database knows of its tables.
    """
    o = outbox_messages.c
    queue = select(o.id, o.workspace, PLACE.label("place")).where(
        o.state == "due", o.next_at <= now, or_(o.under_key.is_(None), _HAS_ROOT)
    )
    if left_out:
        queue = queue.where(tuple_(o.workspace, PLACE).not_in(list(left_out)))
    rows = db.execute(queue.order_by(o.next_at, o.id).limit(most))
    return [_Waiting(*row) for row in rows]


def _fair(rows: Sequence[_Waiting]) -> list[int]:
    """A few of each place: the first of every place before the second of any."""
    in_line: Counter[tuple[str, str]] = Counter()
    ranked: list[tuple[int, int]] = []
    for row in sorted(rows, key=lambda row: row.id):
        place = (row.workspace, row.place)
        in_line[place] += 1
        if in_line[place] <= _OF_A_PLACE:
            ranked.append((in_line[place], row.id))
    return [id_ for _, id_ in sorted(ranked)]


def _take_first(
    db: Connection, now: datetime, lease: timedelta, most: int, ripe: Sequence[int]
) -> list[Message]:
    """Take the first of these; those that another sender has are passed over."""
    ids: list[int] = []
    for begin in range(0, len(ripe), most):
        ids += _locked(db, now, ripe[begin : begin + most])
        if len(ids) >= most:
            break
    if not ids:
        return []
    wanted, version = among(outbox_messages.c.id, ids[:most]), outbox_messages.c.version
    return _take(db, wanted, now + lease, state="claimed", sent_version=version)


def _locked(db: Connection, now: datetime, ids: Sequence[int]) -> list[int]:
    """Those that are still due, once they are locked, and that no other sender has."""
    still_due = (outbox_messages.c.state == "due", outbox_messages.c.next_at <= now)
    free = select(outbox_messages.c.id).where(among(outbox_messages.c.id, ids), *still_due)
    locked = set(skipping_locked(db, free).scalars())
    return [id_ for id_ in ids if id_ in locked]


def _take(
    db: Connection, which: ColumnElement[bool], until: datetime, **values: Any
) -> list[Message]:
    """Lease these until a moment."""
    chosen = update(outbox_messages).where(which).values(lease_until=until, next_at=until, **values)
    rows = db.execute(chosen.returning(*outbox_messages.c)).all()
    parents = _thread_places(db, [row for row in rows if row.under_key])
    return sorted((_message(row, parents) for row in rows), key=lambda message: message.id)


def _thread_places(db: Connection, replies: Sequence[Any]) -> dict[tuple[str, str], str]:
    keys = {row.under_key for row in replies}
    query = select(outbox_messages.c.workspace, outbox_messages.c.key, outbox_messages.c.ts).where(
        outbox_messages.c.key.in_(keys)
    )
    return {(row.workspace, row.key): row.ts for row in db.execute(query)} if keys else {}


def _message(row: Any, parents: Mapping[tuple[str, str], str]) -> Message:
    thread_ts = parents.get((row.workspace, row.under_key)) if row.under_key else row.under_ts
    return Message(
        id=row.id,
        workspace=row.workspace,
        key=row.key,
        addressee=row.under_channel or row.addressee,
        body=row.body,
        mark=row.mark,
        state=row.state,
        version=row.version,
        sent_version=row.sent_version,
        channel=row.channel,
        ts=row.ts,
        file_id=row.file_id,
        attempts=row.attempts,
        created_at=row.created_at,
        lease_until=row.lease_until,
        subject=row.subject,
        error=row.error,
        thread_ts=thread_ts,
        gone=not row.body,
    )


def _settle(db: Connection, message: Message, **values: Any) -> None:
    db.execute(
        update(outbox_messages)
        .where(outbox_messages.c.id == message.id)
        .values(lease_until=None, **values)
    )


def _settle_mine(db: Connection, message: Message, **values: Any) -> None:
    """Only while the lease is still ours: after it another sender may know better."""
    conditions = (
        outbox_messages.c.id == message.id,
        outbox_messages.c.lease_until == message.lease_until,
    )
    db.execute(update(outbox_messages).where(*conditions).values(lease_until=None, **values))
