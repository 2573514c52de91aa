"""The shape of the database: brought up to date, and checked."""

import importlib
import pkgutil
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, func, select

import storage
from storage.base import metadata


def metadata_of_all_rooms() -> MetaData:
    """Every table, whichever module it stands in."""
    for module in pkgutil.iter_modules(storage.__path__):
        if module.name != "migrations":
            importlib.import_module(f"storage.{module.name}")
    return metadata


def upgrade(engine: Engine) -> None:
    """Bring the database to the newest shape; one that is there already stays as it is."""
    config = _config()
    with engine.connect() as connection, connection.begin():
        if engine.dialect.name == "postgresql":  # several instances may start at once (SQLite has one writer)
            connection.execute(select(func.pg_advisory_xact_lock(func.hashtext("zaplecze schema"))))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_current(engine: Engine) -> bool:
    """Whether the database has the newest shape."""
    with engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    return present == _newest()


@cache
def _newest() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
