"""The ledger of reminders: what is due to be looked at, and the row of each stage.

A row is unique per instalment, stage, audience and due date; it is ``sent`` in one message,
``held`` or ``superseded`` with a reason. The messages that rows join stand in
``storage/reminders/messages.py``.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Select,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    bindparam,
    case,
    cast,
    column,
    exists,
    func,
    or_,
    select,
    true,
    update,
)

from storage import counters
from storage.base import Id, Key, metadata
from storage.dialect import among, among_given, upsert_of
from storage.invoices.customers import customers as partners
from storage.invoices.instalments import instalments
from storage.invoices.invoices import (
    invoices,
    is_owed,
    workspace_checked,
)
from storage.invoices.watches import watching
from storage.reminders import messages
from storage.reminders.messages import message_rows
from storage.statements import Prepared
from storage.turn import Turn

RowState = Literal["sent", "held", "superseded"]
NEVER = date.max
"""The next day of what is settled: it is looked at no more, unless something changes."""
AT_ONCE = date.min
UNAPPROVED, REFUSED, UNDELIVERED, UNASKED = "approved", "refused", "undelivered", "unasked"
"""Why a row is held: the rule of approval waits for a person, that person decided against it,
Slack did, or Slack did not take the question.
"""
_SEEN, _WALKED = "reminders-seen", "reminders-walked"
"""Up to which instalment all were looked at once, and up to which the walk came."""

rows = Table(
    "reminders",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace", Key, nullable=False),
    Column("instalment", Id, ForeignKey("instalments.id"), nullable=False),
    Column("invoice", Id, ForeignKey("invoices.id"), nullable=False, index=True),
    Column("customer", Id, nullable=False),
    Column("stage", Key, nullable=False),
    Column("audience", String(32), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", String(32), nullable=False),  # '' when sent
    Column("message", Id, ForeignKey("reminder_messages.id"), index=True),
    Column("on_day", Date, nullable=False),
    Column("approved_by", Key),
    UniqueConstraint("instalment", "stage", "audience", "due_on"),
    Index(None, "workspace", "customer", "audience", "reason"),
)


@dataclass(frozen=True)
class Due:
    """An instalment whose day to be looked at has come."""

    instalment: int
    customer: int
    direction: str
    due_on: date | None
    known_at: datetime
    is_open: bool
    policy: str
    customers_policy: str


class Row(NamedTuple):
    """What became of one stage of an instalment for one audience."""

    instalment: int
    invoice: int
    customer: int
    stage: str
    audience: str
    due_on: date
    state: RowState
    reason: str
    on_day: date
    message: int | None = None
    approved_by: str | None = None


# -- what is to be looked at


def take_due(turn: Turn, today: date, most: int) -> list[Due]:
    """Take what has come to its day, the oldest first: nobody else takes it until the turn ends,
    which puts it off.
    """
    query = (
        select(
            instalments.c.id.label("instalment"),
            func.coalesce(invoices.c.customer, 0).label("customer"),
            *(invoices.c.direction, instalments.c.due_on, invoices.c.known_at),
            is_owed.label("is_open"),
            invoices.c.policy,
            func.coalesce(partners.c.policy, "").label("customers_policy"),
        )
        .join(invoices, invoices.c.id == instalments.c.invoice)
        .outerjoin(partners, partners.c.id == invoices.c.customer)
        .where(instalments.c.next_on <= today, workspace_checked == turn.workspace)
        .order_by(instalments.c.next_on)  # and no further: what is due on one day is not sorted
        .limit(most)
    )
    if turn.db.dialect.name == "postgresql":
        query = query.with_for_update(skip_locked=True, of=instalments)
    return [Due(**row._mapping) for row in turn.db.execute(query)]


def put_off(turn: Turn, days: Mapping[int, date]) -> None:
    """Set the next day of instalments: many have the same."""
    by_day: dict[date, list[int]] = {}
    for instalment, day in days.items():
        by_day.setdefault(day, []).append(instalment)
    for day, those in by_day.items():
        turn.writes.add(_PUT_OFF, {"those": those, "day": None if day == NEVER else day})


_PUT_OFF = Prepared(
    update(instalments)
    .where(among_given(instalments.c.id, "those"))
    .values(next_on=bindparam("day"))
)


def look_again(turn: Turn, ids: Iterable[int]) -> None:
    """Something changed on these invoices (a payment taken back, a dispute ended): they are looked
    at at once.
    """
    _look(turn, among(invoices.c.id, set(ids)))


def look_at_new(turn: Turn, directions: Collection[str], most: int) -> bool:
    """What was booked since is looked at at once, where it is open; true while more of it is left.

    So is what is open again without a next day: it is come upon on a walk through all instalments,
    so many of them each time.
    """
    if not directions:
        return False
    newest = int(turn.db.execute(select(func.max(instalments.c.id))).scalar() or 0)
    seen = min(counters.value(turn, _SEEN), newest)
    until = min(seen + most, newest)
    _look_without_day(turn, directions, seen, until)
    walked = min(counters.value(turn, _WALKED), seen)
    walked_until = min(walked + most, seen)
    _look_without_day(turn, directions, walked, walked_until)
    if until > seen:
        counters.put(turn, _SEEN, until)
    if (begun_anew := walked_until % seen if seen else 0) != walked:
        counters.put(turn, _WALKED, begun_anew)
    return until < newest


def _look_without_day(turn: Turn, directions: Collection[str], after: int, until: int) -> None:
    """What has no next day of the instalments with these ids, where it is open."""
    if until <= after:
        return
    is_open = exists().where(
        invoices.c.id == instalments.c.invoice,
        workspace_checked == turn.workspace,
        invoices.c.direction.in_(directions),
        is_owed,
    )
    those = (
        instalments.c.id > after,
        instalments.c.id <= until,
        instalments.c.due_on.is_not(None),
        instalments.c.next_on.is_(None),
        is_open,
    )
    turn.db.execute(update(instalments).where(*those).values(next_on=AT_ONCE))


def look_at_all(turn: Turn, direction: str) -> None:
    """The policy of a direction changed: everything open is looked at at once."""
    _look(turn, invoices.c.direction == direction)


def _look(turn: Turn, which: ColumnElement[bool]) -> None:
    query = select(invoices.c.id).where(invoices.c.workspace == turn.workspace, which, is_owed)
    dated = (instalments.c.invoice.in_(query), instalments.c.due_on.is_not(None))
    turn.db.execute(update(instalments).where(*dated).values(next_on=AT_ONCE))


def is_anything_due(turn: Turn, today: date) -> bool:
    """Whether an instalment waits to be looked at, or a message to be sent."""
    query = (
        select(instalments.c.id)
        .join(invoices, invoices.c.id == instalments.c.invoice)
        .where(instalments.c.next_on <= today, workspace_checked == turn.workspace, is_owed)
    )
    return turn.db.execute(query.limit(1)).scalar() is not None or bool(messages.ripe(turn, 1))


# -- rows


def rows_of(turn: Turn, ids: Collection[int]) -> list[Row]:
    """Everything that the ledger holds of these invoices."""
    if not ids:
        return []
    names = [rows.c[name] for name in Row._fields]
    # By the invoices, which PostgreSQL knows: of rows that were written just now it does not
    # know that all are of one workspace, and would compare each of them with each of the ids.
    query = (
        select(*names)
        .join(invoices, invoices.c.id == rows.c.invoice)
        .where(workspace_checked == turn.workspace, among(invoices.c.id, ids))
    )
    return [Row(*row) for row in turn.db.execute(query.order_by(rows.c.id)).all()]


def enter(turn: Turn, wanted: Sequence[Row]) -> set[tuple[int, str]]:
    """Write rows; what was held before is changed, what is sent or superseded stays. Tells which
    were written.
    """
    if not wanted:
        return set()
    given = {"workspace": turn.workspace, "wanted": json.dumps(wanted, default=str)}
    return {(row.instalment, row.stage) for row in _entered.rows(turn.db, given)}


_ENTERED = ("workspace", *Row._fields)


@Prepared
def _entered(dialect: str) -> Any:
    """However many rows: they are one parameter."""
    entering = upsert_of(dialect, rows).from_select(
        _ENTERED, _given(dialect), include_defaults=False
    )
    new = {name: entering.excluded[name] for name in ("state", "reason", "message")}
    still_asked = and_(rows.c.reason == UNAPPROVED, entering.excluded.state == "held")
    new["reason"] = case((still_asked, UNAPPROVED), else_=entering.excluded.reason)
    same = or_(still_asked, rows.c.reason == entering.excluded.reason)
    new["on_day"] = case((same, rows.c.on_day), else_=entering.excluded.on_day)
    return entering.on_conflict_do_update(
        index_elements=["instalment", "stage", "audience", "due_on"],
        set_=new,
        where=rows.c.state == "held",
    ).returning(rows.c.instalment, rows.c.stage)


def _given(dialect: str) -> Select[Any]:
    """The rows that stand in the parameter, each a list, as columns."""
    text = bindparam("wanted", type_=Text)
    is_postgres = dialect == "postgresql"
    each = func.json_array_elements(cast(text, JSON)) if is_postgres else func.json_each(text)
    row = each.table_valued(column("value", JSON)).c.value
    values: list[ColumnElement[Any]] = [bindparam("workspace", type_=Text)]
    for place, name in enumerate(Row._fields):
        kind = rows.c[name].type
        if isinstance(kind, BigInteger) or (isinstance(kind, Date) and is_postgres):
            values.append(cast(row[place].as_string(), kind))
        else:
            values.append(row[place].as_string())
    return select(*values).where(true())  # SQLite reads ON as a join's without a condition before


def answer(
    turn: Turn, customer: int, audience: str, asked_about: Collection[int], *, yes: bool
) -> list[int]:
    """Approve or refuse the rows of a customer's instalments that wait for a person; the invoices
    whose rows these are.
    """
    change = {"approved_by": turn.actor.id} if yes else {"reason": REFUSED}
    waiting = (*_waiting(turn, customer, audience), among(rows.c.instalment, asked_about))
    answered = update(rows).where(*waiting).values(**change).returning(rows.c.invoice)
    return sorted(set(turn.db.execute(answered).scalars()))


def ask_again(turn: Turn, customer: int, audience: str) -> list[int]:
    """The question about these rows reached nobody, so it was not asked. The instalments that it
    was about.
    """
    unasked = update(rows).where(*_waiting(turn, customer, audience)).values(reason=UNASKED)
    return sorted(set(turn.db.execute(unasked.returning(rows.c.instalment)).scalars()))


def ask_all_again(turn: Turn) -> list[int]:
    """The same of all that waits."""
    unasked = update(rows).where(*_all_waiting(turn)).values(reason=UNASKED)
    return sorted(set(turn.db.execute(unasked.returning(rows.c.instalment)).scalars()))


def _waiting(turn: Turn, customer: int, audience: str) -> tuple[ColumnElement[bool], ...]:
    """The rows of a customer that wait for a person's approval."""
    return *_all_waiting(turn), rows.c.customer == customer, rows.c.audience == audience


