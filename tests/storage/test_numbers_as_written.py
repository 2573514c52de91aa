"""Books of the time when an invoice was known by its folded number come into the present shape."""

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from storage import schema
from storage.base import open_engine

INVOICE = """
INSERT INTO invoices (workspace, seller_tax, number, folded, tail, digest, kind, direction,
    currency, total, to_pay, outstanding, marked_paid, document, findings, is_draft,
    is_written_off, known_at)
VALUES ('main', '5261040828', :number, 'fv.42', '24.vf', '', 'invoice', 'receivable',
    'PLN', 100, 100, 100, 0, '{}', '[]', 0, 0, '2026-11-23 09:00:00')
"""
PAYMENT = """
INSERT INTO payments (workspace, invoice, amount, booked_on, source, reference, by_person, at)
VALUES ('main', :invoice, 40, '2026-11-23', 'hand', '1', 'bot', '2026-11-23 09:00:00')
"""


@pytest.fixture
def old(tmp_path: Path) -> Engine:
    """One invoice with a payment, before numbers were kept as they are written."""
    engine = open_engine(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0111")
        connection.execute(text(INVOICE), {"number": " FV/  42"})
        connection.execute(text(PAYMENT), {"invoice": 1})
    return engine


def test_numbers_lose_their_blanks_and_what_was_paid_stays(old: Engine) -> None:
    schema.upgrade(old)
    with old.begin() as connection:
        assert connection.execute(text("SELECT number FROM invoices")).scalars().all() == ["FV/ 42"]
        assert connection.execute(text("SELECT invoice FROM payments")).scalars().all() == [1]
        connection.execute(text(INVOICE), {"number": "FV/042"})  # another invoice by now
    with old.begin() as connection, pytest.raises(IntegrityError):
        connection.execute(text(INVOICE), {"number": "FV/042"})


def test_a_payment_still_needs_its_invoice(old: Engine) -> None:
    schema.upgrade(old)
    with old.begin() as connection, pytest.raises(IntegrityError):
        connection.execute(text(PAYMENT), {"invoice": 2})
