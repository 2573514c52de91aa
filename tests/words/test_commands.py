"""Plain words after the commands: what is asked is answered, and no word is thrown away."""

import pytest

from tests.driver import Office
from tests.tickets.desk import asks
from tests.words.test_conversation import whispered


@pytest.mark.parametrize(
    ("who", "text", "name"),
    [
        ("piotr", "czy Kowalska już zapłaciła?", "Kowalska"),
        ("kata", "mennyivel tartozik a Szegedi Fűszer?", "Szegedi Fűszer Zrt."),
        ("emma", "has Hafenkontor paid?", "Hafenkontor Brandt GmbH"),
        ("marek", "co z fakturą FV/2026/11/0042", "FV/2026/11/0042"),
    ],
)
def test_sentence_after_invoice_is_answered(desk: Office, who: str, text: str, name: str) -> None:
    said = whispered(desk, who, f"/invoice {text}")
    assert name in said
    assert len(said.buttons) > 1


@pytest.mark.parametrize(
    ("who", "text", "heading"),
    [
        ("marek", "co jest po terminie", "Należności od klientów"),
        ("emma", "overdue", "Customers owe us"),
        ("kata", "lejárt számlák", "Vevői követelések"),
    ],
)
def test_what_is_due_is_listed_after_invoice(
    desk: Office, who: str, text: str, heading: str
) -> None:
    said = whispered(desk, who, f"/invoice {text}")
    assert heading in said
    assert len(said.buttons) > 2


def test_slip_in_a_name_is_said_after_the_command(desk: Office) -> None:
    assert "Hafnekontor" in whispered(desk, "emma", "/invoice has Hafnekontor paid?")


def test_who_sees_no_money_is_told_so_whatever_they_name(desk: Office) -> None:
    refusals = {
        whispered(desk, "tomasz", f"/invoice has {name} paid?").text.replace(name, "…")
        for name in ("Hafenkontor", "Nobody")
    }
    assert len(refusals) == 1


@pytest.mark.parametrize(
    "text", ["my printer is broken", "find me a courier", "queue of the printer", "mine is broken"]
)
def test_request_after_ticket_begins_the_form_whole(desk: Office, text: str) -> None:
    desk.emma.types(f"/ticket {text}")
    assert desk.emma.modal.value("subject") == text


def test_question_about_ones_ticket_is_answered_after_ticket(desk: Office) -> None:
    asks(desk, "emma", "The printer jams")
    said = whispered(desk, "emma", "/ticket where is my ticket about the printer")
    assert "BO-1" in said
    desk.emma.clicks("I meant something else", on=said)
    desk.emma.clicks("Make a ticket")
    assert desk.emma.modal.value("subject") == "where is my ticket about the printer"


def test_documents_words_are_kept_out_of_a_sentence(desk: Office) -> None:
    desk.marek.types("/document potrzebuję wyciąg dla Kowalskiej na 2026-10-31 po węgiersku")
    assert "Kowalska" in str(desk.marek.modal.value("customer"))
    assert desk.marek.modal.value("as_of") == "2026-10-31"
    assert desk.marek.modal.value("language") == "magyar"


def test_another_question_after_document_is_answered(desk: Office) -> None:
    assert "Hafenkontor Brandt GmbH" in whispered(desk, "emma", "/document has Hafenkontor paid?")


def test_invoice_alone_shows_finance_what_customers_owe(desk: Office) -> None:
    said = whispered(desk, "marek", "/invoice")
    assert "Należności od klientów" in said
    assert len(said.buttons) > 2


@pytest.mark.parametrize("typed", ["5 236,74", "5,236.74 EUR", "5236.74"])
def test_open_invoice_is_found_by_its_amount(desk: Office, typed: str) -> None:
    assert "FV/2026/11/0001" in whispered(desk, "emma", f"/invoice {typed}")


def test_amount_of_somebody_elses_customer_finds_nothing(desk: Office) -> None:
    refused = whispered(desk, "tomasz", "/invoice 5 236,74")
    assert "FV/2026/11/0001" not in refused
    assert refused.text.replace("5 236,74", "…") == whispered(
        desk, "tomasz", "/invoice 9 999,99"
    ).text.replace("9 999,99", "…")
