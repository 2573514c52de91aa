"""Engines and column types: one shape for SQLite and PostgreSQL."""

from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Index,
    Integer,
    MetaData,
    RootTransaction,
    String,
    Text,
    create_engine,
    event,
)
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.sqlite import DATETIME
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.types import JSON, TypeDecorator, TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id = BigInteger().with_variant(Integer, "sqlite")
Json = JSON().with_variant(JSONB, "postgresql")
Key = String(255)
Sorted = Text().with_variant(
    Text(collation="C"), "postgresql"
)  # by characters: an index serves its beginnings


def index_of_those(*columns: ColumnElement[Any], where: ColumnElement[bool]) -> Index:
    """An index of the rows for which something holds: the others cost it nothing."""
    return Index(None, *columns, sqlite_where=where, postgresql_where=where)


class _Text(DATETIME):
    """SQLite's datetime in the text that SQLAlchemy gives it, by C."""

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], str | None]:
        return lambda value: None if value is None else value.isoformat(" ", "microseconds")


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored in UTC. A naive one is refused."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[datetime]:
        kind: Any = _Text if dialect.name == "sqlite" else DateTime
        return dialect.type_descriptor(kind(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone is not stored")
        utc = value.astimezone(UTC)
        return utc if dialect.name == "postgresql" else utc.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def open_engine(url: str) -> Engine:
    """An engine for ``sqlite:///PATH`` or ``postgresql+psycopg://…``; parameters never reach a log
    or an error text.
    """
    if url.startswith(("postgresql://", "postgres://")):
        url = "postgresql+psycopg://" + url.split("://", 1)[1]
    if not url.startswith("sqlite"):
        # No ping before each use: a turn whose connection was lost is undone, and the edge does it
        # again.
        return create_engine(url, hide_parameters=True, pool_size=10, max_overflow=10)
    engine = create_engine(
        "sqlite+immediate:" + url.split(":", 1)[1],
        hide_parameters=True,
        connect_args={"timeout": 30},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def begin_reading(db: Connection) -> RootTransaction:
    """A transaction that reads one state of the database and holds no writer up."""
    if db.dialect.name == "postgresql":
        # One snapshot for all that is asked: by itself each statement sees what others commit.
        snapshot = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        return db.execution_options(**snapshot).begin()
    before = _is_reading.set(True)
    try:
        return db.begin()
    finally:
        _is_reading.reset(before)


_is_reading = ContextVar("is_reading", default=False)


class Immediate(SQLiteDialect_pysqlite):
    """A turn that reads first and writes later must not lose its place to another writer.

    In the dialect and not as an event: an engine that has events asks for listeners at every
    statement.
    """

    supports_statement_cache = True

    def do_begin(self, dbapi_connection: Any) -> None:
        how = "DEFERRED" if _is_reading.get() else "IMMEDIATE"
        dbapi_connection.execute(f"BEGIN {how}").close()


registry.register("sqlite.immediate", __name__, "Immediate")


_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "busy_timeout=30000",
    "cache_size=-65536",
    # 32 MB: pages that every turn writes are copied into the database less often
    "wal_autocheckpoint=8000",
)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we begin by ourselves, below
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()
