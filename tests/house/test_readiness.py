"""Whether the database can serve: what a process that watches ours is told of it."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from bot.edge.turns import HOME, DatabaseGone, Turns
from bot.kit.catalogue import Catalogue
from bot.playground.slack.clock import TurnedClock
from bot.readiness import WRITTEN_EVERY, Readiness
from storage import schema
from tests import databases
from tests.driver import Office
from tests.running import Running

FULL = "the database takes no writes: its disk is full, or it is read only"
SECONDS = WRITTEN_EVERY.total_seconds()


@contextmanager
def full_disk(engine: Engine) -> Iterator[None]:
    """No file of this process can grow beyond what SQLite has written by now."""
    most, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(
        resource.RLIMIT_FSIZE, (Path(f"{engine.url.database}-wal").stat().st_size, hard)
    )
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))


@pytest.fixture
def sqlite(sqlite_template: Path, tmp_path: Path) -> Iterator[Engine]:
    with databases.fresh_sqlite(sqlite_template, tmp_path) as engine:
        yield engine


def test_database_that_takes_writes_is_ready(engine: Engine, clock: TurnedClock) -> None:
    ready = Readiness(engine, clock.now)
    for _ in range(3):
        assert ready.why_not() is None
        clock.turn(SECONDS)


def test_full_disk_is_told_within_seconds_and_its_end_too(
    sqlite: Engine, clock: TurnedClock
) -> None:
    ready = Readiness(sqlite, clock.now)
    assert ready.why_not() is None
    with full_disk(sqlite):
        assert ready.why_not() is None  # as it was a moment ago
        clock.turn(SECONDS)
        assert ready.why_not() == FULL
    assert ready.why_not() == FULL
    clock.turn(SECONDS)
    assert ready.why_not() is None


def test_replica_that_only_reads_is_not_ready(postgres_engine: Engine) -> None:
    assert Readiness(postgres_engine.execution_options(postgresql_readonly=True)).why_not() == FULL


def test_row_that_somebody_changes_is_not_waited_for(postgres_engine: Engine) -> None:
    with postgres_engine.begin() as upgrading:
        upgrading.execute(text("UPDATE alembic_version SET version_num = version_num"))
        assert Readiness(postgres_engine).why_not() is None


def test_database_of_another_shape_is_not_ready(engine: Engine) -> None:
    with engine.begin() as older:
        older.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    try:
        assert "zaplecze db upgrade" in (Readiness(engine).why_not() or "")
    finally:
        with engine.begin() as again:
            again.execute(
                text("UPDATE alembic_version SET version_num = :newest"),
                {"newest": schema.newest()},
            )


def test_database_that_somebody_holds_is_busy_at_once(sqlite: Engine) -> None:
    ready = Readiness(sqlite)
    with sqlite.begin() as held:
        held.execute(text("SELECT 1"))
        assert ready.why_not() == "the database is busy"
    assert ready.why_not() is None


@pytest.mark.parametrize("how", ["removed", "replaced"])
def test_file_that_is_gone_or_another_is_noticed(sqlite: Engine, how: str) -> None:
    ready = Readiness(sqlite)
    assert ready.why_not() is None
    file = Path(str(sqlite.url.database))
    kept = file.read_bytes()
    file.rename(file.with_suffix(".kept"))
    if how == "replaced":
        file.write_bytes(kept)
    assert "removed or replaced" in (ready.why_not() or "")


def test_older_copy_that_was_laid_over_the_file_is_noticed(
    sqlite: Engine, shipped: Catalogue, clock: TurnedClock
) -> None:
    turns = Turns(sqlite, clock.now, {"*": shipped})
    ready, file = Readiness(sqlite, clock.now), Path(str(sqlite.url.database))
    note(turns, "a")
    sqlite.dispose()
    older = file.read_bytes()
    note(turns, "b")
    assert ready.why_not() is None
    sqlite.dispose()
    file.write_bytes(older)
    assert "an older one than before" in (ready.why_not() or "")
    note(turns, "c")
    note(turns, "d")
    assert ready.why_not() is None


def test_nothing_is_taken_while_the_file_is_gone(
    office: Office, engine: Engine, bot: Running
) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("a server's database is no file of ours")
    file = Path(str(engine.url.database))
    office.anna.types("/ticket mine")
    away = file.rename(file.with_suffix(".away"))
    with pytest.raises(DatabaseGone):  # the sender has nothing to read either
        office.anna.types("/ticket Drukarka")
    assert "Bazy danych nie ma" in office.anna.notes("#general")[-1]
    assert not file.exists()
    away.rename(file)
    office.anna.types("/ticket Drukarka").fills(type="it_help").submits()
    assert "BO-1" in office.anna.dm[-1]


def note(turns: Turns, what: str) -> None:
    with turns.turn(HOME) as turn:
        turn.record("ticket.resolved", what)
