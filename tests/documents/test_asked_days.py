"""Which day or period words ask a document for, and what the form says where it has none."""

import pytest

from tests.documents.test_conversation import kowalska, pdf_of, rules
from tests.driver import Office

__all__ = ["kowalska", "rules"]


@pytest.mark.parametrize(
    "days",
    [
        "od 1.10.2026 do 31.10.2026",
        "for October 2026",
        "from 1 to 31 October 2026",
        "2026.10.01-től 2026.10.31-ig",
    ],
)
def test_statement_of_a_period_tells_what_moved_in_it(
    office: Office, kowalska: int, days: str
) -> None:
    office.piotr.types(f"/document statement Kowalska {days}", "#sales")
    form = office.piotr.modal
    assert (form.value("movements_since"), form.value("as_of")) == ("2026-10-01", "2026-10-31")
    assert "na jeden dzień" not in form
    office.piotr.submits()
    text = pdf_of(office, office.piotr.dm[-1])
    assert "Saldo przed: 1 października 2026" in text.replace("\xa0", " ")


def test_statement_since_a_day_goes_until_today(office: Office, kowalska: int) -> None:
    office.piotr.types("/document wyciąg Kowalska od 1.10.2026", "#sales")
    form = office.piotr.modal
    assert (form.value("movements_since"), form.value("as_of")) == ("2026-10-01", "2026-11-23")


@pytest.mark.parametrize("paper", ["számlakivonat", "egyenlegkivonat", "folyószámlakivonat"])
def test_statement_is_known_by_what_hungarians_call_it(
    office: Office, kowalska: int, paper: str
) -> None:
    office.piotr.types(f"/document {paper} Kowalska 2026.10.01-től 2026.10.31-ig", "#sales")
    form = office.piotr.modal
    assert form.value("kind") == "Zestawienie należności"
    assert form.value("movements_since") == "2026-10-01"


def test_paper_of_one_day_says_that_it_tells_nothing_of_a_period(
    office: Office, kowalska: int
) -> None:
    order = "/document potwierdzenie salda Kowalska"
    office.piotr.types(f"{order} od 1.10.2026 do 31.10.2026", "#sales")
    assert office.piotr.modal.value("as_of") == "2026-10-31"
    assert "nie obejmuje okresu" in office.piotr.modal
    office.piotr.closes(everything=True)
    office.piotr.types(f"{order} na 31.10.2026", "#sales")
    assert office.piotr.modal.value("as_of") == "2026-10-31"
    assert "nie obejmuje okresu" not in office.piotr.modal


@pytest.mark.parametrize(
    "order",
    [
        "wyciąg Kowalska 30.09.2026 31.10.2026",
        "wyciąg Kowalska od 31.10.2026 do 30.09.2026",
        "proszę o wyciąg dla Kowalska 30.09.2026 31.10.2026",
        "wezwanie dla Kowalska 30.09.2026 31.10.2026",
    ],
)
def test_of_several_days_none_is_guessed(office: Office, kowalska: int, order: str) -> None:
    office.piotr.types(f"/document {order}", "#sales")
    assert office.piotr.modal.value("as_of") == "2026-11-23"
    assert "Podano kilka dni" in office.piotr.modal


def test_number_with_slashes_orders_its_copy_and_is_no_day(office: Office, kowalska: int) -> None:
    office.piotr.types("/document kopia 12/10/2026", "#sales")
    assert "12/10/2026" in office.piotr.notes("#sales")[-1]
    assert not office.piotr.has_modal


def test_balances_of_everybody_are_asked_of_one_day(office: Office, kowalska: int) -> None:
    office.beata.types("/document potwierdzenia sald od 1.10.2026 do 31.10.2026", "#general")
    assert "potrzebny jest jeden" in office.beata.notes("#general")[-1]
