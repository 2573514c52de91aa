"""The shape of the database: brought up to date, and checked. Alembic is loaded only when there is
something to do.
"""

import importlib
import os
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Connection, Engine, MetaData, func, inspect, select, text

import storage
from storage import audit
from storage.base import metadata

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
Shape = Literal["empty", "older", "newest", "unknown", "foreign"]


class Foreign(Exception):
    """Somebody else's tables stand there, and none of ours."""


class UnknownShape(Exception):
    """The database was brought to a shape that is not known here."""


def metadata_of_all_rooms() -> MetaData:
    """Every table, whichever module it stands in."""
    for module in pkgutil.walk_packages(storage.__path__, "storage."):
        if not module.name.startswith("storage.migrations"):
            importlib.import_module(module.name)
    return metadata


def upgrade(engine: Engine) -> None:
    """Bring the database to the newest shape; one that is there already stays as it is. Raises
    UnknownShape and Foreign.
    """
    present = shape(engine)
    if present == "newest":
        return
    if present == "foreign":
        raise Foreign()
    from alembic import command
    from alembic.util.exc import CommandError

    config = _config()
    with engine.connect() as connection, _in_one_piece(connection):
        if (
            engine.dialect.name == "postgresql"
        ):  # several instances may start at once (SQLite has one writer)
            connection.execute(select(func.pg_advisory_xact_lock(func.hashtext("zaplecze schema"))))
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as fault:
            raise UnknownShape(str(fault)) from fault


@contextmanager
def _in_one_piece(connection: Connection) -> Iterator[None]:
    """A transaction. A table of SQLite changes by another one in its place with the same rows:
    what refers to them is no hindrance.
    """
    if connection.dialect.name != "sqlite":
        with connection.begin():
            yield
        return
    driver: Any = connection.connection.dbapi_connection
    driver.execute("PRAGMA foreign_keys = OFF").close()
    try:
        with connection.begin():
            yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON").close()


def shape(engine: Engine) -> Shape:
    """How far the database was brought; nothing in it is changed."""
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        if "alembic_version" not in tables:
            return "foreign" if tables else "empty"
        present = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return "newest" if present == newest() else "older" if present in _numbers() else "unknown"


def is_current(engine: Engine) -> bool:
    """Whether the database has the newest shape."""
    return shape(engine) == "newest"


def place(engine: Engine) -> tuple[int, int] | None:
    """Which file SQLite's database is; None where it is gone, and where the database is no file."""
    name = engine.url.database or ":memory:"
    if engine.dialect.name != "sqlite" or name == ":memory:":
        return None
    try:
        facts = os.stat(name)
    except FileNotFoundError:
        return None
    return facts.st_dev, facts.st_ino


def newest_event(engine: Engine) -> int:
    """The number of the newest audit event, which nothing takes away again."""
    with engine.connect() as connection:
        return int(connection.execute(select(func.max(audit.events.c.id))).scalar() or 0)


def refuse_busy(engine: Engine) -> None:
    """An OperationalError at once where somebody holds the whole database; nobody is waited for."""
    with engine.connect() as connection:
        driver: Any = connection.connection.dbapi_connection
        if engine.dialect.name != "sqlite":
            connection.execute(text("SELECT 1"))
            return
        (usual,) = driver.execute("PRAGMA busy_timeout").fetchone()
        driver.execute("PRAGMA busy_timeout = 300").close()
        try:
            connection.execute(text("SELECT 1"))
        finally:
            driver.execute(f"PRAGMA busy_timeout = {usual}").close()


def write_nothing_new(engine: Engine) -> None:
    """A write that changes nothing and leaves nothing behind; where none gets through it fails, as
    all others would.
    """
    with engine.begin() as connection:
        if (
            engine.dialect.name == "postgresql"
        ):  # a row's lock stands in the row; one that somebody has is passed over
            connection.execute(text("SELECT 1 FROM alembic_version FOR UPDATE SKIP LOCKED"))
        else:  # the same value again: of a row that would not be written, of the file's head it is
            connection.execute(text("PRAGMA user_version = 0"))


def newest() -> str:
    """The last migration: their files are numbered in the order in which they follow each other."""
    return max(_numbers())


@cache
def _numbers() -> frozenset[str]:
    return frozenset(file.name[:4] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
