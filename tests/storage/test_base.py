"""Engines: what goes wrong in a database is the same error, wherever it goes wrong."""

from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from bot.edge.turns import Turns
from bot.slack import HOME
from storage.base import open_engine
from storage.invoices import customers


def test_a_database_that_stays_locked_fails_as_databases_do(tmp_path: Path) -> None:
    """So that whoever opened it says so in a sentence, and `serve` tries again."""
    engines = [open_engine(f"sqlite:///{tmp_path / 'zaplecze.sqlite3'}") for _ in range(2)]
    with engines[1].connect() as impatient:
        impatient.exec_driver_sql("PRAGMA busy_timeout = 1")
    with engines[0].begin(), pytest.raises(OperationalError, match="locked"), engines[1].begin():
        pass
    for engine in engines:
        engine.dispose()


def test_whoever_only_reads_sees_one_state_whatever_others_commit_meanwhile(turns: Turns) -> None:
    with turns.turn(HOME, reads=True) as reading:
        before = customers.everybody(reading)
        with turns.turn(HOME) as writing:
            customers.enter(writing, {"name": "Kowalska"})
        assert customers.everybody(reading) == before == []
    with turns.turn(HOME) as turn:  # the connection goes back as it was
        assert [each.name for each in customers.everybody(turn)] == ["Kowalska"]
        customers.enter(turn, {"name": "Nowak"})
