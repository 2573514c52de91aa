"""What people decided about reminders: policies switched on or off, pauses, and claims that finance
confirms.
"""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
    delete,
    func,
    select,
    update,
)

from storage.base import Id, Key, Moment, metadata
from storage.dialect import among, as_check, upsert
from storage.turn import Turn

EVERYTHING = "everything"

switches = Table(
    "reminder_switches",
    metadata,
    Column("workspace", Key, primary_key=True),
    Column("policy", Key, primary_key=True),
    Column("is_on", Boolean, nullable=False),
    Column("since", Date, nullable=False),
    Column(
        "overdue", Key, nullable=False
    ),  # what was overdue then: done, alone, or begins at stage:KEY
    Column("by_person", Key, nullable=False),
)

pauses = Table(
    "reminder_pauses",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace", Key, nullable=False),
    Column("subject", Key, nullable=False),  # everything, customer:5, invoice:7
    Column("audience", String(32), nullable=False),  # '' for all
    Column("until", Date, nullable=False),  # the last silent day
    Column("note", Text, nullable=False),
    Column("by_person", Key, nullable=False),
    UniqueConstraint("workspace", "subject", "audience"),
)

claims = Table(
    "reminder_claims",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace", Key, nullable=False),
    Column("origin", Key, nullable=False),  # what made it: a click, a form
    Column("invoice", Id, ForeignKey("invoices.id"), nullable=False),
    Column("kind", String(16), nullable=False),  # paid, promise, dispute
    Column("until", Date),  # a promise's
    Column("note", Text, nullable=False),  # why, of a dispute
    Column("amount", BigInteger),  # what was paid, in minor units
    Column("paid_on", Date),
    Column("by_person", Key, nullable=False),
    Column("at", Moment, nullable=False),
    Column("state", String(16), nullable=False),  # open, confirmed, refused
    Column("settled_by", Key),
    UniqueConstraint("workspace", "origin", "invoice"),
    Index(None, "invoice", "state"),
)


@dataclass(frozen=True)
class Switch:
    """A policy as finance switched it. ``overdue`` says what becomes of what was overdue then."""

    policy: str
    is_on: bool
    since: date
    overdue: str
    by_person: str

    @property
    def begins_at(self) -> str | None:
        """The stage at which the overdue begins, if they chose one."""
        return self.overdue.removeprefix("stage:") if self.overdue.startswith("stage:") else None


@dataclass(frozen=True)
class Pause:
    """Silence about something, up to and with a day."""

    subject: str
    audience: str
    until: date
    note: str
    by_person: str
    id: int = 0


@dataclass(frozen=True)
class ClaimFacts:
    """What somebody says: of a payment its day, and its amount in minor units."""

    kind: str
    until: date | None = None
    note: str = ""
    amount: int | None = None
    paid_on: date | None = None


@dataclass(frozen=True)
class Claim:
    """What somebody says of an invoice and finance has to confirm."""

    id: int
    origin: str
    invoice: int
    kind: str
    until: date | None
    note: str
    amount: int | None
    paid_on: date | None
    by_person: str
    at: datetime
    state: str
    settled_by: str | None


def switch(turn: Turn, policy: str, *, is_on: bool, since: date, overdue: str) -> None:
    row = {"is_on": is_on, "since": since, "overdue": overdue, "by_person": turn.actor.id}
    whole = {**row, "workspace": turn.workspace, "policy": policy}
    unique = ["workspace", "policy"]
    turn.known.pop("switches", None)
    turn.db.execute(
        upsert(turn.db, switches)
        .values(whole)
        .on_conflict_do_update(index_elements=unique, set_=row)
    )


def switched(turn: Turn) -> dict[str, Switch]:
    """Every policy that was ever switched, by its key."""
    existing: dict[str, Switch] | None = turn.known.get("switches")
    if existing is None:
        names = [switches.c[name] for name in Switch.__dataclass_fields__]
        query = select(*names).where(switches.c.workspace == turn.workspace)
        existing = {row.policy: Switch(**row._mapping) for row in turn.db.execute(query)}
        turn.known["switches"] = existing
    return existing


