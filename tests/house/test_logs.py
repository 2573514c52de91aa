"""Logs: where and what, for an administrator; nothing that people wrote, and nothing from their
files.
"""

import json
import logging

import pytest
from sqlalchemy import Engine, insert
from sqlalchemy.exc import DBAPIError

from bot.edge.turns import HOME
from bot.logs import Line
from storage.people.people import people


def test_a_row_that_the_database_refuses_is_not_shown(engine: Engine) -> None:
    row = {
        "workspace": HOME,
        "id": "U0HANNA",
        "name": "Hanna Tajna",
        "email": "hanna@example.com",
        "locale": None,
    }
    with engine.connect() as db, pytest.raises(DBAPIError) as refused:
        db.execute(insert(people).values(**row))
    why = (refused.type, refused.value, refused.tb)
    record = logging.LogRecord("bot.edge.edge", logging.ERROR, "", 0, "it failed", (), why)
    told = json.loads(Line().format(record))
    assert told["what"] == "it failed"
    assert "IntegrityError" in told["trace"]
    assert "test_logs.py" in told["trace"]
    assert "anna" not in told["trace"]


def _logged(where: str, what: str, *facts: object, why: BaseException | None = None) -> str:
    caught = (type(why), why, why.__traceback__) if why else None
    return Line().format(logging.LogRecord(where, logging.ERROR, "", 0, what, facts, caught))


def _raised(fault: Exception) -> Exception:
    try:
        raise fault
    except Exception as caught:
        return caught


def test_of_a_fault_its_kind_and_place_are_told_and_not_its_words() -> None:
    line = _logged("bot.edge.edge", "it failed", why=_raised(ValueError("Hanna Tajna owes 12 000")))
    assert "ValueError" in line
    assert "test_logs.py" in line
    assert "anna" not in line
    full = _logged(
        "bot.edge.edge", "it failed", why=_raised(OSError(28, "No space left on device"))
    )
    assert "No space left on device" in full


def test_of_what_a_library_says_the_first_line_is_told() -> None:
    line = _logged(
        "asyncio", "Task exception was never retrieved\nfuture: <Task ValueError('anna')>"
    )
    assert json.loads(line)["what"] == "Task exception was never retrieved"


def test_each_line_is_one_object_whatever_is_in_it() -> None:
    line = _logged("bot.edge.edge", "one\ntwo\u2028three\u202e\x1b[31m\ud800 %s %s", "too few")
    assert line.isascii()
    assert len(line.splitlines()) == 1
    assert json.loads(line)["where"] == "bot.edge.edge"
