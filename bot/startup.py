"""Opening the office: settings into a database that is up to date, catalogues and a clock."""

import logging
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, make_url
from sqlalchemy.exc import ArgumentError, OperationalError, SQLAlchemyError

from bot.catalogue import loader
from bot.config import Settings
from bot.edge.turns import Turns
from bot.kit import clock
from bot.kit.catalogue import Catalogue
from bot.kit.errors import Problem
from handlers.invoices.formats import schemas
from storage import schema
from storage.base import open_engine

log = logging.getLogger(__name__)


class NoDatabase(Problem):
    """The database cannot be opened."""

    sentence = (
        "The database does not open: {why}. Check DATABASE_URL or ZAPLECZE_DATA_DIR, and that it "
        "is running."
    )


class DatabaseFailed(Problem):
    """The database answered at first, and then not: it went away, is locked or full."""

    sentence = (
        "The database fails: {why}. What was done until then is kept, the last step is undone; run "
        "it again."
    )


class NotWritable(Problem):
    """SQLite's folder is somebody else's, or not there to be made."""

    sentence = (
        "Nothing can be written into {folder} ({why}). Let the account that runs Zaplecze write "
        "there, "
        "or name another folder with ZAPLECZE_DATA_DIR."
    )


class UnknownDatabase(Problem):
    """Neither SQLite nor PostgreSQL."""

    sentence = (
        "DATABASE_URL must begin with postgresql:// or sqlite:///, as "
        "postgresql://user:password@host:5432/name does "
        "(in the password %40 for @, %3A for : and %2F for /); leave it out for SQLite in "
        "ZAPLECZE_DATA_DIR."
    )


class NoFileNamed(Problem):
    """SQLite without a file forgets everything when the program ends."""

    sentence = (
        "DATABASE_URL names no file, so nothing would be kept. Write sqlite:////var/lib/zaplecze/"
        "zaplecze.sqlite3, or leave it out for SQLite in ZAPLECZE_DATA_DIR."
    )


class NewerDatabase(Problem):
    """An older program meets a database that a newer one has changed."""

    sentence = (
        "The database was made by a newer version of Zaplecze ({why}). Install that version, or "
        "restore a backup."
    )


class ForeignDatabase(Problem):
    """Somebody else's database, to which nothing may be added."""

    sentence = (
        "The database belongs to another program: it has tables, and none of Zaplecze's. Name "
        "another one in DATABASE_URL."
    )


@contextmanager
def office(
    settings: Settings, catalogues: Mapping[str, Catalogue] | None = None
) -> Iterator[Turns]:
    """Turns on the settings' database, brought to its newest shape; closed afterwards.

    The catalogues are the settings' own, unless some are given.
    """
    catalogues = catalogues or loader.load_all(settings.config)
    moment = clock.from_setting(settings.clock)
    schemas.look_in(settings.schemas)
    try:
        engine = _open(settings)
        _make_room(settings, engine)
        if schema.shape(engine) == "empty":
            shown = engine.url.set(drivername=engine.dialect.name, query={})
            log.warning("a new database is made: %s", shown.render_as_string())
        schema.upgrade(engine)
    except schema.Foreign as fault:
        raise ForeignDatabase() from fault
    except schema.UnknownShape as fault:
        raise NewerDatabase(why=fault) from fault
    except (SQLAlchemyError, OSError) as fault:
        raise NoDatabase(why=_reason(fault)) from fault
    try:
        yield Turns(engine, moment, catalogues, has_mail=settings.mail is not None)
    except OperationalError as fault:
        raise DatabaseFailed(why=_reason(fault)) from fault
    finally:
        engine.dispose()


@contextmanager
def as_it_is(settings: Settings) -> Iterator[Engine | None]:
    """The settings' database, of which nothing is changed; None where there is none yet."""
    _must_keep_something(settings)
    if not _is_made(settings):
        yield None
        return
    engine = _open(settings)
    try:
        yield engine
    except (SQLAlchemyError, OSError) as fault:
        raise NoDatabase(why=_reason(fault)) from fault
    finally:
        engine.dispose()


@contextmanager
def looking(settings: Settings, catalogues: Mapping[str, Catalogue]) -> Iterator[Turns | None]:
    """Turns that look only, of whose database nothing is changed; None where there is none yet, or
    none of the newest shape.
    """
    with as_it_is(settings) as engine:
        if engine is None or not schema.is_current(engine):
            yield None
            return
        yield Turns(engine, clock.from_setting(settings.clock), catalogues)


def refuse_unwritable(settings: Settings) -> None:
    """A :class:`NotWritable` where SQLite could not keep its file; nothing stays behind
    of the try.
    """
    kind, _, path = settings.database.partition(":///")
    if not kind.startswith("sqlite") or not path:
        return
    folder = Path(path).absolute().parent
    try:
        there = next(each for each in (folder, *folder.parents) if each.exists())
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as fault:
        raise NotWritable(folder=folder, why=fault.strerror) from fault


def _make_room(settings: Settings, engine: Engine) -> None:
    """SQLite's file and folder, which are nobody else's to read: personnel's matters
    stand in them.
    """
    if not settings.database_url:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = engine.url.database or ":memory:"
    if engine.dialect.name == "sqlite" and name != ":memory:" and Path(name).parent.is_dir():
        Path(name).touch(mode=0o600)


def _is_made(settings: Settings) -> bool:
    """A database of PostgreSQL is there, or says that it is not; of SQLite there is a file that can
    be seen.
    """
    kind, _, path = settings.database.partition(":///")
    return not kind.startswith("sqlite") or os.path.isfile(
        path
    )  # Path raises where a folder above is closed


def _open(settings: Settings) -> Engine:
    url = settings.database
    if not url.startswith("sqlite") and url.count("@") > 1:  # the password's rest would be shown
        raise UnknownDatabase()
    try:
        _must_keep_something(settings)
        return open_engine(settings.database)
    except (ArgumentError, ImportError, ValueError) as fault:
        raise UnknownDatabase() from fault


def _must_keep_something(settings: Settings) -> None:
    """Raises :class:`NoFileNamed` for each way of writing a database in memory."""
    url = settings.database
    if not url.startswith("sqlite"):
        return
    try:
        database = make_url(url)
    except ArgumentError as fault:
        raise UnknownDatabase() from fault
    path = (database.database or "").strip()
    in_memory = "mode=memory" in url.lower() or ":memory:" in path
    if not path or path == "." or in_memory:
        raise NoFileNamed()


def _reason(fault: Exception) -> str:
    if isinstance(fault, OSError) and fault.filename:
        return f"{fault.filename}: {fault.strerror}"
    return str(getattr(fault, "orig", None) or fault).splitlines()[0].rstrip(".")
