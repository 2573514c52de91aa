"""What a card, a list, Home and a statement call money: what is late of instalments, what a credit
note gives back, what nobody paid, what was given up.
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
ISSUED = "2026-10-01"


@pytest.fixture
def rules(shipped: Catalogue) -> Catalogue:
    return shipped.model_copy(update={"company": US})


@pytest.fixture
def kowalska(books: Books) -> int:
    return books.customer(tax_id="7740001454", address="ul. Łąkowa 7\n90-001 Łódź", owner="U0PIOTR")


def asks(office: Office, text: str, who: str = "marek") -> Seen:
    office[who].types(f"/invoice {text}")
    return office[who].notes("#general")[-1]


def in_thirds(books: Books, customer: int, first: date) -> None:
    """An invoice of 3,690.00 in three instalments, thirty days apart."""
    days = [(first + timedelta(30 * n)).isoformat() for n in range(3)]
    parts = tuple((day, 123_000) for day in days)
    books.invoice("FVR/1", None, 369_000, customer=customer, issued_on=ISSUED, instalments=parts)


def test_of_instalments_only_what_is_late_is_called_so(
    office: Office, bot: Running, books: Books, kowalska: int
) -> None:
    in_thirds(books, kowalska, MONDAY - timedelta(13))
    books.invoice("FV/2", MONDAY - timedelta(3), 10_000, customer=kowalska, issued_on=ISSUED)
    listed = asks(office, "Kowalska", "piotr")
    assert "pozostało 3\xa0790,00\xa0zł" in listed
    assert "W tym po terminie: 1\xa0330,00\xa0zł" in listed
    assert "3\xa0690,00\xa0zł · z tego 1\xa0230,00\xa0zł 13 dni po terminie" in listed
    assert "100,00\xa0zł · 3 dni po terminie" in listed
    assert "*FVR/1* · z tego 1\xa0230,00\xa0zł 13 dni po terminie" in asks(office, "FVR/1")
    office.later(20 * 86_400)
    assert "z tego 2\xa0460,00\xa0zł 33 dni po terminie" in asks(office, "FVR/1")
    office.later(60 * 86_400)
    assert "*FVR/1* · 93 dni po terminie" in asks(office, "FVR/1")


def test_what_we_owe_that_is_late_stands_apart(
    office: Office, bot: Running, books: Books, kowalska: int
) -> None:
    told = {"customer": kowalska, "issued_on": ISSUED}
    books.invoice("FV/1", MONDAY + timedelta(9), 50_000, **told)
    books.invoice("ZAK/9", MONDAY - timedelta(5), 70_000, direction="payable", **told)
    listed = str(asks(office, "Kowalska"))
    owed, owing, late = (listed.index(each) for each in ("500,00", "Jesteśmy im winni", "W tym po"))
    assert owed < owing < late
    assert "W tym po terminie: 700,00\xa0zł" in listed


def test_credit_note_by_itself_is_to_be_given_back_and_nobody_promises_it(
    office: Office, bot: Running, books: Books, kowalska: int
) -> None:
    told = {"customer": kowalska, "issued_on": ISSUED}
    books.invoice("FV/1", MONDAY + timedelta(9), 365_015, **told)
    books.invoice("CN/950", None, -61_500, kind="credit_note", **told)
    listed = asks(office, "Kowalska")
    assert "🔵 *CN/950* -615,00\xa0zł · do zwrotu" in listed
    card = asks(office, "CN/950")
    assert "*Do zwrotu*\n615,00\xa0zł" in card
    assert card.raw["text"] == "Faktura CN/950: do zwrotu. Do zwrotu: 615,00\xa0zł"
    assert not {"Obietnica…", "Spór…", "Powiadom mnie o zapłacie"} & set(card.buttons)
    assert "Zapłacono…" in card.buttons
    office.marek.opens_home()
    assert "🔵 Nadpłaty i korekty (bez potrącenia): 615,00\xa0zł" in office.marek.home
    office.marek.clicks("Zestawienie", on=card)
    text = pdf_of(office, office.marek.dm[-1])
    assert "Do zwrotu na Państwa rzecz, bez potrącenia: 615,00" in text.replace("\xa0zł", "")
    assert "Państwa nadpłaty i korekty w PLN" in text


def test_what_a_correction_settled_was_not_paid(
    office: Office, bot: Running, books: Books, kowalska: int
) -> None:
    told = {"customer": kowalska, "issued_on": ISSUED}
    books.invoice("FV/1", MONDAY, 61_500, **told)
    books.invoice("KOR/1", None, -61_500, kind="correction", corrected=[("FV/1", None)], **told)
    books.pay(books.invoice("FV/2", MONDAY, 10_000, **told), 10_000)
    assert "*FV/1* · rozliczona" in asks(office, "FV/1")
    assert "*KOR/1* · rozliczona" in asks(office, "KOR/1")
    assert "*FV/2* · zapłacona" in asks(office, "FV/2")


def test_written_off_is_not_called_open(
    office: Office, bot: Running, books: Books, kowalska: int
) -> None:
    books.invoice("FV/1", MONDAY - timedelta(9), 61_500, customer=kowalska, issued_on=ISSUED)
    asks(office, "FV/1")
    office.marek.clicks("Spisz w straty…").fills({"Uwaga": "Upadłość"}).submits()
    card = asks(office, "FV/1")
    assert "*Spisane*\n615,00\xa0zł" in card
    assert card.raw["text"] == "Faktura FV/1: spisana w straty. Spisane: 615,00\xa0zł"
    assert "Do zapłaty" not in card
    assert not {"Obietnica…", "Spór…", "Powiadom mnie o zapłacie"} & set(card.buttons)
    assert "Cofnij spisanie" in card.buttons


def test_what_we_owe_is_a_suppliers_and_no_loss_of_ours(
    office: Office, bot: Running, books: Books, kowalska: int
) -> None:
    told = {"customer": kowalska, "issued_on": ISSUED}
    books.invoice("ZAK/9", MONDAY - timedelta(5), 70_000, direction="payable", **told)
    listed = asks(office, "Kowalska")
    assert "Edytuj dostawcę…" in listed.buttons
    assert "Edytuj klienta…" not in listed.buttons
    card = asks(office, "ZAK/9")
    assert "Wstrzymaj przypomnienia…" in card.buttons
    assert "Spisz w straty…" not in card.buttons
    books.invoice("FV/1", MONDAY - timedelta(9), 50_000, **told)
    assert "Edytuj klienta…" in asks(office, "Kowalska").buttons
    assert "Spisz w straty…" in asks(office, "FV/1").buttons


def test_finance_reads_what_is_open_and_late_in_sum_as_an_owner_does(
    office: Office, bot: Running, books: Books, kowalska: int
) -> None:
    told = {"customer": kowalska, "issued_on": ISSUED}
    books.invoice("FV/1", MONDAY - timedelta(9), 50_000, **told)
    books.invoice("FV/2", MONDAY + timedelta(9), 10_000, **told)
    books.invoice("FV/3", None, 20_000, customer=None, issued_on=ISSUED)
    listed = asks(office, "")
    assert "*Należności od klientów*: najpierw te z najwcześniejszym terminem" in listed
    assert "Razem do zapłaty: 800,00\xa0zł" in listed
    assert "W tym po terminie: 500,00\xa0zł" in listed
    own = asks(office, "", "piotr")
    assert "pozostało 600,00\xa0zł" in own
    assert "W tym po terminie: 500,00\xa0zł" in own


def test_statement_of_an_earlier_day_says_up_to_when_payments_count(
    office: Office, bot: Running, books: Books, kowalska: int
) -> None:
    told = {"customer": kowalska, "issued_on": ISSUED}
    books.pay(books.invoice("FV/1", MONDAY - timedelta(9), 61_500, **told), 61_500)
    office.marek.types("/document zestawienie należności Kowalska na dzień 20.11.2026")
    assert office.marek.modal.value("as_of") == "2026-11-20"
    office.marek.submits()
    text = " ".join(pdf_of(office, office.marek.dm[-1]).split())
    assert "Stan na 20 listopada 2026" in text
    assert "wpłaty zaksięgowane do 20 listopada 2026" in text
    assert "FV/1" in text  # the payment of the 23rd does not count yet


def test_instalment_that_is_paid_pushes_nothing_off_the_list_of_what_is_late(
    office: Office, bot: Running, books: Books, kowalska: int
) -> None:
    in_thirds(books, kowalska, MONDAY - timedelta(20))
    books.invoice("FV/2", MONDAY - timedelta(3), 10_000, customer=kowalska, issued_on=ISSUED)
    assert "FVR/1" in in_arrears(office)
    asks(office, "FVR/1")
    office.marek.clicks("Zapłacono…").fills(amount="1230").submits().closes(everything=True)
    late = in_arrears(office)
    assert "*FV/2*" in late
    assert "FVR/1" not in late
    office.marek.clicks("Wpłaty…", on=asks(office, "FVR/1")).clicks("Cofnij").closes(
        everything=True
    )
    assert "FVR/1" in in_arrears(office)


def in_arrears(office: Office) -> Seen:
    """What the bot answers when it is asked who is late."""
    office.marek.says("@zaplecze", "kto zalega")
    return office.marek.dm[-1]
