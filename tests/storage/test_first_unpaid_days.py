"""Invoices in instalments of the time when what was paid of them still told when they are due."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import select, text

from storage import schema
from storage.base import open_engine
from storage.invoices.invoices import invoices

BOOKED = """
INSERT INTO invoices (id, workspace, seller_tax, number, folded, tail, digest, kind, direction,
    currency, total, to_pay, outstanding, marked_paid, document, findings, is_draft,
    is_written_off, is_split, known_at, first_due_on)
VALUES (:id, 'main', '1', :id, :id, :id, '', 'invoice', 'receivable', 'PLN', 300, 300, :left,
    0, '{}', '[]', 0, 0, :split, '2026-11-23 09:00:00', '2026-10-01')
"""
PART = "INSERT INTO instalments (invoice, due_on, amount) VALUES (:id, :due, :amount)"
LOWERED = """
INSERT INTO corrections (workspace, by_invoice, seller_tax, folded, number, invoice, amount)
VALUES ('main', 5, '1', '4', '4', 4, -100)
"""
LEFT = {1: 300, 2: 200, 3: 50, 4: 100, 5: 0}
DAYS = {1: "2026-10-01", 2: "2026-11-01", 3: "2026-12-01", 4: "2026-11-01", 5: "2026-10-01"}


def test_first_day_becomes_that_of_what_is_left(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0119")
        for id_, left in LEFT.items():
            connection.execute(text(BOOKED), {"id": id_, "left": left, "split": id_ != 5})
            for due in ("2026-10-01", "2026-11-01", "2026-12-01"):
                connection.execute(text(PART), {"id": id_, "due": due, "amount": 100})
        connection.execute(text(LOWERED))
    schema.upgrade(engine)
    with engine.begin() as connection:
        rows = connection.execute(select(invoices.c.id, invoices.c.first_due_on)).all()
    assert {row.id: row.first_due_on.isoformat() for row in rows} == DAYS
