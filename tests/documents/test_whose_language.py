"""What goes to a customer speaks the customer's language, its file's name too, whoever orders it; and
what has nothing to ask for is not written.
"""

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
FACTS = {"tax_id": "12892312", "address": "Fő tér 1.\n6720 Szeged", "country": "HU"}


@pytest.fixture
def rules(shipped: Catalogue) -> Catalogue:
    return shipped.model_copy(update={"company": US})


@pytest.mark.parametrize(
    ("language", "title", "name"),
    [
        ("hu", "Egyenlegközlő levél", "egyenlegkozlo-level-"),
        ("en", "Balance confirmation", "balance-confirmation-"),
        ("pl", "Potwierdzenie salda", "potwierdzenie-salda-"),
    ],
)
def test_letter_and_its_file_speak_the_customers_language(
    office: Office, bot: Running, books: Books, language: str, title: str, name: str
) -> None:
    who = books.customer("Szegedi Kft.", language=language, **FACTS)
    books.invoice("FV/1", MONDAY - timedelta(3), customer=who, issued_on="2026-10-01")
    office.marek.types("/document potwierdzenie salda Szegedi")
    office.marek.submits().submits().closes(everything=True)  # who signs is asked, with a proposal
    made = office.marek.dm[-1]
    assert title in pdf_of(office, made)
    assert made.files[0]["name"].startswith(name)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("wezwanie do zapłaty", "nie ma nic po terminie"),
        ("ostateczne wezwanie", "nie ma nic po terminie"),
        ("nota odsetkowa", "nie ma odsetek do naliczenia"),
    ],
)
def test_letter_that_has_nothing_to_demand_says_so_at_once(
    office: Office, bot: Running, books: Books, words: str, why: str
) -> None:
    who = books.customer("Szegedi Kft.", **FACTS)
    books.invoice("FV/1", MONDAY + timedelta(9), customer=who, issued_on="2026-11-01")
    office.marek.types(f"/document {words} Szegedi")
    if office.marek.has_modal:
        office.marek.submits()
        assert why in str(office.marek.modal)
    else:
        assert why in office.marek.notes("#general")[-1]
    assert office.marek.dm == []
