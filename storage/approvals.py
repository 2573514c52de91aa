"""Approvals: a chain of steps about one subject, and the vote of everybody who was asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    insert,
    select,
    text,
    update,
)

from storage.base import Id, Json, Key, Moment, metadata
from storage.dialect import upsert
from storage.turn import Turn

State = Literal["open", "approved", "rejected", "changes", "withdrawn", "overtaken"]
"""``overtaken``: what it was about was changed after somebody had spoken."""
Verdict = Literal["approved", "rejected", "changes", "delegated", "lapsed"]
"""What somebody said; ``lapsed``: they may not decide any more, and had said nothing."""

_IS_OPEN = "state = 'open'"

approvals = Table(
    "approvals",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace", Key, nullable=False),
    Column("subject", Key, nullable=False),  # ``ticket:17``
    Column("requester", Key, nullable=False),  # who never approves it
    Column("author", Key),  # who asked in the requester's place, and never approves it either
    Column("steps", Json, nullable=False),  # who is asked in each, and how many must agree
    Column("step", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Index(
        "uq_approvals_open",
        "workspace",
        "subject",
        unique=True,
        sqlite_where=text(_IS_OPEN),
        postgresql_where=text(_IS_OPEN),
    ),
    Index(None, "workspace", "subject", "id"),
)

votes = Table(
    "approval_votes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("approval", Id, ForeignKey("approvals.id"), nullable=False),
    Column("step", Integer, nullable=False),
    Column("person", Key, nullable=False),
    Column("instead_of", Key),  # whom they stand in for
    Column("verdict", String(16)),
    Column("comment", Text, nullable=False),
    Column("at", Moment),
    Column("asked_at", Moment, nullable=False),
    Column("remind_at", Moment, index=True),  # while nothing was said
    UniqueConstraint("approval", "step", "person"),
    Index(None, "person", "verdict"),
)


@dataclass(frozen=True)
class Approval:
    """A chain and where it stands."""

    id: int
    subject: str
    requester: str
    author: str | None
    steps: Sequence[Mapping[str, Any]]
    step: int
    state: State
    created_at: datetime
    ended_at: datetime | None

    @property
    def key(self) -> str:
        return f"approval:{self.id}"

    def card(self, person: str) -> str:
        """The key of the message on which somebody is asked in the present step."""
        return f"{self.key}:{self.step}:{person}"

    @property
    def askers(self) -> frozenset[str]:
        """Whose request it is: four eyes are wanted, and these are the first two."""
        return frozenset({self.requester, self.author or self.requester})


@dataclass(frozen=True)
class Vote:
    """What one person was asked, and has said."""

    step: int
    person: str
    instead_of: str | None
    verdict: Verdict | None
    comment: str
    at: datetime | None


@dataclass(frozen=True)
class Awaited:
    """Somebody who has not spoken in the present step of an open chain."""

    approval: Approval
    person: str
    asked_at: datetime
    remind_at: datetime


def begin(
    turn: Turn,
    subject: str,
    requester: str,
    steps: Sequence[Mapping[str, Any]],
    *,
    author: str | None = None,
) -> Approval:
    row = {
        "workspace": turn.workspace,
        "subject": subject,
        "requester": requester,
        "author": author,
        "steps": list(steps),
        "step": 0,
        "state": "open",
        "created_at": turn.now,
    }
    return _approval(turn.db.execute(insert(approvals).values(row).returning(*approvals.c)).one())


def latest(turn: Turn, subject: str) -> Approval | None:
    """The last chain about a subject, whatever became of it; held until the turn ends."""
    conditions = (approvals.c.workspace == turn.workspace, approvals.c.subject == subject)
    query = (
        select(approvals)
        .where(*conditions)
        .order_by(approvals.c.id.desc())
        .limit(1)
        .with_for_update()
    )
    row = turn.db.execute(query).one_or_none()
    return _approval(row) if row else None


def was_overtaken(turn: Turn, subject: str) -> bool:
    """Whether a chain about a subject had to be begun anew because the subject was changed."""
    conditions = (approvals.c.workspace == turn.workspace, approvals.c.subject == subject)
    query = select(approvals.c.id).where(*conditions, approvals.c.state == "overtaken").limit(1)
    return turn.db.execute(query).first() is not None


def subject_of(turn: Turn, id: int) -> str | None:
    """What a chain is about; nothing is held for it."""
    conditions = (approvals.c.workspace == turn.workspace, approvals.c.id == id)
    return turn.db.execute(select(approvals.c.subject).where(*conditions)).scalar()


def asked_of(turn: Turn, id: int, person: str) -> Approval | None:
    """A chain in which this person was asked; held until the turn ends."""
    query = select(votes.c.approval).where(votes.c.person == person)
    conditions = (
        approvals.c.workspace == turn.workspace,
        approvals.c.id == id,
        approvals.c.id.in_(query),
    )
    row = turn.db.execute(select(approvals).where(*conditions).with_for_update()).one_or_none()
    return _approval(row) if row else None


def waiting_for(turn: Turn, person: str) -> list[Approval]:
    """The open chains whose present step waits for this person's word."""
    conditions = (
        votes.c.person == person,
        votes.c.verdict.is_(None),
        votes.c.step == approvals.c.step,
    )
    query = select(approvals).join(votes, votes.c.approval == approvals.c.id)
    query = query.where(
        approvals.c.workspace == turn.workspace, approvals.c.state == "open", *conditions
    )
    return [_approval(row) for row in turn.db.execute(query.order_by(approvals.c.id))]


