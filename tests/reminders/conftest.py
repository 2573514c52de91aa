"""The office with books."""

import pytest

from bot.edge.turns import Turns
from tests.reminders.books import Books


@pytest.fixture
def books(turns: Turns) -> Books:
    """Customers and invoices to be reminded of; payments are known up to now."""
    found = Books(turns)
    found.payments_known()
    return found
