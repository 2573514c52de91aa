"""Many rows at once: the driver's own way of each database, for imports of a million rows."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, bindparam, func, select
from sqlalchemy import insert as insert_into

Row = Sequence[Any]


def insert(db: Connection, table: Table, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert rows of plain values: days as ``YYYY-MM-DD``, moments by :func:`moment`. A conflict is an error."""
    if not rows:
        return
    if db.dialect.name == "postgresql":
        _copy(db, table, columns, rows)
    else:
        one = insert_into(table).values({column: bindparam(column) for column in columns})
        compiled = one.compile(dialect=db.dialect)
        places = [list(columns).index(name) for name in compiled.positiontup or ()]
        in_order = places == list(range(len(columns)))
        ready = [tuple(row) if in_order else tuple(row[place] for place in places) for row in rows]
        db.exec_driver_sql(str(compiled), ready)


def reserve(db: Connection, table: Table, count: int) -> range:
    """Ids for rows that are about to be inserted, nobody else's; held until this transaction ends."""
    if db.dialect.name == "postgresql":
        db.execute(select(func.pg_advisory_xact_lock(func.hashtext(table.name))))
        sequence = func.pg_get_serial_sequence(table.name, "id")
        first = int(db.execute(select(func.nextval(sequence))).scalar_one())
        db.execute(select(func.setval(sequence, first + count - 1)))
    else:
        first = 1 + int(db.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one())
    return range(first, first + count)


def moment(db: Connection, at: datetime) -> str:
    """A moment as the database keeps it."""
    utc = at.astimezone(UTC)
    return utc.isoformat() if db.dialect.name == "postgresql" else utc.strftime("%Y-%m-%d %H:%M:%S.%f")


def _copy(db: Connection, table: Table, columns: Sequence[str], rows: Iterable[Row]) -> None:
    from psycopg.sql import SQL, Identifier

    into = SQL("COPY {} ({}) FROM STDIN").format(
        Identifier(table.name), SQL(", ").join(Identifier(column) for column in columns)
    )
    connection: Any = db.connection.driver_connection
    with connection.cursor() as cursor, cursor.copy(into) as copying:
        for row in rows:
            copying.write_row(row)