def _all_waiting(turn: Turn) -> tuple[ColumnElement[bool], ...]:
    is_asked = (rows.c.state == "held", rows.c.reason == UNAPPROVED)
    return rows.c.workspace == turn.workspace, *is_asked, rows.c.approved_by.is_(None)


def take_back(turn: Turn, message_id: int) -> list[int]:
    """Slack did not take this message: its stages were not told. The instalments that it
    was about.
    """
    conditions = (
        rows.c.workspace == turn.workspace,
        rows.c.message == message_id,
        rows.c.state == "sent",
    )
    held = update(rows).where(*conditions).values(state="held", reason=UNDELIVERED, message=None)
    return sorted(set(turn.db.execute(held.returning(rows.c.instalment)).scalars()))


@dataclass(frozen=True)
class Attention:
    """When a reminder of an invoice last went, and whether the actor waits for it to be paid."""

    last_sent: datetime | None
    is_watched: bool


def attention(turn: Turn, invoice: int) -> Attention:
    """Who looks after this invoice, the bot and the actor, in one question."""
    last = _last_sent(turn, invoice).scalar_subquery()
    moment, is_watched = turn.db.execute(select(last, watching(turn, invoice))).one()
    return Attention(moment, bool(is_watched))


def last_sent(turn: Turn, invoice: int) -> datetime | None:
    """When a reminder of this invoice last went; finance's question whether one may go is none."""
    moment: datetime | None = turn.db.execute(_last_sent(turn, invoice)).scalar()
    return moment


def _last_sent(turn: Turn, invoice: int) -> Select[Any]:
    return (
        select(func.max(message_rows.c.send_at))
        .join(rows, rows.c.message == message_rows.c.id)
        .where(
            *(rows.c.workspace == turn.workspace, rows.c.invoice == invoice),
            *(rows.c.state == "sent", message_rows.c.state.in_(messages.WENT)),
        )
    )


def invoices_in(turn: Turn, message_id: int) -> list[int]:
    """The invoices that a message is about."""
    query = select(rows.c.invoice).where(
        rows.c.workspace == turn.workspace, rows.c.message == message_id
    )
    return sorted(set(turn.db.execute(query).scalars()))
