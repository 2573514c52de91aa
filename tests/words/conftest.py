"""The demo's company with its books: account owners, finance, leads."""

import pytest

from bot.demo.books import demo_catalogue, fill
from bot.edge.turns import Turns
from bot.kit.catalogue import Catalogue
from tests.driver import Office
from tests.tickets.catalogues import with_department


@pytest.fixture
def rules(shipped: Catalogue) -> Catalogue:
    return with_department(demo_catalogue(shipped), "it", assignment="manual")


@pytest.fixture
def desk(office: Office, turns: Turns) -> Office:
    """The office with a year of invoices."""
    fill(turns, turns.now().date())
    return office
