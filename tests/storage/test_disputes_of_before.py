"""Whether an invoice is disputed is a column of its own, for the index: in books of before too."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import select, text

from storage import schema
from storage.base import open_engine
from storage.invoices.invoices import invoices

BOOKED = """
INSERT INTO invoices (workspace, seller_tax, number, folded, tail, digest, kind, direction,
    currency, total, to_pay, outstanding, marked_paid, document, findings, is_draft,
    is_written_off, known_at, disputed)
VALUES ('main', '1', :number, :number, :number, '', 'invoice', 'receivable', 'PLN', 100, 100, 100,
    0, '{}', '[]', 0, 0, '2026-11-23 09:00:00', :disputed)
"""


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
