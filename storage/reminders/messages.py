"""Messages of reminders: one per customer, direction, audience and day; ``planned`` until their
hour, then ``sent``.

What Slack did not take is ``refused`` and counts as no message; what it may have taken is
``doubtful`` and counts. A card that asks finance for its approval is ``asked``: a message to
finance, which counts among what goes there.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    Date,
    Index,
    String,
    Table,
    UniqueConstraint,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    update,
)

from storage import outbox_places
from storage.base import Id, Key, Moment, metadata
from storage.dialect import among, skipping_locked, upsert
from storage.outbox_places import Refusal
from storage.statements import Prepared
from storage.turn import Turn

WENT = ("sent", "doubtful")
KEY, QUESTION = "reminder:", "reminder-approval:"
"""So begin the keys of messages in the outbox, and of the cards that ask for approval."""
FOR_APPROVAL = "approval:"
"""So begins the audience of such a card; the one that it is asked for follows."""
_LOOK_BACK = timedelta(days=30)

message_rows = Table(
    "reminder_messages",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace", Key, nullable=False),
    Column("customer", Id, nullable=False),  # 0 where an invoice names nobody
    Column("direction", String(16), nullable=False),
    Column("audience", String(32), nullable=False),  # "approval:" and one where it is asked for
    Column("day", Date, nullable=False),  # in the reader's zone
    Column("addressee", Key, nullable=False),  # a channel, a person or an e-mail address
    Column("state", String(16), nullable=False),  # planned, sent, refused, doubtful, asked
    Column("send_at", Moment, nullable=False),
    Column("stage", Key, nullable=False),  # the highest that it tells; '' until it is sent
    UniqueConstraint("workspace", "customer", "direction", "audience", "day"),
    Index(None, "state", "send_at", "id"),  # the order in which they go
    Index(None, "workspace", "addressee", "day"),
)


@dataclass(frozen=True)
class Appointment:
    """A message to be written to somebody about a customer, not before its moment."""

    customer: int
    direction: str
    audience: str
    day: date
    addressee: str
    send_at: datetime


@dataclass(frozen=True)
class Message(Appointment):
    id: int

    @property
    def is_question(self) -> bool:
        """Whether it is a card that asks finance for its approval."""
        return self.audience.startswith(FOR_APPROVAL)

    @property
    def about(self) -> str:
        """The audience that is told, or that finance is asked for."""
        return self.audience.removeprefix(FOR_APPROVAL)

    @property
    def key(self) -> str:
        """Its key in the outbox."""
        if self.is_question:
            return question_key(self.direction, self.customer, self.about, self.day)
        return f"{KEY}{self.id}"


def question_key(direction: str, customer: int, audience: str, day: date) -> str:
    """The key of the card that asks for an audience on a day."""
    return f"{QUESTION}{direction}:{customer}:{audience}:{day}"


def appoint(turn: Turn, wanted: Sequence[Appointment]) -> None:
    """Plan messages; where one to these people stands on that day already, this one is it."""
    values = [
        {**asdict(item), "workspace": turn.workspace, "state": "planned", "stage": ""}
        for item in wanted
    ]
    if values:
        unique = ["workspace", "customer", "direction", "audience", "day"]
        turn.db.execute(
            upsert(turn.db, message_rows).on_conflict_do_nothing(index_elements=unique), values
        )


def note_asked(turn: Turn, card: Appointment, stage: str) -> int:
    """Note a card that asks for approval, with the highest stage that it tells; its id."""
    row = {**asdict(card), "workspace": turn.workspace, "state": "asked", "stage": stage}
    unique = ["workspace", "customer", "direction", "audience", "day"]
    noted = upsert(turn.db, message_rows).values(row)
    noted = noted.on_conflict_do_update(index_elements=unique, set_=row)
    return int(turn.db.execute(noted.returning(message_rows.c.id)).scalar_one())


def ripe(turn: Turn, most: int) -> list[Message]:
    """Planned messages whose moment has come, locked for this turn."""
    query = (
        select(message_rows)
        .where(
            message_rows.c.workspace == turn.workspace,
            message_rows.c.state == "planned",
            message_rows.c.send_at <= turn.now,
        )
        .order_by(message_rows.c.send_at, message_rows.c.id)
        .limit(most)
    )
    return [_message(row) for row in skipping_locked(turn.db, query)]


def message(turn: Turn, message_id: int) -> Message | None:
    """A message by its id."""
    query = select(message_rows).where(
        message_rows.c.workspace == turn.workspace, message_rows.c.id == message_id
    )
    row = turn.db.execute(query).one_or_none()
    return _message(row) if row else None


def mark_sent(turn: Turn, message: Message, to: str, stage: str) -> None:
    went = {"of": message.id, "highest": stage, "to": to, "at": turn.now}
    turn.writes.add(_SENT, went)


_SENT = Prepared(
    update(message_rows)
    .where(message_rows.c.id == bindparam("of"))
    .values(
        state="sent",
        stage=bindparam("highest"),
        addressee=bindparam("to"),
        send_at=bindparam("at"),
    )
)


def refusals(turn: Turn) -> dict[str, Refusal]:
    """What Slack or the mail server refused of late of all that reminders said, or does not say of,
    by key.
    """
    since = turn.now - _LOOK_BACK
    return outbox_places.refused(turn.db, turn.workspace, "reminder", since)


def lost(turn: Turn, errors: Mapping[str, Refusal]) -> list[tuple[Message, str]]:
    """Messages that count as sent, and questions that count as asked, though they are among these,
    with the word for it.
    """
    ids = [int(key.removeprefix(KEY)) for key in errors if key.startswith(KEY)]
    asked_about = [int(key.split(":")[2]) for key in errors if key.startswith(QUESTION)]
    if not ids and not asked_about:
        return []
    query = select(message_rows).where(
        message_rows.c.workspace == turn.workspace,
        or_(
            and_(message_rows.c.state == "sent", among(message_rows.c.id, ids)),
            and_(message_rows.c.state == "asked", among(message_rows.c.customer, asked_about)),
        ),
    )
    existing = [_message(row) for row in turn.db.execute(query.order_by(message_rows.c.id))]
    return [(each, errors[each.key].error) for each in existing if each.key in errors]


def mark_lost(turn: Turn, message: Message, *, is_doubtful: bool) -> None:
    state = "doubtful" if is_doubtful else "refused"
    turn.db.execute(update(message_rows).where(message_rows.c.id == message.id).values(state=state))


def drop(turn: Turn, message: Message) -> None:
    """There is nothing to say: the appointment is off."""
    turn.db.execute(
        delete(message_rows).where(
            message_rows.c.id == message.id, message_rows.c.state == "planned"
        )
    )


def contacts(
    turn: Turn, customers: Collection[int], since: date
) -> dict[tuple[int, str, str], list[date]]:
    """The days on which messages went about these customers, by customer, direction and
    audience.
    """
    query = select(
        message_rows.c.customer,
        message_rows.c.direction,
        message_rows.c.audience,
        message_rows.c.day,
    ).where(
        message_rows.c.workspace == turn.workspace,
        *(
            among(message_rows.c.customer, customers),
            message_rows.c.state.in_(WENT),
            message_rows.c.day >= since,
        ),
    )
    days: dict[tuple[int, str, str], list[date]] = {}
    for row in turn.db.execute(query.order_by(message_rows.c.day)):
        days.setdefault((row.customer, row.direction, row.audience), []).append(row.day)
    return days


def load_of(turn: Turn, addressee: str, since: date) -> dict[date, int]:
    """How many messages somebody has, or will have, on each day from one on."""
    conditions = (
        message_rows.c.workspace == turn.workspace,
        message_rows.c.addressee == addressee,
        message_rows.c.day >= since,
    )
    query = (
        select(message_rows.c.day, func.count().label("n"))
        .where(*conditions)
        .group_by(message_rows.c.day)
    )
    return {row.day: row.n for row in turn.db.execute(query)}


def _message(row: Any) -> Message:
    return Message(**{name: getattr(row, name) for name in Message.__dataclass_fields__})
