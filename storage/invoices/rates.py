"""Rates that people entered, with their source: of late interest, and of the euro on a day.

Those that are shipped stand in ``handlers/ledger/rates``; what somebody enters takes their place.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Date, Numeric, RowMapping, Table, Text, select

from storage.base import Key, Moment, metadata
from storage.dialect import upsert
from storage.turn import Turn

interest_rates = Table(
    "interest_rates",
    metadata,
    Column("workspace", Key, primary_key=True),
    Column("table", Key, primary_key=True),  # PL-business, HU-consumer, …
    Column("first_day", Date, primary_key=True),
    Column("last_day", Date, nullable=False),
    Column("percent", Numeric(7, 4), nullable=False),
    Column("source", Text, nullable=False),
    Column("by_person", Key, nullable=False),
    Column("at", Moment, nullable=False),
)

exchange_rates = Table(
    "exchange_rates",
    metadata,
    Column("workspace", Key, primary_key=True),
    Column("bank", Key, primary_key=True),  # NBP, MNB: what one euro costs in its money
    Column("on", Date, primary_key=True),
    Column("value", Numeric(12, 6), nullable=False),
    Column("source", Text, nullable=False),
    Column("by_person", Key, nullable=False),
    Column("at", Moment, nullable=False),
)


def entered(turn: Turn) -> Sequence[RowMapping]:
    """Rates of interest that people entered, the oldest first."""
    condition = interest_rates.c.workspace == turn.workspace
    order = (interest_rates.c.table, interest_rates.c.first_day)
    return (
        turn.db.execute(select(interest_rates).where(condition).order_by(*order)).mappings().all()
    )


def exchanges(turn: Turn) -> Sequence[RowMapping]:
    """Rates of the euro that people entered, the oldest first."""
    condition = exchange_rates.c.workspace == turn.workspace
    order = (exchange_rates.c.bank, exchange_rates.c.on)
    return (
        turn.db.execute(select(exchange_rates).where(condition).order_by(*order)).mappings().all()
    )


def entered_anywhere(db: Connection) -> Sequence[RowMapping]:
    """Rates of interest that people of any workspace entered, of those that begin on one day the
    longest last.
    """
    columns = interest_rates.c
    order = (columns.table, columns.first_day, columns.last_day)
    return db.execute(select(interest_rates).order_by(*order)).mappings().all()


def enter_interest(turn: Turn, row: Mapping[str, Any]) -> None:
    """A rate from its first day on; one that begins on that day already is replaced."""
    _enter(turn, interest_rates, row, ("last_day", "percent", "source", "by_person", "at"))


def enter_exchange(turn: Turn, row: Mapping[str, Any]) -> None:
    """What one euro cost on a day; one of that day already is replaced."""
    _enter(turn, exchange_rates, row, ("value", "source", "by_person", "at"))


def _enter(turn: Turn, table: Table, row: Mapping[str, Any], changed: Sequence[str]) -> None:
    values = {
        **row,
        "workspace": turn.workspace,
        "by_person": turn.actor.id,
        "at": turn.now,
    }
    insert = upsert(turn.db, table).values(values)
    keys = [column.name for column in table.primary_key]
    replacing = {name: insert.excluded[name] for name in changed}
    turn.db.execute(insert.on_conflict_do_update(index_elements=keys, set_=replacing))
