"""Invoices written off: how much, on which day, by whom and why; and what was undone. Amounts in
minor units.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BigInteger, Column, Date, ForeignKey, Index, Table, Text, select, update

from storage.base import Id, Key, Moment, metadata
from storage.dialect import among
from storage.turn import Turn

write_offs = Table(
    "write_offs",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace", Key, nullable=False),
    Column("invoice", Id, ForeignKey("invoices.id"), nullable=False, index=True),
    Column("amount", BigInteger, nullable=False),  # what was outstanding then
    Column("on_day", Date, nullable=False),  # from which nobody expects it
    Column("note", Text, nullable=False),
    Column("by_person", Key, nullable=False),
    Column("at", Moment, nullable=False),
    Column("undone_at", Moment),  # it was no write-off after all
    Column("undone_by", Key),
)
_stands = write_offs.c.undone_at.is_(None)
Index(
    "uq_write_offs_standing",  # one stands on an invoice at a time
    write_offs.c.invoice,
    unique=True,
    sqlite_where=_stands,
    postgresql_where=_stands,
)


@dataclass(frozen=True)
class WriteOff:
    """A write-off that stands. Amount in minor units of the invoice's currency."""

    id: int
    invoice: int
    amount: int
    on_day: date
    note: str
    by_person: str
    at: datetime


_COLUMNS = tuple(write_offs.c[name] for name in WriteOff.__dataclass_fields__)


def add(turn: Turn, invoice: int, amount: int, on_day: date, note: str) -> None:
    """Write an invoice off; whoever calls it holds the invoice."""
    row = {
        "workspace": turn.workspace,
        "invoice": invoice,
        "amount": amount,
        "on_day": on_day,
        "note": note,
        "by_person": turn.actor.id,
        "at": turn.now,
    }
    turn.db.execute(write_offs.insert().values(row))


def undo(turn: Turn, invoice: int) -> WriteOff | None:
    """The write-off of an invoice stands no longer; None where none stood."""
    standing = (write_offs.c.workspace == turn.workspace, write_offs.c.invoice == invoice, _stands)
    undone = update(write_offs).where(*standing)
    undone = undone.values(undone_at=turn.now, undone_by=turn.actor.id)
    row = turn.db.execute(undone.returning(*_COLUMNS)).one_or_none()
    return WriteOff(**row._mapping) if row else None


def standing(turn: Turn, invoices: Collection[int]) -> dict[int, WriteOff]:
    """The write-offs that stand on these invoices, by invoice."""
    if not invoices:
        return {}
    these = (
        write_offs.c.workspace == turn.workspace,
        among(write_offs.c.invoice, invoices),
        _stands,
    )
    rows = turn.db.execute(select(*_COLUMNS).where(*these))
    return {row.invoice: WriteOff(**row._mapping) for row in rows}
