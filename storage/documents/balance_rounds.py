"""Rounds: confirmations of a day's balances that were ordered for everybody at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    Column,
    ColumnElement,
    Date,
    Index,
    Integer,
    Table,
    UniqueConstraint,
    select,
    update,
)

from storage.base import Id, Json, Key, Moment, metadata
from storage.dialect import upsert
from storage.documents.register import documents
from storage.turn import Turn

KIND = "balance_confirmation"

balance_rounds = Table(
    "balance_rounds",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace", Key, nullable=False),
    Column("origin", Key, nullable=False),  # the form that asked: it asks once
    Column("as_of", Date, nullable=False),
    Column("asked_by", Key, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("given", Json, nullable=False),  # what the form said: who signs, by when
    Column("customers", Json, nullable=False),  # whom it asks, in order
    Column("position", Integer, nullable=False),  # how many of them are dealt with
    Column("lacking", Json, nullable=False),  # pairs: a customer, and what is missing of them
    UniqueConstraint("workspace", "origin"),
    Index(None, "workspace", "as_of"),
)


@dataclass(frozen=True)
class Round:
    """A row."""

    id: int
    as_of: date
    asked_by: str
    given: Mapping[str, str]
    customers: Sequence[int]
    position: int
    lacking: Sequence[tuple[int, str]]

    @property
    def rest(self) -> Sequence[int]:
        """The customers who are still to be dealt with."""
        return self.customers[self.position :]


class Confirmation(NamedTuple):
    """A customer's confirmation, as the register knows it."""

    customer: int
    document: int
    state: str


_COLUMNS = [balance_rounds.c[name] for name in Round.__dataclass_fields__]


def begin(turn: Turn, origin: str, **facts: Any) -> int | None:
    """The actor orders one; its id, or None where this form ordered one before."""
    row = {
        **facts,
        "workspace": turn.workspace,
        "origin": origin,
        "asked_by": turn.actor.id,
        "asked_at": turn.now,
        "position": 0,
        "lacking": [],
    }
    written = upsert(turn.db, balance_rounds).values(row)
    once = written.on_conflict_do_nothing(index_elements=["workspace", "origin"])
    begun: int | None = turn.db.execute(once.returning(balance_rounds.c.id)).scalar()
    return begun


def hold(turn: Turn, round_id: int) -> Round:
    """A round that nobody else moves on, or counts, until the turn ends."""
    row = turn.db.execute(select(*_COLUMNS).where(*_this(turn, round_id)).with_for_update()).one()
    return Round(**row._mapping)


def hold_among(turn: Turn, round_id: int) -> Round:
    """A round, held with every other one about its day."""
    day = select(balance_rounds.c.as_of).where(*_this(turn, round_id)).scalar_subquery()
    held = _held(turn, balance_rounds.c.as_of == day)
    return next(round_ for round_ in held if round_.id == round_id)


def hold_of_day(turn: Turn, day: date) -> list[Round]:
    """Every round about a day, held like one."""
    return _held(turn, balance_rounds.c.as_of == day)


def _held(turn: Turn, about: ColumnElement[bool]) -> list[Round]:
    """In the order of their ids, so that those who hold several wait for each other in turn."""
    these = (balance_rounds.c.workspace == turn.workspace, about)
    query = select(*_COLUMNS).where(*these).order_by(balance_rounds.c.id)
    return [Round(**row._mapping) for row in turn.db.execute(query.with_for_update())]


def known(turn: Turn, round_id: int) -> Round | None:
    """A round, if there is one of this id."""
    row = turn.db.execute(select(*_COLUMNS).where(*_this(turn, round_id))).one_or_none()
    return Round(**row._mapping) if row else None


def begun_by(turn: Turn, origin: str) -> Round | None:
    """The round that a form ordered, if it did."""
    this = (balance_rounds.c.workspace == turn.workspace, balance_rounds.c.origin == origin)
    row = turn.db.execute(select(*_COLUMNS).where(*this)).one_or_none()
    return Round(**row._mapping) if row else None


def of_day(turn: Turn, day: date) -> Round | None:
    """The newest round about a day."""
    newest = select(*_COLUMNS).where(*_about(turn, day)).order_by(balance_rounds.c.id.desc())
    row = turn.db.execute(newest.limit(1)).one_or_none()
    return Round(**row._mapping) if row else None


def move_on(turn: Turn, to: Round) -> None:
    """It is as far as this says."""
    moved = {"position": to.position, "lacking": [list(each) for each in to.lacking]}
    turn.db.execute(update(balance_rounds).where(*_this(turn, to.id)).values(**moved))


def origin_of(round_id: int, customer: int) -> str:
    """What asks for a customer's confirmation in a round."""
    return f"round:{round_id}:{customer}"


def confirmations(turn: Turn, day: date) -> list[Confirmation]:
    """Every confirmation of a day that was asked for here, by whomever, the oldest first."""
    columns = (documents.c.customer, documents.c.id, documents.c.state)
    of_day = (
        documents.c.workspace == turn.workspace,
        documents.c.kind == KIND,
        documents.c.as_of == day,
        documents.c.customer.is_not(None),
        documents.c.series.is_(None),
    )
    query = select(*columns).where(*of_day).order_by(documents.c.id)
    return [Confirmation(*row) for row in turn.db.execute(query)]


def _this(turn: Turn, round_id: int) -> tuple[ColumnElement[bool], ...]:
    return (balance_rounds.c.workspace == turn.workspace, balance_rounds.c.id == round_id)


def _about(turn: Turn, day: date) -> tuple[ColumnElement[bool], ...]:
    return (balance_rounds.c.workspace == turn.workspace, balance_rounds.c.as_of == day)
