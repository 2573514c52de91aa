"""Many rows at once: the driver's own way of each database, for imports of a million rows."""

from collections.abc import Container, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table, bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateTable

Row = Sequence[Any]


def insert(db: Connection, table: Table, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert rows of plain values: days as ``YYYY-MM-DD``, moments by :func:`moment`. A conflict is
    an error.
    """
    if rows and db.dialect.name == "postgresql":
        _copy(db, table, columns, rows)
    elif rows:
        _insert(db, sqlite.insert(table), columns, rows)


def insert_new(
    db: Connection, table: Table, columns: Sequence[str], rows: Sequence[Row]
) -> Container[int]:
    """The same, but a row whose unique key is there already is left out; the ids of the others.

    The first column is the id, by :func:`reserve`.
    """
    ids = range(rows[0][0], rows[-1][0] + 1)
    if db.dialect.name == "postgresql":
        inserted = _copy_new(db, table, columns, rows)
    else:
        inserted = _insert(db, sqlite.insert(table).on_conflict_do_nothing(), columns, rows)
    if inserted == len(rows):
        return ids
    return set(db.execute(select(table.c.id).where(table.c.id.between(ids[0], ids[-1]))).scalars())


def reserve(db: Connection, table: Table, count: int) -> range:
    """Ids for rows that are about to be inserted, nobody else's; held until this
    transaction ends.
    """
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
    return (
        utc.isoformat() if db.dialect.name == "postgresql" else utc.strftime("%Y-%m-%d %H:%M:%S.%f")
    )


def _insert(db: Connection, into: Any, columns: Sequence[str], rows: Sequence[Row]) -> int:
    compiled = into.values({column: bindparam(column) for column in columns}).compile(
        dialect=db.dialect
    )
    places = [list(columns).index(name) for name in compiled.positiontup]
    in_order = places == list(range(len(columns)))
    ready = rows if in_order else [tuple(row[place] for place in places) for row in rows]
    return db.exec_driver_sql(str(compiled), ready).rowcount


def _copy_new(db: Connection, table: Table, columns: Sequence[str], rows: Sequence[Row]) -> int:
    """By way of a table of this transaction's own, since COPY knows no conflicts."""
    new = _twin(table.name, tuple((column, table.c[column].type) for column in columns))
    db.execute(CreateTable(new, if_not_exists=True))
    db.execute(delete(new))
    _copy(db, new, columns, rows)
    taken = (
        postgresql.insert(table)
        .from_select(columns, select(new).order_by(new.c.id))
        .on_conflict_do_nothing()
    )
    return db.execute(taken).rowcount


def _twin(name: str, columns: Iterable[tuple[str, Any]]) -> Table:
    bare = [Column(column, type_) for column, type_ in columns]
    return Table(
        f"new_{name}", MetaData(), *bare, prefixes=["TEMPORARY"], postgresql_on_commit="DROP"
    )


def _copy(db: Connection, table: Table, columns: Sequence[str], rows: Iterable[Row]) -> None:
    from psycopg.sql import SQL, Identifier

    into = SQL("COPY {} ({}) FROM STDIN").format(
        Identifier(table.name), SQL(", ").join(Identifier(column) for column in columns)
    )
    connection: Any = db.connection.driver_connection
    with connection.cursor() as cursor, cursor.copy(into) as copying:
        for row in rows:
            copying.write_row(row)
