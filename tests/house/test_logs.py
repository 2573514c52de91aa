"""Logs: where and what, for an administrator; nothing that people wrote, and nothing from their
files.
"""

import json
import logging

import pytest
from sqlalchemy import Engine, insert
from sqlalchemy.exc import DBAPIError

from bot.logs import Line
from bot.turns import HOME
from storage.people import people


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
    record = logging.LogRecord("bot.edge", logging.ERROR, "", 0, "it failed", (), why)
    told = json.loads(Line().format(record))
    assert told["what"] == "it failed"
    assert "IntegrityError" in told["trace"]
    assert "test_logs.py" in told["trace"]
    assert "anna" not in told["trace"]
