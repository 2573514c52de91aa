"""Where SQLite and PostgreSQL differ: the insert that settles conflicts, and rows that others have locked."""

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def upsert(db: Connection, table: Table) -> Any:
    """``INSERT`` with ``on_conflict_do_nothing`` and ``on_conflict_do_update`` of this database's own kind."""
    return (postgresql if db.dialect.name == "postgresql" else sqlite).insert(table)


def skipping_locked(db: Connection, select: Any) -> Any:
    """Take the rows for update and leave those that somebody else has (SQLite has one writer: nothing to skip)."""
    return select.with_for_update(skip_locked=True) if db.dialect.name == "postgresql" else select