def open_ones(turn: Turn) -> list[Approval]:
    """Every open chain; nothing is held for it."""
    query = select(approvals).where(
        approvals.c.workspace == turn.workspace, approvals.c.state == "open"
    )
    return [_approval(row) for row in turn.db.execute(query.order_by(approvals.c.id))]


def change(turn: Turn, approval: Approval, **values: Any) -> Approval:
    conditions = (approvals.c.workspace == turn.workspace, approvals.c.id == approval.id)
    return _approval(
        turn.db.execute(
            update(approvals).where(*conditions).values(values).returning(*approvals.c)
        ).one()
    )


def ask(
    turn: Turn,
    approval: Approval,
    person: str,
    instead_of: str | None,
    remind_at: datetime | None,
) -> bool:
    """False when they were asked in this step already."""
    row = {
        "approval": approval.id,
        "step": approval.step,
        "person": person,
        "instead_of": instead_of,
        "comment": "",
        "asked_at": turn.now,
        "remind_at": remind_at,
    }
    query = upsert(turn.db, votes).values(row).on_conflict_do_nothing().returning(votes.c.id)
    return turn.db.execute(query).first() is not None


def ask_anew(
    turn: Turn,
    approval: Approval,
    person: str,
    instead_of: str | None,
    remind_at: datetime | None,
) -> None:
    """Also of those who were asked in this step: what they said before is not counted any more."""
    facts: dict[str, Any] = {"instead_of": instead_of, "asked_at": turn.now}
    facts |= {"remind_at": remind_at, "verdict": None, "comment": "", "at": None}
    row = {"approval": approval.id, "step": approval.step, "person": person, **facts}
    unique = ["approval", "step", "person"]
    query = upsert(turn.db, votes).values(row)
    turn.db.execute(
        query.on_conflict_do_update(index_elements=unique, set_=facts, where=_here(turn, approval))
    )


def vote(turn: Turn, approval: Approval, person: str, verdict: Verdict, comment: str) -> bool:
    """False when they were not asked in this step, or have said it already."""
    conditions = (_here(turn, approval), votes.c.step == approval.step, votes.c.person == person)
    query = update(votes).where(*conditions, votes.c.verdict.is_(None))
    return (
        turn.db.execute(query.values(verdict=verdict, comment=comment, at=turn.now)).rowcount == 1
    )


def to_remind(turn: Turn, most: int) -> list[Awaited]:
    """Of the open chains those who have not spoken in the present step and are to be reminded by
    now, longest due first; nothing is held for it.
    """
    query = (
        select(approvals, votes.c.person, votes.c.asked_at, votes.c.remind_at)
        .join(votes, votes.c.approval == approvals.c.id)
        .where(
            approvals.c.workspace == turn.workspace,
            approvals.c.state == "open",
            votes.c.step == approvals.c.step,
            votes.c.verdict.is_(None),
            votes.c.remind_at <= turn.now,
        )
        .order_by(votes.c.remind_at, votes.c.id)
        .limit(most)
    )
    return [
        Awaited(_approval(row), row.person, row.asked_at, row.remind_at)
        for row in turn.db.execute(query)
    ]


def remind_at(turn: Turn, awaited: Awaited, moment: datetime | None) -> bool:
    """When somebody who has not spoken is reminded next; None for never. False where another
    instance was first, or they have spoken meanwhile.
    """
    approval = awaited.approval
    conditions = (
        *(_here(turn, approval), votes.c.step == approval.step, votes.c.person == awaited.person),
        *(votes.c.verdict.is_(None), votes.c.remind_at == awaited.remind_at),
    )
    change = update(votes).where(*conditions).values(remind_at=moment)
    return turn.db.execute(change).rowcount == 1


def votes_of(turn: Turn, approval: Approval) -> list[Vote]:
    """Everybody who was asked, in all steps so far."""
    query = select(votes).where(_here(turn, approval)).order_by(votes.c.id)
    return [_vote(row) for row in turn.db.execute(query)]


def comments_about(turn: Turn, subject: str) -> list[Vote]:
    """Whoever gave a reason, in all chains about a subject, oldest first."""
    query = select(votes).join(approvals, votes.c.approval == approvals.c.id)
    conditions = (approvals.c.workspace == turn.workspace, approvals.c.subject == subject)
    query = query.where(*conditions, votes.c.comment != "").order_by(votes.c.at, votes.c.id)
    return [_vote(row) for row in turn.db.execute(query)]


def _here(turn: Turn, approval: Approval) -> ColumnElement[bool]:
    """The votes of a chain of this workspace."""
    conditions = (approvals.c.workspace == turn.workspace, approvals.c.id == approval.id)
    return votes.c.approval.in_(select(approvals.c.id).where(*conditions))


def _approval(row: Any) -> Approval:
    return Approval(**{each.name: getattr(row, each.name) for each in fields(Approval)})


def _vote(row: Any) -> Vote:
    return Vote(row.step, row.person, row.instead_of, row.verdict, row.comment, row.at)


def asked_about(turn: Turn, person: str, noun: str) -> list[int]:
    """The ids of the tickets (or whatever the noun is) that somebody is asked about, until it is
    decided; not of what they handed on, or may not decide any more.
    """
    query = select(approvals.c.subject).join(votes, votes.c.approval == approvals.c.id)
    is_asked = (votes.c.person == person, votes.c.verdict.is_(None) | votes.c.verdict.in_(SPOKEN))
    is_open = (approvals.c.workspace == turn.workspace, approvals.c.state.in_(("open", "changes")))
    subjects = turn.db.execute(query.where(*is_asked, *is_open)).scalars()
    return sorted(
        int(id) for kind, _, id in (each.partition(":") for each in subjects) if kind == noun
    )


SPOKEN = ("approved", "rejected", "changes")
