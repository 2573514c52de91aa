"""Engines: what goes wrong in a database is the same error, wherever it goes wrong."""

from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from storage.base import open_engine


def test_a_database_that_stays_locked_fails_as_databases_do(tmp_path: Path) -> None:
    """So that whoever opened it says so in a sentence, and `serve` tries again."""
    engines = [open_engine(f"sqlite:///{tmp_path / 'zaplecze.sqlite3'}") for _ in range(2)]
    with engines[1].connect() as impatient:
        impatient.exec_driver_sql("PRAGMA busy_timeout = 1")
    with engines[0].begin(), pytest.raises(OperationalError, match="locked"), engines[1].begin():
        pass
    for engine in engines:
        engine.dispose()
