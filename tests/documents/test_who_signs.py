"""Who signs a certificate where the department that gives it out has no lead: whoever asks says so,
and nothing is asked of HR.
"""

import pytest

from bot.kit.catalogue import Catalogue
from bot.slack import HOME
from handlers.people.service import personnel
from tests.books import books
from tests.books import rules as books_rules
from tests.documents.test_personnel_gaps import asked, orders
from tests.documents.test_sources import FILE
from tests.driver import Office
from tests.running import Running

__all__ = ["books", "books_rules"]


@pytest.fixture
def rules(books_rules: Catalogue) -> Catalogue:
    """HR without a lead."""
    headless = books_rules.departments["hr"].model_copy(update={"lead": None})
    departments = {**books_rules.departments, "hr": headless}
    return books_rules.model_copy(update={"departments": departments})


def test_who_signs_is_asked_in_the_form(office: Office, bot: Running, books: None) -> None:
    with bot.turns.turn(HOME) as turn:
        personnel.take(turn, FILE.encode())
    assert "ZD-000001" not in orders(office)
    office.tomasz.fills(signatory="István Horváth").submits()
    assert "ZD-000001" in str(office.tomasz.modal.view["blocks"])
    assert asked(office) == []