def pause(turn: Turn, subject: str, until: date, note: str, audience: str = "") -> None:
    """Be silent about a subject; a pause that it has already is changed."""
    row = {"until": until, "note": note, "by_person": turn.actor.id}
    whole = {**row, "workspace": turn.workspace, "subject": subject, "audience": audience}
    unique = ["workspace", "subject", "audience"]
    turn.db.execute(
        upsert(turn.db, pauses).values(whole).on_conflict_do_update(index_elements=unique, set_=row)
    )


def end_pause(turn: Turn, pause_id: int) -> str | None:
    """Speak again; the subject of the pause, None when it had ended."""
    conditions = (pauses.c.workspace == turn.workspace, pauses.c.id == pause_id)
    subject: str | None = turn.db.execute(
        delete(pauses).where(*conditions).returning(pauses.c.subject)
    ).scalar()
    return subject


def paused(turn: Turn, subjects: Collection[str], day: date) -> list[Pause]:
    """The pauses of these subjects that last on a day."""
    conditions = (
        pauses.c.workspace == turn.workspace,
        among(pauses.c.subject, subjects),
        pauses.c.until >= day,
    )
    return [
        _pause(row)
        for row in turn.db.execute(select(pauses).where(*conditions).order_by(pauses.c.id))
    ]


def all_paused(turn: Turn, day: date, most: int = 20) -> list[Pause]:
    """Every pause that lasts on a day, the longest first."""
    conditions = (pauses.c.workspace == turn.workspace, pauses.c.until >= day)
    query = (
        select(pauses).where(*conditions).order_by(pauses.c.until.desc(), pauses.c.id).limit(most)
    )
    return [_pause(row) for row in turn.db.execute(query)]


def count_paused(turn: Turn, day: date) -> int:
    """How many pauses last on a day."""
    lasting = (pauses.c.workspace == turn.workspace, pauses.c.until >= day)
    query = select(func.count()).select_from(pauses).where(*lasting)
    return int(turn.db.execute(query).scalar_one())


def claim(turn: Turn, origin: str, invoice: int, told: ClaimFacts) -> bool:
    """Note what somebody says; false when this click or form has said it before."""
    row = {
        "workspace": turn.workspace,
        "origin": origin,
        "invoice": invoice,
        **asdict(told),
        "by_person": turn.actor.id,
        "at": turn.now,
        "state": "open",
    }
    new = upsert(turn.db, claims).values(row).on_conflict_do_nothing().returning(claims.c.id)
    return turn.db.execute(new).first() is not None


def claimed(turn: Turn, origin: str) -> list[Claim]:
    """What somebody said with one form or click."""
    query = select(*_claim_columns()).where(
        claims.c.workspace == turn.workspace, claims.c.origin == origin
    )
    return [Claim(**row._mapping) for row in turn.db.execute(query.order_by(claims.c.id))]


def unanswered(turn: Turn) -> list[str]:
    """The forms and clicks with which something was said that finance has not answered."""
    is_open = (claims.c.workspace == turn.workspace, claims.c.state == "open")
    query = select(claims.c.origin).where(*is_open).distinct().order_by(claims.c.origin)
    return list(turn.db.execute(query).scalars())


def open_claims(turn: Turn, ids: Collection[int]) -> list[Claim]:
    """What finance has not answered about these invoices."""
    conditions = (
        as_check(claims.c.workspace) == turn.workspace,
        among(claims.c.invoice, ids),
        claims.c.state == "open",
    )
    query = select(*_claim_columns()).where(*conditions).order_by(claims.c.id)
    return [Claim(**row._mapping) for row in turn.db.execute(query)] if ids else []


def settle(turn: Turn, origin: str, state: str) -> list[Claim]:
    """Confirm or refuse what was said with one form; nothing comes back when somebody else was
    first.
    """
    conditions = (
        claims.c.workspace == turn.workspace,
        claims.c.origin == origin,
        claims.c.state == "open",
    )
    settled = update(claims).where(*conditions).values(state=state, settled_by=turn.actor.id)
    rows = turn.db.execute(settled.returning(*_claim_columns())).all()
    return sorted((Claim(**row._mapping) for row in rows), key=lambda claim: claim.id)


def _claim_columns() -> list[Any]:
    return [claims.c[name] for name in Claim.__dataclass_fields__]


def _pause(row: Any) -> Pause:
    return Pause(**{name: getattr(row, name) for name in Pause.__dataclass_fields__})
