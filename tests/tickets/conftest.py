"""The shipped catalogue, with an IT department that takes its tickets by hand."""

import pytest

from bot import catalogue
from bot.kit.catalogue import Catalogue
from tests.tickets.catalogues import with_department


@pytest.fixture
def rules() -> Catalogue:
    return with_department(
        catalogue.load(None), "it", assignment="manual", lead="istvan@baltyk-balaton.example"
    )
