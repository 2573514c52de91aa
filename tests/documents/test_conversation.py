"""Asking for a document in Slack: the form, what is missing, the PDF in the direct message."""

from datetime import date
from io import BytesIO

import pytest
import segno
from pypdf import PdfReader

from bot.kit.catalogue import Catalogue, Company
from bot.slack import HOME
from handlers.documents.model.asked import Asked
from handlers.documents.service import requests
from handlers.invoices.service.document_import import Import, take
from handlers.invoices.service.document_reader import read_bytes
from storage.documents import files
from storage.invoices import customers
from storage.turn import Turn
from tests.driver import Office, Seen
from tests.running import Running

US = Company(
    name="Bałtyk & Balaton Trade sp. z o.o.",
    address=("ul. Długa 1", "80-827 Gdańsk"),
    tax_numbers=("5261040828",),
    country="PL",
    accounts={"PLN": ("PL61109010140000071219812874",)},
    place="Gdańsk",
)


@pytest.fixture
def rules(shipped: Catalogue) -> Catalogue:
    return shipped.model_copy(update={"company": US})


@pytest.fixture
def kowalska(bot: Running) -> int:
    """A customer of Piotr's whose address the books know, with one overdue invoice."""
    with bot.turns.turn(HOME) as turn:
        return _customer(turn, "Kowalska Sp. z o.o.", "7740001454", "ul. Łąkowa 7\n90-001 Łódź")


def _customer(turn: Turn, name: str, tax_id: str, address: str) -> int:
    """A customer of Piotr's with an overdue invoice, come in as a line of a table."""
    known = {
        "name": name,
        "tax_id": tax_id,
        "address": address,
        "country": "PL",
        "owner": "U0PIOTR",
    }
    customer = customers.save(turn, known)
    table = (
        "number;issue date;due date;currency;total;seller;seller tax id;buyer;buyer tax id\n"
        f"FV/2026/10/{customer:04d};2026-10-01;2026-10-15;PLN;1234,56;{US.name};5261040828;{name};{tax_id}\n"
    )
    done = Import()
    take(turn, list(read_bytes(table.encode(), "invoices.csv")), done)
    assert done.imported == 1, done
    return customer


def pdf_of(office: Office, message: Seen) -> str:
    (file,) = message.files
    content = office.world.store.bytes_of(file["id"]) or b""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def test_statement_comes_as_a_pdf_in_the_readers_language(office: Office, kowalska: int) -> None:
    office.piotr.types("/document zestawienie należności Kowalska", "#sales")
    assert office.piotr.modal.title == "Zamów dokument"
    office.piotr.submits()
    assert "· Kowalska Sp. z o.o." in office.piotr.dm[-1]
    text = pdf_of(office, office.piotr.dm[-1])
    assert "Kowalska Sp. z o.o." in text
    assert "1\xa0234,56" in text.replace(" ", "\xa0")
    assert "39" in text  # days overdue on Monday, 23 November


def test_the_language_can_be_chosen(office: Office, kowalska: int) -> None:
    office.piotr.types("/document statement Kowalska", "#sales").fills(language="magyar").submits()
    assert "Folyószámla-kivonat" in pdf_of(office, office.piotr.dm[-1])


def test_what_no_book_knows_is_asked_for_and_kept(office: Office, bot: Running) -> None:
    with bot.turns.turn(HOME) as turn:
        _customer(turn, "Kowalska Sp. z o.o.", "7740001454", "ul. Łąkowa 7")
        customer = _customer(turn, "Nowa Sp. z o.o.", "", "")
    office.piotr.types("/document statement Nowa", "#sales").submits()
    assert office.piotr.has_modal
    office.piotr.fills(
        {"debtor.address": "ul. Nowa 1\n00-001 Warszawa", "debtor.tax_id": "PL 774-000-14-54"}
    ).submits()
    assert "Ten numer podatkowy ma już inny klient." in office.piotr.modal.errors.values()
    office.piotr.fills({"debtor.tax_id": "PL 526-104-08-28"}).submits()
    assert "ul. Nowa 1" in pdf_of(office, office.piotr.dm[-1])
    with bot.turns.turn(HOME) as turn:
        assert customers.get(turn, customer).tax_id == "5261040828"


def test_interest_note_without_an_account_is_not_made_and_says_whose_it_is_to_give(
    office: Office, bot: Running, kowalska: int
) -> None:
    order = "/document nota odsetkowa Kowalska"
    for accounts in ({}, {"EUR": ("PL27114020040000300201355387",)}):
        company = US.model_copy(update={"accounts": accounts})
        catalogue = bot.turns.catalogue(HOME).model_copy(update={"company": company})
        bot.turns.catalogues = {"*": catalogue}
        office.piotr.types(order, "#sales").submits()
        told = office.piotr.modal.text
        assert ("Rachunek dla PLN" if accounts else "Rachunki bankowe") in told
        assert "[company]" in told
        office.piotr.closes(everything=True)
    assert not any(seen.files for seen in office.piotr.dm)


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ("przypomnienie o płatności", "nie ma o czym przypominać: Kowalska Sp. z o.o."),
        ("wezwanie do zapłaty", "nie ma do czego wzywać: Kowalska Sp. z o.o."),
        ("ostateczne wezwanie", "nie ma do czego wzywać: Kowalska Sp. z o.o."),
        ("nota odsetkowa", "nie ma odsetek do naliczenia"),
    ],
)
def test_a_letter_about_nothing_is_not_made_and_asks_for_nothing(
    office: Office, bot: Running, kowalska: int, order: str, said: str
) -> None:
    with bot.turns.turn(HOME) as turn:
        customers.change(turn, kowalska, address="")
    office.piotr.types(f"/document {order} Kowalska 2026-09-15", "#sales").submits()
    assert said in office.piotr.modal.text
    assert "15 wrz 2026" in office.piotr.modal.text
    assert not any(seen.files for seen in office.piotr.dm)


