"""Instalments: in which parts an invoice is to be paid, and when reminders look at each again."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Table,
    false,
    select,
    true,
)

from storage.base import Id, metadata
from storage.dialect import among
from storage.turn import Turn

instalments = Table(
    "instalments",
    metadata,
    Column("id", Id, primary_key=True),
    Column("invoice", Id, ForeignKey("invoices.id"), nullable=False, index=True),
    Column("due_on", Date),
    Column("amount", BigInteger, nullable=False),
    Column("next_on", Date),  # the reminders' next day; none where nothing is to come
    Column("is_one_of_several", Boolean, nullable=False, server_default=false()),
)
_to_come = instalments.c.next_on.isnot(None)
in_order = (instalments.c.due_on.is_(None), instalments.c.due_on, instalments.c.id)
"""The instalments of an invoice, the earliest first and what has no day last."""
Index(
    "ix_instalments_next_on",
    instalments.c.next_on,
    sqlite_where=_to_come,
    postgresql_where=_to_come,
)

is_one_of_several = instalments.c.is_one_of_several == true()
Index(
    "ix_instalments_amount",  # what is paid in one part is found by what is outstanding
    instalments.c.amount,
    sqlite_where=is_one_of_several,
    postgresql_where=is_one_of_several,
)


def plans(turn: Turn, ids: Collection[int]) -> dict[int, list[tuple[date | None, int]]]:
    """When so much of each of these invoices is to be paid, the earliest first."""
    query = select(instalments).where(among(instalments.c.invoice, ids)).order_by(*in_order)
    grouped: dict[int, list[tuple[date | None, int]]] = {}
    for row in turn.db.execute(query):
        grouped.setdefault(row.invoice, []).append((row.due_on, row.amount))
    return grouped
