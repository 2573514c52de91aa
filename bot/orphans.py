"""Open tickets of departments that the catalogue has no more: nobody would find them, so an administrator is told."""

from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot import catalogue
from bot.config import Settings
from bot.kit import clock
from bot.kit.words import Words
from bot.opening import UnknownDatabase, open_database
from bot.slack import HOME
from bot.turns import Turns, WhichCatalogue
from storage import schema, ticket_lists


def told(settings: Settings, path: Path | None) -> list[str]:
    """A sentence for each department that is left behind; nothing where there is no database to ask (yet)."""
    try:
        return _told(open_database(settings), settings, path) if _is_there(settings) else []
    except (SQLAlchemyError, WhichCatalogue, UnknownDatabase):
        return []


def _told(engine: Engine, settings: Settings, path: Path | None) -> list[str]:
    if not schema.is_current(engine):
        return []
    turns = Turns(engine, clock.from_setting(settings.clock), catalogue.load_all(path))
    with turns.turn(HOME) as turn:
        left = ticket_lists.left_behind(turn, turn.catalogue.departments)
    engine.dispose()
    return [_sentence(department, count) for department, count in left]


def _sentence(department: str, count: int) -> str:
    return Words("en").count(
        "{n} open ticket of “{department}”, which the catalogue has no more, is seen by nobody who could work on it. "
        "Put [departments.{department}] back until somebody has resolved it or moved it elsewhere.",
        "{n} open tickets of “{department}”, which the catalogue has no more, are seen by nobody who could work on "
        "them. "
        "Put [departments.{department}] back until somebody has resolved them or moved them elsewhere.",
        count,
        department=department,
    )


def _is_there(settings: Settings) -> bool:
    """A database of PostgreSQL may be there; of SQLite there is a file."""
    if settings.database_url:
        url = make_url(settings.database_url)
        return not url.drivername.startswith("sqlite") or Path(url.database or "").is_file()
    return (settings.data_dir / "zaplecze.sqlite3").is_file()
