"""Payments on invoices, and up to when each source's payments are known. Amounts in minor units."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKey,
    Index,
    Table,
    UniqueConstraint,
    func,
    literal,
    select,
    update,
)

from storage.base import Id, Key, Moment, metadata
from storage.dialect import among, upsert
from storage.turn import Turn

payments = Table(
    "payments",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace", Key, nullable=False),
    Column("invoice", Id, ForeignKey("invoices.id"), nullable=False, index=True),
    Column("amount", BigInteger, nullable=False),
    Column("booked_on", Date, nullable=False),
    Column("source", Key, nullable=False),  # hand, an account number, a connector
    Column("reference", Key, nullable=False),  # unique within the source and invoice
    Column("by_person", Key, nullable=False),
    Column("at", Moment, nullable=False),
    Column("taken_back_at", Moment),
    UniqueConstraint("workspace", "source", "reference", "invoice"),
    Index(None, "workspace", "booked_on"),
)

sources = Table(
    "payment_sources",
    metadata,
    Column("workspace", Key, primary_key=True),
    Column("source", Key, primary_key=True),
    Column("known_until", Moment, nullable=False),
    Column("told_otherwise", Moment),  # up to when by others than imported files
)


@dataclass(frozen=True)
class Booked:
    """A payment that stands on an invoice."""

    id: int
    invoice: int
    amount: int
    booked_on: date
    source: str
    reference: str
    by_person: str = ""


def book(
    turn: Turn, invoice: int, amount: int, booked_on: date, source: str, reference: str
) -> bool:
    """Book a payment once; false when this reference of this source stands on this
    invoice already.
    """
    row = {
        "workspace": turn.workspace,
        "invoice": invoice,
        "amount": amount,
        "booked_on": booked_on,
        "source": source,
        "reference": reference,
        "by_person": turn.actor.id,
        "at": turn.now,
        "taken_back_at": None,
    }
    unique = ["workspace", "source", "reference", "invoice"]
    again = upsert(turn.db, payments).values(row)
    booked = again.on_conflict_do_update(
        index_elements=unique, set_=row, where=payments.c.taken_back_at.isnot(None)
    ).returning(payments.c.id)
    return turn.db.execute(booked).first() is not None


def grow(turn: Turn, invoice: int, amount: int, source: str, reference: str) -> None:
    """The payment that stands under this reference on this invoice is so much more."""
    conditions = (
        payments.c.workspace == turn.workspace,
        payments.c.source == source,
        payments.c.reference == reference,
    )
    standing = update(payments).where(
        *conditions, payments.c.invoice == invoice, payments.c.taken_back_at.is_(None)
    )
    turn.db.execute(standing.values(amount=payments.c.amount + amount))


def get(turn: Turn, payment: int) -> Booked | None:
    """A payment that stands; None when it was taken back, or is nobody's here."""
    conditions = (
        payments.c.workspace == turn.workspace,
        payments.c.id == payment,
        payments.c.taken_back_at.is_(None),
    )
    row = turn.db.execute(select(*_COLUMNS).where(*conditions)).one_or_none()
    return Booked(**row._mapping) if row else None


def hold(turn: Turn, ids: Collection[int]) -> list[Booked]:
    """Those of the payments that stand; nobody else changes them until the turn ends."""
    conditions = (
        payments.c.workspace == turn.workspace,
        among(payments.c.id, ids),
        payments.c.taken_back_at.is_(None),
    )
    query = select(*_COLUMNS).where(*conditions).order_by(payments.c.id).with_for_update()
    return [Booked(**row._mapping) for row in turn.db.execute(query)]


def take_back(turn: Turn, ids: Collection[int]) -> list[Booked]:
    """These bookings no longer stand; those that stood until now, the oldest first."""
    conditions = (
        payments.c.workspace == turn.workspace,
        among(payments.c.id, ids),
        payments.c.taken_back_at.is_(None),
    )
    taken = update(payments).where(*conditions).values(taken_back_at=turn.now)
    rows = turn.db.execute(taken.returning(*_COLUMNS))
    return sorted((Booked(**row._mapping) for row in rows), key=lambda booked: booked.id)


def on_invoice(turn: Turn, invoice: int) -> list[Booked]:
    """What stands on an invoice, the oldest first."""
    return on_invoices(turn, [invoice])


def on_invoices(turn: Turn, ids: Collection[int]) -> list[Booked]:
    """What stands on any of these invoices, the oldest first."""
    if not ids:
        return []
    conditions = (
        payments.c.workspace == turn.workspace,
        among(payments.c.invoice, ids),
        payments.c.taken_back_at.is_(None),
    )
    query = select(*_COLUMNS).where(*conditions).order_by(payments.c.booked_on, payments.c.id)
    return [Booked(**row._mapping) for row in turn.db.execute(query)]


def note_known_until(turn: Turn, source: str, until: datetime, *, is_by_file: bool = False) -> None:
    """Payments of this source are known up to this moment; a later one stays. What a file told is
    taken back with its import.
    """
    turn.known.pop("payment_sources", None)
    otherwise = None if is_by_file else until
    row = {
        "workspace": turn.workspace,
        "source": source,
        "known_until": until,
        "told_otherwise": otherwise,
    }
    later = func.max if turn.db.dialect.name == "sqlite" else func.greatest
    newest = {"known_until": later(sources.c.known_until, literal(until, Moment()))}
    if otherwise:
        before = func.coalesce(sources.c.told_otherwise, literal(otherwise, Moment()))
        newest["told_otherwise"] = later(before, literal(otherwise, Moment()))
    turn.db.execute(
        upsert(turn.db, sources)
        .values(row)
        .on_conflict_do_update(index_elements=["workspace", "source"], set_=newest)
    )


def known_by_source(turn: Turn) -> Mapping[str, datetime]:
    """Up to when each source's payments are known."""
    existing: Mapping[str, datetime] | None = turn.known.get("payment_sources")
    if existing is None:
        query = select(sources.c.source, sources.c.known_until)
        rows = turn.db.execute(
            query.where(sources.c.workspace == turn.workspace).order_by(sources.c.source)
        )
        existing = {row.source: row.known_until for row in rows}
        turn.known["payment_sources"] = existing
    return existing


_COLUMNS = tuple(payments.c[name] for name in Booked.__dataclass_fields__)
