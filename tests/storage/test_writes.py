"""What a turn has still to write reaches the database before anything is asked of it, and fails as
databases do.
"""

import pytest
from sqlalchemy import Engine, func, insert, select
from sqlalchemy.exc import IntegrityError

from bot.kit import clock
from storage import audit
from storage.counters import counters
from storage.statements import Prepared, Writes

_COUNTED = Prepared(insert(counters).inline())


def row(name: str) -> dict[str, object]:
    return {"workspace": "main", "name": name, "value": 1}


def test_what_is_asked_sees_what_was_written(engine: Engine) -> None:
    with engine.begin() as db:
        writes = Writes(db)
        audit.append(writes, "main", clock.real(), "U1", "ticket.submitted", "ticket:1", {})
        writes.add(_COUNTED, row("tickets"), row("documents"))
        audit.append(writes, "main", clock.real(), "U1", "ticket.taken", "ticket:1", {})
        asked = writes.flushed()
        assert [event.event for event in audit.history(asked, "main", "ticket:1")] == [
            "ticket.submitted",
            "ticket.taken",
        ]
        assert asked.execute(select(func.count()).select_from(counters)).scalar_one() == 2


def test_a_row_that_is_refused_undoes_the_turn_with_an_error_that_everybody_knows(
    engine: Engine,
) -> None:
    with engine.connect() as db:
        writes = Writes(db)
        writes.add(_COUNTED, row("tickets"), row("tickets"))
        audit.append(writes, "main", clock.real(), "U1", "ticket.submitted", "ticket:1", {})
        with pytest.raises(IntegrityError):
            writes.flushed()
    with engine.connect() as db:
        assert db.execute(select(func.count()).select_from(counters)).scalar_one() == 0
        assert audit.history(db, "main", "ticket:1") == []


def fails_halfway(writes: Writes) -> None:
    with writes.attempt():
        writes.add(_COUNTED, row("documents"))
        writes.flushed()
        writes.add(_COUNTED, row("invoices"))
        raise LookupError


def test_attempt_that_fails_undoes_itself_alone(engine: Engine) -> None:
    with engine.begin() as db:
        writes = Writes(db)
        writes.add(_COUNTED, row("tickets"))
        with pytest.raises(LookupError):
            fails_halfway(writes)
        with writes.attempt():
            writes.add(_COUNTED, row("payments"))
        writes.add(_COUNTED, row("rates"))
        writes.flushed()
    with engine.connect() as db:
        names = db.execute(select(counters.c.name).order_by(counters.c.name)).scalars().all()
    assert names == ["payments", "rates", "tickets"]
