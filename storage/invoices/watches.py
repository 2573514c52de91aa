"""Who wants to be told when an invoice is paid."""

from collections.abc import Iterable

from sqlalchemy import Column, ColumnElement, Exists, ForeignKey, Table, delete, exists, select

from storage.base import Id, Key, Moment, metadata
from storage.dialect import among, upsert
from storage.turn import Turn

watches = Table(
    "invoice_watches",
    metadata,
    Column("workspace", Key, primary_key=True),
    Column("invoice", Id, ForeignKey("invoices.id"), primary_key=True),
    Column("person", Key, primary_key=True),
    Column("at", Moment, nullable=False),
)


def watch(turn: Turn, invoice: int) -> bool:
    """The actor wants to be told; false when they are waiting already."""
    row = {"workspace": turn.workspace, "invoice": invoice, "person": turn.actor.id, "at": turn.now}
    added = (
        upsert(turn.db, watches).values(row).on_conflict_do_nothing().returning(watches.c.person)
    )
    return turn.db.execute(added).first() is not None


def is_watching(turn: Turn, invoice: int) -> bool:
    """Whether the actor is waiting for this invoice."""
    return bool(turn.db.execute(select(watching(turn, invoice))).scalar())


def watching(turn: Turn, invoice: int) -> Exists:
    """The same as a part of a larger question."""
    return exists().where(*_of(turn, invoice), watches.c.person == turn.actor.id)


def unwatch(turn: Turn, invoice: int) -> None:
    """The actor no longer waits."""
    turn.db.execute(delete(watches).where(*_of(turn, invoice), watches.c.person == turn.actor.id))


def awaited(turn: Turn, ids: Iterable[int]) -> list[int]:
    """Those of the invoices for which somebody waits."""
    conditions = (watches.c.workspace == turn.workspace, among(watches.c.invoice, set(ids)))
    return list(
        turn.db.execute(
            select(watches.c.invoice).where(*conditions).distinct().order_by(watches.c.invoice)
        ).scalars()
    )


def take(turn: Turn, invoice: int) -> list[str]:
    """Everybody who waits, who then waits no more."""
    gone = delete(watches).where(*_of(turn, invoice)).returning(watches.c.person)
    return sorted(turn.db.execute(gone).scalars())


def _of(turn: Turn, invoice: int) -> tuple[ColumnElement[bool], ...]:
    return watches.c.workspace == turn.workspace, watches.c.invoice == invoice
