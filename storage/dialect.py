"""Where SQLite and PostgreSQL differ: the insert that settles conflicts, lists of ids, locked rows,
sending.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    CursorResult,
    Dialect,
    String,
    Table,
    Text,
    bindparam,
    or_,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

_READ_ONLY = "25006"  # of PostgreSQL: a transaction that only reads was to write
_UNDONE = ("40001", "40P01")  # serialization failure, deadlock: PostgreSQL asks to do it again


def upsert(db: Connection, table: Table) -> Any:
    """``INSERT`` with ``on_conflict_do_nothing`` and ``on_conflict_do_update`` of this database's
    own kind.
    """
    return upsert_of(db.dialect.name, table)


def upsert_of(dialect: str, table: Table) -> Any:
    """The same by the dialect's name, for statements that are made once."""
    return (postgresql if dialect == "postgresql" else sqlite).insert(table)


def one_of(column: ColumnElement[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    """``IN`` for values that stand in the statement for good: a list that may vary is spelt out at
    each execution.
    """
    return or_(*(column == value for value in values))


class _Several(TypeDecorator[Iterable[int | str]]):
    """Ids or keys that are one parameter: an array, or JSON."""

    impl = Text
    cache_ok = True

    def __init__(self, *, are_keys: bool) -> None:
        super().__init__()
        self.are_keys = are_keys

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        array = postgresql.ARRAY(Text if self.are_keys else BigInteger)
        return dialect.type_descriptor(array if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Iterable[int | str] | None, dialect: Dialect) -> Any:
        several = list(value or ())
        return several if dialect.name == "postgresql" else json.dumps(several)


class _Among(FunctionElement[bool]):
    """A column, and the values of which it is to be one; of no type, since SQLite would compare a
    truth with 1.
    """

    inherit_cache = True


def among(column: ColumnElement[Any], values: Iterable[int | str]) -> ColumnElement[bool]:
    """``IN`` for ids or keys, however many: a statement takes at most 32,766 parameters on SQLite,
    65,535 on PostgreSQL.
    """
    return _Among(column, bindparam("several", list(values), _several(column), unique=True))


def among_given(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """The same, for ids or keys that a statement which is made once is given by this name."""
    return _Among(column, bindparam(name, type_=_several(column)))


def _several(column: ColumnElement[Any]) -> _Several:
    return _Several(are_keys=isinstance(column.type, String))


@compiles(_Among, "postgresql")
def _in_array(element: _Among, compiler: SQLCompiler, **how: Any) -> str:
    column, several = (compiler.process(each, **how) for each in element.clauses)
    return f"{column} = ANY ({several})"


@compiles(_Among, "sqlite")
def _in_json(element: _Among, compiler: SQLCompiler, **how: Any) -> str:
    column, several = (compiler.process(each, **how) for each in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({several}))"


class _Check(FunctionElement[Any]):
    """A column that no index is looked up by."""

    inherit_cache = True

    def __init__(self, column: ColumnElement[Any]) -> None:
        super().__init__(column)
        self.type = column.type


def as_check(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A column as a check and not as a way in: SQLite would take an index of it before one of ids;
    PostgreSQL tells by its statistics which is the better one.
    """
    return _Check(column)


@compiles(_Check)
def _as_it_is(element: _Check, compiler: SQLCompiler, **how: Any) -> str:
    (column,) = (compiler.process(each, **how) for each in element.clauses)
    return str(column)


@compiles(_Check, "sqlite")
def _without_index(element: _Check, compiler: SQLCompiler, **how: Any) -> str:
    return f"+{_as_it_is(element, compiler, **how)}"


def skipping_locked(db: Connection, select: Any) -> CursorResult[Any]:
    """Its rows, taken for update, without those that somebody else has (SQLite has one writer:
    nothing to skip).

    They are asked for by themselves: within another statement PostgreSQL may ask for them again for
    each of its rows, and takes others each time.
    """
    if db.dialect.name == "postgresql":
        select = select.with_for_update(skip_locked=True, key_share=True)
    return db.execute(select)


def may_be_repeated(fault: DBAPIError) -> bool:
    """Whether the transaction was undone by no fault of its own: a deadlock, or a connection that
    was lost.
    """
    return fault.connection_invalidated or getattr(fault.orig, "sqlstate", None) in _UNDONE


def must_write(fault: DBAPIError) -> bool:
    """Whether a turn that was to read only wrote after all, and has to be a turn that writes: it is
    undone.
    """
    code = getattr(fault.orig, "sqlite_errorcode", 0)
    is_read_only = getattr(fault.orig, "sqlstate", None) == _READ_ONLY
    return is_read_only or code & 0xFF == sqlite3.SQLITE_BUSY


def passes(fault: BaseException) -> bool:
    """Whether the database fails as a whole: it is away, full or locked, and what was asked of it
    may be right.
    """
    return isinstance(fault, OperationalError) or (
        isinstance(fault, DBAPIError) and may_be_repeated(fault)
    )


def why_of(fault: BaseException) -> str:
    """What the database says, without the rows that it speaks of."""
    return str(getattr(fault, "orig", None) or type(fault).__name__).partition("\n")[0]


@contextmanager
def in_one_go(db: Connection) -> Iterator[None]:
    """What is executed inside is sent together, where the database is on the other side of a
    network.
    """
    if db.dialect.name != "postgresql":
        yield
        return
    driver: Any = db.connection.driver_connection
    try:
        with driver.pipeline():
            yield
    except driver.Error as fault:
        raise translated(db, fault) from fault


def translated(db: Connection, fault: Any, statement: str | None = None) -> Any:
    """What the driver raises, as SQLAlchemy raises it. Where the connection is lost SQLAlchemy is
    let to notice: it gives it up, and the idle ones of its pool with it.
    """
    driver = db.dialect.loaded_dbapi
    is_lost = db.dialect.is_disconnect(fault, db.connection.dbapi_connection, None)
    error = DBAPIError.instance(
        statement,
        None,
        fault,
        driver.Error,
        hide_parameters=True,
        connection_invalidated=is_lost,
        dialect=db.dialect,
    )
    if is_lost:
        with suppress(DBAPIError):
            db.exec_driver_sql("SELECT 1")
    return error
