"""Connections to other systems that tell invoices: up to where each was read, and which invoice is
which there.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    select,
    update,
)

from storage.base import Id, Key, Moment, metadata
from storage.dialect import among, upsert
from storage.invoices.invoices import invoices
from storage.turn import Turn

LinkState = Literal["booked", "conflict", "gone"]

connections = Table(
    "connections",
    metadata,
    Column("workspace", Key, primary_key=True),
    Column("source", Key, primary_key=True),  # tryton
    Column("is_on", Boolean, nullable=False),
    Column("next_at", Moment, nullable=False),  # when it is read next
    Column("read_until", Moment),  # changes of the source up to here are known, by its own clock
    Column("compared_at", Moment),  # when everything was last compared
    Column("pass_as_of", Moment),  # the reading under way began at this moment of the source
    Column("pass_since", Moment),  # and asks for changes since; none: for everything
    Column("pass_after", Text),  # and has come this far
    Column("failures", Integer, nullable=False),  # in a row
    Column("failing_since", Moment),
    Column("error", Text),  # why the last reading failed, as one sentence
)

connected_invoices = Table(
    "connected_invoices",
    metadata,
    Column("workspace", Key, primary_key=True),
    Column("source", Key, primary_key=True),
    Column("reference", Key, primary_key=True),  # the source's own name for it
    Column("invoice", Id, ForeignKey("invoices.id"), nullable=False),
    Column("is_own", Boolean, nullable=False),  # booked from this source: it may tell it anew
    Column("state", String(16), nullable=False),
    Column("differing", Text, nullable=False),  # in which facts, where it is a conflict
    Column("is_told", Boolean, nullable=False),  # finance knows of the conflict, or that it is gone
    Column("seen_at", Moment, nullable=False),  # by the source's clock
    Index(None, "workspace", "invoice"),
)


@dataclass(frozen=True)
class Connection:
    """How far a source is read."""

    source: str
    read_until: datetime | None = None
    compared_at: datetime | None = None
    pass_as_of: datetime | None = None
    pass_since: datetime | None = None
    pass_after: str | None = None
    failures: int = 0
    failing_since: datetime | None = None
    error: str | None = None


@dataclass(frozen=True)
class Link:
    """An invoice of a source and the ledger's."""

    reference: str
    invoice: int
    is_own: bool
    state: LinkState
    differing: str
    is_told: bool
    seen_at: datetime


def keep(turn: Turn, sources: Collection[str]) -> None:
    """These sources are connected, and no others; a new one is read at once, and so is one that
    failed.
    """
    query = select(connections.c.source).where(connections.c.workspace == turn.workspace)
    for source in {*sources, *turn.db.execute(query).scalars()}:
        row = {"workspace": turn.workspace, "source": source, "is_on": source in sources}
        first = {**row, "next_at": turn.now, "failures": 0}
        unique = ["workspace", "source"]
        kept = upsert(turn.db, connections).values(first)
        turn.db.execute(
            kept.on_conflict_do_update(index_elements=unique, set_={"is_on": row["is_on"]})
        )
    failing = (connections.c.workspace == turn.workspace, connections.c.failures > 0)
    turn.db.execute(update(connections).where(*failing).values(next_at=turn.now))


def take_due(turn: Turn, until: datetime) -> list[str]:
    """The sources whose moment has come; nobody else takes them before ``until``."""
    due = (
        connections.c.workspace == turn.workspace,
        connections.c.is_on,
        connections.c.next_at <= turn.now,
    )
    taken = update(connections).where(*due).values(next_at=until).returning(connections.c.source)
    return sorted(turn.db.execute(taken).scalars())


def get(turn: Turn, source: str) -> Connection:
    """How far a source is read; not at all for one that was never noted."""
    conditions = (connections.c.workspace == turn.workspace, connections.c.source == source)
    columns = [connections.c[name] for name in Connection.__dataclass_fields__]
    row = turn.db.execute(select(*columns).where(*conditions)).one_or_none()
    return Connection(**row._mapping) if row else Connection(source)


