"""Statements that are made once: they answer, write and fail as SQLAlchemy's own executions do."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, bindparam, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, MultipleResultsFound

from storage.audit import events
from storage.counters import counters
from storage.dialect import among_given, may_be_repeated
from storage.people.people import channels
from storage.statements import Prepared

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
EVENT = {"workspace": "main", "at": AT, "actor": "U1", "event": "ticket.taken", "subject": "t:1"}
HOUSE = {"workspace": "main", "name": "it", "is_private": True, "is_shared": False}

_APPENDED = Prepared(insert(events).inline())
_EVENTS = Prepared(select(events).where(events.c.subject == bindparam("subject")))
_COUNTED = Prepared(insert(counters).returning(counters.c.value))
_KEPT = Prepared(insert(channels).inline())
_NAMED = Prepared(
    select(channels.c.id, channels.c.is_private)
    .where(among_given(channels.c.name, "wanted") | among_given(channels.c.id, "wanted"))
    .order_by(channels.c.id)
)


def counted(name: str) -> dict[str, object]:
    return {"workspace": "main", "name": name, "value": 1}


def test_what_it_reads_is_what_sqlalchemy_reads(engine: Engine) -> None:
    with engine.begin() as db:
        _APPENDED.write(db, [{**EVENT, "facts": {"a": [1, "ż", None]}}])
        asked = db.execute(select(events)).one()
        row = _EVENTS.row(db, {"subject": "t:1"})
        assert row._asdict() == asked._asdict()
        assert (row.at, row.facts) == (AT, {"a": [1, "ż", None]})


def test_a_list_is_one_parameter_wherever_it_stands(engine: Engine) -> None:
    with engine.begin() as db:
        _KEPT.write(db, [{**HOUSE, "id": "C1"}, {**HOUSE, "id": "C2", "name": "hr"}])
        assert _NAMED.rows(db, {"wanted": ["it", "C2"]}) == [("C1", True), ("C2", True)]
        assert _NAMED.rows(db, {"wanted": []}) == []


def test_one_row_is_one_at_most(engine: Engine) -> None:
    with engine.begin() as db:
        assert _EVENTS.row(db, {"subject": "t:1"}) is None
        assert _EVENTS.value(db, {"subject": "t:1"}) is None
        _APPENDED.write(db, [{**EVENT, "facts": {}}] * 2)
        with pytest.raises(MultipleResultsFound):
            _EVENTS.row(db, {"subject": "t:1"})


def test_it_fails_with_an_error_that_everybody_knows_and_tells_no_values(engine: Engine) -> None:
    with engine.connect() as db:
        assert _COUNTED.value(db, counted("secret")) == 1
        with pytest.raises(IntegrityError) as refused:
            _COUNTED.value(db, counted("secret"))
    assert not refused.value.connection_invalidated
    assert "INSERT INTO counters" in str(refused.value)
    assert "secret" not in str(refused.value).partition("[SQL")[2]


def test_it_belongs_to_the_transaction_that_is_open(engine: Engine) -> None:
    with engine.connect() as db:
        _COUNTED.value(db, counted("tickets"))
        db.rollback()
        assert db.execute(select(counters)).all() == []
        with db.begin_nested() as attempt:
            _COUNTED.value(db, counted("documents"))
            attempt.rollback()
        assert _COUNTED.value(db, counted("documents")) == 1


def test_a_connection_that_is_lost_is_given_up_with_those_that_lay_idle(engine: Engine) -> None:
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no connection that could be lost")
    with engine.connect() as idle, engine.connect() as db, engine.connect() as killer:
        lost = [each.execute(text("SELECT pg_backend_pid()")).scalar() for each in (idle, db)]
        idle.close()
        for backend in lost:
            killer.execute(text("SELECT pg_terminate_backend(:id)"), {"id": backend})
        with pytest.raises(DBAPIError) as fault:
            _COUNTED.value(db, counted("tickets"))
    assert may_be_repeated(fault.value)
    with engine.begin() as db:
        assert _COUNTED.value(db, counted("tickets")) == 1