def test_number_of_a_ticket_stands_in_the_form_as_it_was_typed(office: Office) -> None:
    office.anna.types("/document zapis zgłoszenia BO-12", "#general")
    assert "'BO-12'" in str(office.anna.modal.view)


def test_words_that_a_button_can_carry_are_carried_whole(office: Office, bot: Running) -> None:
    """A button's value holds 2,000 characters, the words and what stands around them."""
    for length in (1980, 2500):
        words = "Pelargonia na parapecie " + "x" * (length - 24)
        office.anna.types(f"/document {words}", "#general")
        office.anna.clicks("Utwórz z tego zgłoszenie", on=office.anna.notes("#general")[-1])
        assert words[:1900] in str(office.anna.modal.view)
        office.anna.closes(everything=True)


def test_help_says_what_documents_can_be_asked_for(office: Office, kowalska: int) -> None:
    office.piotr.types("/document pomoc", "#sales")
    said = office.piotr.notes("#sales")[-1]
    assert "/document zestawienie Kowalska" in said
    office.piotr.types("/document zestawienie Kowalska", "#sales")
    assert office.piotr.modal.value("kind") == "Zestawienie należności"


def test_nobody_gets_a_statement_of_a_customer_whom_they_may_not_see(
    office: Office, kowalska: int
) -> None:
    office.tomasz.types("/document statement Kowalska", "#general")
    assert not office.tomasz.has_modal
    assert "finansów" in office.tomasz.notes("#general")[-1]
    assert office.tomasz.dm == []


def test_the_same_form_twice_makes_one_document(
    office: Office, bot: Running, kowalska: int
) -> None:
    asked = Asked("account_statement", kowalska, date(2026, 11, 23), "en", {})
    with bot.turns.turn(HOME, "U0PIOTR") as turn:
        first, second = (
            requests.request(turn, asked, "view:V1"),
            requests.request(turn, asked, "view:V1"),
        )
    office.calm()
    assert first.number == second.number
    names = [seen.files[0]["name"].partition(".")[2] for seen in office.piotr.dm if seen.files]
    assert names == ["xlsx", "pdf"]


def test_a_missing_company_blocks_the_document_and_says_what_is_missing(
    office: Office, bot: Running
) -> None:
    bot.turns.catalogues = {
        "*": bot.turns.catalogue(HOME).model_copy(update={"company": Company()})
    }
    with bot.turns.turn(HOME) as turn:
        _customer(turn, "Kowalska Sp. z o.o.", "7740001454", "ul. Łąkowa 7")
    office.piotr.types("/document statement Kowalska", "#sales").submits()
    assert "Wierzyciel" in office.piotr.modal.text


def with_logo(catalogue: Catalogue) -> Catalogue:
    picture = BytesIO()
    segno.make("Zaplecze").save(picture, kind="png")
    company = catalogue.company.model_copy(update={"logo": picture.getvalue()})
    return catalogue.model_copy(update={"company": company})


def test_a_document_is_verified_by_its_bytes(office: Office, bot: Running, kowalska: int) -> None:
    asked = Asked("account_statement", kowalska, date(2026, 11, 23), "en", {})
    with bot.turns.turn(HOME, "U0PIOTR") as turn:
        document = requests.request(turn, asked, "view:V1")
    office.calm()
    with bot.turns.turn(HOME) as turn:
        pdf = files.content(turn, f"document:{document.id}")
        assert requests.verify(turn, pdf)[0] == "genuine"
        assert requests.verify(turn, pdf.replace(b"%%EOF", b"%%EOF\n% changed"))[0] == "altered"
        assert requests.verify(turn, b"%PDF-1.7 not ours")[0] == "unknown"
    bot.turns.catalogues = {"*": with_logo(bot.turns.catalogue(HOME))}
    with bot.turns.turn(HOME) as turn:
        requests.request(turn, asked, "view:V2")
    office.calm()
    with bot.turns.turn(HOME) as turn:  # the same under another logo supersedes nothing
        assert requests.verify(turn, pdf)[0] == "genuine"
        customers.change(turn, kowalska, address="ul. Nowa 1, 80-001 Gdańsk")
        turn.record("customer.changed", f"customer:{kowalska}", fields=["address"])
        requests.request(turn, asked, "view:V3")
    office.calm()
    with bot.turns.turn(HOME) as turn:
        assert requests.verify(turn, pdf)[0] == "superseded"
