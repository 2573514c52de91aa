"""Rounds: confirmations of a day's balances that were ordered for everybody at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Date,
    Index,
    Integer,
    Table,
    UniqueConstraint,
    distinct,
    func,
    select,
    update,
)

from storage.base import Id, Json, Key, Moment, metadata
from storage.dialect import upsert
from storage.documents.receipts import receipts
from storage.documents.register import COLUMNS, Document, documents
from storage.turn import Turn

KIND = "balance_confirmation"
_PREFIX = "round:"

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


def known(turn: Turn, round_id: int) -> Round | None:
    """A round, if there is one of this id."""
    row = turn.db.execute(select(*_COLUMNS).where(*_this(turn, round_id))).one_or_none()
    return Round(**row._mapping) if row else None


def of_day(turn: Turn, day: date) -> Round | None:
    """The newest round about a day."""
    about = (balance_rounds.c.workspace == turn.workspace, balance_rounds.c.as_of == day)
    newest = select(*_COLUMNS).where(*about).order_by(balance_rounds.c.id.desc()).limit(1)
    row = turn.db.execute(newest).one_or_none()
    return Round(**row._mapping) if row else None


def move_on(turn: Turn, to: Round) -> None:
    """It is as far as this says."""
    moved = {"position": to.position, "lacking": [list(each) for each in to.lacking]}
    turn.db.execute(update(balance_rounds).where(*_this(turn, to.id)).values(**moved))


def origin_of(round_id: int, customer: int) -> str:
    """What asks for a customer's confirmation in a round."""
    return f"{_PREFIX}{round_id}:{customer}"


def round_of(document: Document) -> int | None:
    """The round that asked for a document, if one did."""
    noun, _, rest = document.origin.partition(":")
    return int(rest.partition(":")[0]) if f"{noun}:" == _PREFIX else None


def states(turn: Turn, round_id: int) -> dict[str, int]:
    """How many of its confirmations are in each state."""
    query = select(documents.c.state, func.count()).where(*_asked_by(turn, round_id))
    rows = turn.db.execute(query.group_by(documents.c.state))
    return {row[0]: row[1] for row in rows}


def in_state(turn: Turn, round_id: int, *states: str) -> list[Document]:
    """Its confirmations in these states."""
    asked = (*_asked_by(turn, round_id), documents.c.state.in_(states))
    rows = turn.db.execute(select(*COLUMNS).where(*asked).order_by(documents.c.id))
    return [Document(**row._mapping) for row in rows]


def answered(turn: Turn, round_id: int, ways: Sequence[str]) -> int:
    """How many of its confirmations came back in one of these ways."""
    query = (
        select(func.count(distinct(documents.c.id)))
        .join(receipts, receipts.c.document == documents.c.id)
        .where(*_asked_by(turn, round_id), receipts.c.way.in_(ways))
    )
    count: int = turn.db.execute(query).scalar_one()
    return count


def _asked_by(turn: Turn, round_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        documents.c.workspace == turn.workspace,
        documents.c.kind == KIND,
        documents.c.origin.startswith(f"{_PREFIX}{round_id}:", autoescape=True),
    )


def _this(turn: Turn, round_id: int) -> tuple[ColumnElement[bool], ...]:
    return (balance_rounds.c.workspace == turn.workspace, balance_rounds.c.id == round_id)
