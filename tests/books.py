"""Fixtures: the company with its books, as the demo opens with them, on the day of the tests."""

from datetime import date

import pytest

from bot.catalogue import loader
from bot.demo import books as demo_books
from bot.edge.turns import Turns
from bot.kit.catalogue import Catalogue
from handlers.ledger.service import claims
from storage.turn import Turn
from tests.driver import Office

TODAY = date(2026, 11, 23)


@pytest.fixture
def rules() -> Catalogue:
    """The catalogue as the company of the demo fills it in."""
    return demo_books.demo_catalogue(loader.load(None))


@pytest.fixture
def books(turns: Turns) -> Turns:
    """The ledger of the demo: 200 invoices."""
    demo_books.fill(turns, TODAY)
    return turns


@pytest.fixture
def desk(books: Turns, office: Office) -> Office:
    """Everybody at work, with the books on the table."""
    return office


def is_written_off(turn: Turn, invoice: int) -> bool:
    """Finance writes off what is open on an invoice; false where there is nothing to write off."""
    try:
        claims.write_off(turn, invoice, TODAY, "gone")
    except (
        claims.NothingToWriteOff,
        claims.OwedByNobodyToUs,
        claims.WrittenOffAlready,
        claims.WrittenOffBeforeIssue,
    ):
        return False
    return True
