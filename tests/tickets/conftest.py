"""The shipped catalogue, with an IT department that takes its tickets by hand."""

import pytest

from bot.catalogue import loader
from bot.kit.catalogue import Catalogue
from tests.tickets.catalogues import with_department


@pytest.fixture
def rules() -> Catalogue:
    return with_department(
        loader.load(None), "it", assignment="manual", lead="istvan@baltyk-balaton.example"
    )
