"""Approvals that are open when reminders of them are introduced are reminded of, too."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, TextClause, bindparam, text

from storage import approvals, schema
from storage.base import Moment, open_engine
from tests import databases

APPROVAL = """
INSERT INTO approvals (id, workspace, subject, requester, steps, step, state, created_at)
VALUES (:id, 'main', :subject, 'U0ANNA', '[]', :step, :state, :at)
"""
VOTE = """
INSERT INTO approval_votes (approval, step, person, verdict, comment, at)
VALUES (:approval, :step, :person, :verdict, '', :at)
"""
BEGUN, AGREED = datetime(2026, 11, 23, 9, tzinfo=UTC), datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An open chain in its second step, and one that was decided by the other of two."""
    if request.param == "sqlite":
        yield filled(open_engine(f"sqlite:///{tmp_path / 'old.sqlite3'}"))
        return
    with databases.postgres() as url:
        engine = filled(open_engine(url))
        yield engine
        engine.dispose()


def filled(engine: Engine) -> Engine:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    with engine.begin() as db:
        config.attributes["connection"] = db
        command.upgrade(config, "0113")
        chains = ((1, "ticket:1", 1, "open"), (2, "ticket:2", 0, "approved"))
        for id, subject, step, state in chains:
            facts = {"id": id, "subject": subject, "step": step, "state": state}
            db.execute(said(APPROVAL), {**facts, "at": BEGUN})
        vote(db, 1, 0, "U0BEATA", "approved")
        vote(db, 1, 0, "U0EMMA", None)
        vote(db, 1, 1, "U0ISTVAN", None)
        vote(db, 2, 0, "U0BEATA", "approved")
        vote(db, 2, 0, "U0EMMA", None)
    return engine


def vote(db: Connection, approval: int, step: int, person: str, verdict: str | None) -> None:
    facts = {"approval": approval, "step": step, "person": person, "verdict": verdict}
    db.execute(said(VOTE), {**facts, "at": AGREED if verdict else None})


def said(statement: str) -> TextClause:
    return text(statement).bindparams(bindparam("at", type_=Moment))


def test_who_is_waited_for_is_reminded_a_day_after_they_were_asked(old: Engine) -> None:
    schema.upgrade(old)
    votes = approvals.votes.c
    with old.begin() as db:
        query = votes.person, votes.asked_at, votes.remind_at
        rows = db.execute(approvals.votes.select().with_only_columns(*query).order_by(votes.id))
        (beata, emma, istvan, *others) = map(tuple, rows)
    assert (beata, emma) == (("U0BEATA", BEGUN, None), ("U0EMMA", BEGUN, None))
    assert istvan == ("U0ISTVAN", AGREED, datetime(2026, 11, 26, 12, tzinfo=UTC))
    assert [remind_at for _, _, remind_at in others] == [None, None]
