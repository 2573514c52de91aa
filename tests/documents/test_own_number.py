"""Which of our tax numbers a document names: the one under which its invoices were issued."""

from datetime import date, timedelta

import pytest

from bot.kit.catalogue import Catalogue
from tests.documents.test_conversation import US, pdf_of
from tests.driver import Office
from tests.reminders.books import Books
from tests.reminders.conftest import books
from tests.running import Running

__all__ = ["books"]
MONDAY = date(2026, 11, 23)


@pytest.fixture
def rules(shipped: Catalogue) -> Catalogue:
    numbers = (*US.tax_numbers, "HU26143006")
    return shipped.model_copy(update={"company": US.model_copy(update={"tax_numbers": numbers})})


def statement(office: Office) -> str:
    office.marek.types("/invoice SZ/1")
    office.marek.clicks("Zestawienie", on=office.marek.notes("#general")[-1])
    return pdf_of(office, office.marek.dm[-1])


def test_statement_names_our_number_of_the_country_where_its_invoices_were_issued(
    office: Office, bot: Running, books: Books
) -> None:
    address = "Fő utca 1\n8600 Siófok"
    balaton = books.customer(
        "Balaton Kft.", country="HU", language="hu", tax_id="HU12892312", address=address
    )
    told = {"customer": balaton, "issued_on": "2026-10-01", "currency": "HUF"}
    books.invoice("SZ/1", MONDAY - timedelta(9), 61_500, seller_tax="26143006", **told)
    text = statement(office)
    assert "Nr podatkowy 26143006" in text
    assert "PL5261040828" not in text
    books.invoice("SZ/2", MONDAY - timedelta(9), 10_000, **told)
    assert "Nr VAT UE PL5261040828" in statement(office)
