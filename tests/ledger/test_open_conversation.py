"""What is open, as people ask for it and are told of it: one customer who owes, is owed and is
owed back.
"""

from datetime import date, timedelta

import pytest

from bot.kit.catalogue import Catalogue
from tests.documents.test_conversation import US, pdf_of
from tests.driver import Office, Seen
from tests.reminders.books import Books
from tests.reminders.conftest import books
from tests.running import Running

__all__ = ["books"]
MONDAY = date(2026, 11, 23)
SATURDAY = date(2026, 11, 14)


@pytest.fixture
def rules(shipped: Catalogue) -> Catalogue:
    return shipped.model_copy(update={"company": US})


@pytest.fixture
def kowalska(books: Books) -> int:
    """Customer and supplier: a sale of 1,000 less a correction of 200, a purchase of 700."""
    who = books.customer(tax_id="7740001454", address="ul. Łąkowa 7\n90-001 Łódź", owner="U0PIOTR")
    told = {"customer": who, "issued_on": "2026-10-01"}
    books.invoice("FV/1/2026", SATURDAY, 100_000, **told)
    books.invoice(
        "KOR/1/2026", None, -20_000, kind="correction", corrected=[("FV/1/2026", None)], **told
    )
    books.invoice("ZAK/9", MONDAY - timedelta(5), 70_000, direction="payable", **told)
    books.invoice("OBCA/1", MONDAY - timedelta(5), 90_000, direction="none", **told)
    return who


def asks(office: Office, text: str) -> Seen:
    office.marek.types(f"/invoice {text}")
    return office.marek.notes("#general")[-1]


def test_statement_shows_both_directions_apart_and_each_correction(
    office: Office, bot: Running, kowalska: int
) -> None:
    answer = asks(office, "Kowalska")
    assert "800,00\xa0zł" in answer, str(answer)
    assert "Jesteśmy im winni 700,00\xa0zł." in answer, str(answer)
    assert "OBCA/1" not in answer
    card = asks(office, "FV/1/2026")
    assert "Korekta KOR/1/2026" in card
    assert "w terminie do" in card
    office.marek.clicks("Zestawienie", on=card)
    text = pdf_of(office, office.marek.dm[-1])
    for fact in ("KOR/1/2026", "200,00", "800,00", "ZAK/9", "700,00", "W terminie do"):
        assert fact in text, text
    assert "OBCA/1" not in text