def note(turn: Turn, source: str, **facts: Any) -> None:
    """Set what is known of a connection."""
    row = {
        "workspace": turn.workspace,
        "source": source,
        "is_on": False,
        "next_at": turn.now,
        "failures": 0,
        **facts,
    }
    unique = ["workspace", "source"]
    turn.db.execute(
        upsert(turn.db, connections)
        .values(row)
        .on_conflict_do_update(index_elements=unique, set_=facts)
    )


def links(turn: Turn, source: str, references: Iterable[str]) -> dict[str, Link]:
    """Which of the source's invoices are known, by their references."""
    result = _links(turn, source).where(among(connected_invoices.c.reference, set(references)))
    return {row.reference: Link(**row._mapping) for row in turn.db.execute(result)}


def references(turn: Turn, source: str, ids: Iterable[int]) -> dict[int, str]:
    """What these invoices are called in the source; the first, where it tells one number twice."""
    conditions = (
        among(connected_invoices.c.invoice, set(ids)),
        connected_invoices.c.state == "booked",
    )
    result = _links(turn, source).where(*conditions).order_by(connected_invoices.c.reference.desc())
    return {row.invoice: row.reference for row in turn.db.execute(result)}


def named(turn: Turn, invoice: int) -> list[tuple[str, str]]:
    """In which sources an invoice stands as it is booked, and what each calls it."""
    conditions = (
        connected_invoices.c.workspace == turn.workspace,
        connected_invoices.c.invoice == invoice,
    )
    columns = (connected_invoices.c.source, connected_invoices.c.reference)
    query = (
        select(*columns)
        .where(*conditions, connected_invoices.c.state == "booked")
        .order_by(*columns)
    )
    return [(row.source, row.reference) for row in turn.db.execute(query)]


def connected(turn: Turn) -> list[str]:
    """The sources that are connected now."""
    conditions = (connections.c.workspace == turn.workspace, connections.c.is_on)
    return sorted(turn.db.execute(select(connections.c.source).where(*conditions)).scalars())


def link(turn: Turn, source: str, told: Sequence[Link]) -> None:
    """Note what became of invoices of a source."""
    rows = [{"workspace": turn.workspace, "source": source, **asdict(item)} for item in told]
    if not rows:
        return
    new = upsert(turn.db, connected_invoices)
    changing = {
        name: new.excluded[name] for name in Link.__dataclass_fields__ if name != "reference"
    }
    unique = ["workspace", "source", "reference"]
    turn.db.execute(new.on_conflict_do_update(index_elements=unique, set_=changing), rows)


def lose_unseen(turn: Turn, source: str, before: datetime) -> None:
    """What the source did not tell when it told everything, from that moment of its own clock on,
    is gone there.
    """
    conditions = (
        connected_invoices.c.workspace == turn.workspace,
        connected_invoices.c.source == source,
    )
    unseen = (connected_invoices.c.seen_at < before, connected_invoices.c.state != "gone")
    turn.db.execute(
        update(connected_invoices).where(*conditions, *unseen).values(state="gone", is_told=False)
    )


def take_untold(turn: Turn, source: str, state: LinkState) -> list[str]:
    """The ledger's numbers of invoices in this state that finance has not heard of; from now on it
    has.
    """
    conditions = (
        connected_invoices.c.workspace == turn.workspace,
        connected_invoices.c.source == source,
    )
    untold = (connected_invoices.c.state == state, connected_invoices.c.is_told.is_(False))
    taken = update(connected_invoices).where(*conditions, *untold).values(is_told=True)
    ids = list(turn.db.execute(taken.returning(connected_invoices.c.invoice)).scalars())
    named = select(invoices.c.number).where(
        invoices.c.workspace == turn.workspace, among(invoices.c.id, ids)
    )
    return list(turn.db.execute(named.order_by(invoices.c.id)).scalars()) if ids else []


def _links(turn: Turn, source: str) -> Any:
    columns = [connected_invoices.c[name] for name in Link.__dataclass_fields__]
    conditions = (
        connected_invoices.c.workspace == turn.workspace,
        connected_invoices.c.source == source,
    )
    return select(*columns).where(*conditions)
