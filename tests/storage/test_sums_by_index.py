"""What everybody owes in sum: told by an index alone, and of books from before it was."""

from datetime import date
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, select, text

from bot.edge.turns import Turns
from bot.slack import HOME
from storage import schema
from storage.base import open_engine
from storage.invoices import balances
from storage.invoices.balances import Bounds, Question
from storage.invoices.invoices import invoices
from storage.turn import BOT
from tests.storage.plans import noted, plan_of

DAY = date(2026, 11, 23)
BOOKED = """
INSERT INTO invoices (workspace, seller_tax, number, folded, tail, digest, kind, direction,
    currency, total, to_pay, outstanding, marked_paid, document, findings, is_draft,
    is_written_off, known_at, disputed)
VALUES ('main', '1', :number, :number, :number, '', 'invoice', 'receivable', 'PLN', 100, 100, 100,
    0, '{}', '[]', 0, 0, '2026-11-23 09:00:00', :disputed)
"""


def test_sums_of_everybody_are_told_by_the_index_alone(engine: Engine, turns: Turns) -> None:
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite's index is narrower, and quick enough")
    with noted(engine) as asked, turns.turn(HOME, BOT.id) as turn:
        question = Question("receivable", DAY, None)
        balances.sums(turn, question, Bounds(DAY, DAY, DAY), by_customer=False)
    sums = next(each for each in asked if "GROUP BY" in each[0])
    with engine.begin() as db:
        plan = plan_of(db, sums, "seqscan", "bitmapscan")
    assert any("Index Only Scan using ix_invoices_unsettled on invoices" in line for line in plan)


def test_disputes_of_before_are_known_to_the_index(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0118")
        for number, why in (("1", None), ("2", "broken"), ("3", "")):
            connection.execute(text(BOOKED), {"number": number, "disputed": why})
    schema.upgrade(engine)
    with engine.begin() as connection:
        rows = connection.execute(select(invoices.c.number, invoices.c.is_disputed)).all()
    assert {row.number: row.is_disputed for row in rows} == {"1": False, "2": True, "3": True}
