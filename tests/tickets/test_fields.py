"""A department, a type and a field of each kind, added by lines of the catalogue alone."""

from datetime import date
from pathlib import Path

import pytest

from bot.catalogue import loader
from bot.edge.turns import Turns
from bot.kit.catalogue import Catalogue
from bot.kit.words import Words
from bot.slack import HOME
from handlers.tickets.blocks import form
from handlers.tickets.blocks.form import Draft
from handlers.tickets.model import fields
from storage.invoices import customers
from tests.driver import Office
from tests.tickets.desk import asks, draft, newest_card, opened
from tests.tickets.test_long_texts import read_through

ADDED = """
[departments.travel]
name = { en = "Travel", pl = "Podróże", hu = "Utazás" }
channel = "#bo-archive"
calendar = "poland"
language = "en"
default_type = "trip"

[request_types.trip]
label = { en = "Business trip", pl = "Delegacja", hu = "Kiküldetés" }
department = "travel"

[request_types.trip.fields.where]
label = { en = "Where to", pl = "Dokąd", hu = "Hová" }
kind = "text"
required = true
min = 3

[request_types.trip.fields.how]
label = { en = "How", pl = "Czym", hu = "Mivel" }
kind = "choice"
required = true
options.train = { en = "By train", pl = "Pociągiem", hu = "Vonattal" }
options.car = { en = "By car", pl = "Samochodem", hu = "Autóval" }

[request_types.trip.fields.when]
label = { en = "When", pl = "Kiedy", hu = "Mikor" }
kind = "date"
min = 2026-12-01

[request_types.trip.fields.advance]
label = { en = "Advance", pl = "Zaliczka", hu = "Előleg" }
kind = "amount"
max = 2000

[request_types.trip.fields.with]
label = { en = "With whom", pl = "Z kim", hu = "Kivel" }
kind = "person"

[request_types.trip.fields.customer]
label = { en = "Customer", pl = "Klient", hu = "Ügyfél" }
kind = "customer"

[request_types.trip.fields.invoice]
label = { en = "Invoice", pl = "Faktura", hu = "Számla" }
kind = "invoice"

[request_types.trip.fields.offer]
label = { en = "Offer", pl = "Oferta", hu = "Ajánlat" }
kind = "file"
"""


@pytest.fixture
def rules(tmp_path: Path) -> Catalogue:
    file = tmp_path / "zaplecze.toml"
    file.write_text(loader.SHIPPED.read_text() + ADDED)
    return loader.load(file)


def begins(office: Office) -> None:
    office.anna.types("/ticket Delegacja do Łodzi").fills(type="trip")


def fills_well(office: Office) -> None:
    office.anna.fills(field_where="Łódź", field_how="Pociągiem")


def test_every_kind_of_field_is_asked_for_and_shown(office: Office, turns: Turns) -> None:
    with turns.turn(HOME) as turn:
        customers.save(turn, {"name": "Kowalska Sp. z o.o.", "owner": office.anna.id})

    begins(office)
    office.anna.fills(
        field_where="Łódź",
        field_how="Pociągiem",
        field_when=date(2026, 12, 3),
        field_advance="1 250,50",
        field_with="piotr",
        field_customer="Kowalska Sp. z o.o.",
        field_invoice="FV/2026/11/0042",
        field_offer=[draft(office, "oferta.pdf", "anna")],
    ).submits()
    card = newest_card(office)
    for shown in (
        "Łódź",
        "By train",
        "3 Dec 2026",
        "1,250.50",
        "Piotr Nowak",
        "Kowalska Sp. z o.o.",
        "FV/2026/11/0042",
    ):
        assert shown in card.text.replace("\xa0", " "), shown
    assert card.thread[0].files[0]["name"] == "oferta.pdf"
    own = office.anna.dm[0].text.replace("\xa0", " ")
    assert "3 gru 2026" in own
    assert "1 250,50 zł" in own


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("where", "Ł?", "Minimalna liczba znaków: 3."),
        ("advance", "tysiąc", "Nie rozpoznaję tu kwoty."),
        ("advance", "2000,01", "Najwyżej"),
        ("when", date(2026, 11, 30), "Nie wcześniej niż 1 gru 2026."),
    ],
)
def test_wrong_value_is_refused_under_its_field(
    office: Office, field: str, value: object, sentence: str
) -> None:
    begins(office)
    fills_well(office)
    office.anna.fills({f"field_{field}": value}).submits()
    (told,) = office.anna.modal.errors.values()
    assert sentence in told
    office.anna.fills({f"field_{field}": None if field == "when" else "100"}).submits()
    assert not office.anna.has_modal


@pytest.mark.parametrize("language", ["en", "pl", "hu"])
def test_no_label_stands_twice_in_a_form(shipped: Catalogue, language: str) -> None:
    words = Words(language)
    for kind in shipped.request_types.values():
        drawn = Draft(kind, fields.story(kind), fields.own(kind))
        labels = [
            block["label"]["text"]
            for block in form.new(shipped, words, drawn)["blocks"]
            if block["type"] == "input"
        ]
        assert len(set(labels)) == len(labels), kind.key


def test_what_is_filled_in_stays_when_another_type_is_chosen(office: Office) -> None:
    begins(office)
    office.anna.fills(field_where="Łódź").fills(type="general")
    assert office.anna.modal.value("subject") == "Delegacja do Łodzi"
    assert not office.anna.modal.has("field_where")


def test_what_was_written_for_a_type_is_there_when_one_comes_back_to_it(
    office: Office, turns: Turns
) -> None:
    with turns.turn(HOME) as turn:
        customers.save(turn, {"name": "Kowalska Sp. z o.o.", "owner": office.anna.id})
    begins(office)
    filled = {"field_where": "Łódź", "field_how": "Pociągiem", "field_when": date(2026, 12, 3)}
    office.anna.fills(filled, field_with="piotr", field_customer="Kowalska Sp. z o.o.")
    office.anna.fills(type="general").fills(type="it_help").fills(type="trip")
    form = office.anna.modal
    assert form.value("field_where") == "Łódź"
    assert form.value("field_how") == "Pociągiem"
    assert form.value("field_when") == "2026-12-03"
    assert form.value("field_with") == office.piotr.id
    assert form.value("field_customer") == "Kowalska Sp. z o.o."
    office.anna.fills(field_where=None, field_with=None).fills(type="general").fills(type="trip")
    assert office.anna.modal.value("field_where") is None


def test_form_that_is_full_forgets_the_longest_field_first(office: Office) -> None:
    begins(office)
    office.anna.fills(field_where="Łódź " * 500, field_how="Pociągiem").fills(type="general")
    office.anna.fills(type="trip")
    assert office.anna.modal.value("field_how") == "Pociągiem"
    assert office.anna.modal.value("field_where") is None


def test_long_field_is_read_whole_on_the_sheet(office: Office) -> None:
    begins(office)
    places = " ".join(f"m{number:04d}" for number in range(490))
    office.anna.fills(field_where=places, field_how="Pociągiem").submits()
    office.lena.clicks("tickets.open", on=newest_card(office))
    shown = str(office.lena.modal)
    assert [place for place in places.split() if place not in shown] == []


def test_customers_are_offered_to_those_alone_who_may_see_them(
    office: Office, turns: Turns
) -> None:
    with turns.turn(HOME) as turn:
        customers.save(turn, {"name": "Kowalska Sp. z o.o.", "owner": office.piotr.id})
    begins(office)
    assert office.anna.suggestions("field_customer", "kowalska") == ["“kowalska”"]
    office.piotr.types("/ticket x").fills(type="trip")
    assert office.piotr.suggestions("field_customer", "kowalska") == [
        "Kowalska Sp. z o.o.",
        "“kowalska”",
    ]


def test_what_the_form_holds_is_added_to_another_ticket_and_files_are_named(office: Office) -> None:
    card = asks(office, text="Drukarka na drugim piętrze nie drukuje")
    story = "drukarki z drugiego piętra" + " stoją od rana" * 300
    office.piotr.types(f"/ticket {story}").fills(
        type="trip",
        field_how="Pociągiem",
        field_advance="1 250,50",
        field_offer=[draft(office, "oferta.pdf", "piotr")],
    )
    office.piotr.clicks("Dopisz do niego")
    assert "Dopisano do BO-1, ale bez plików" in office.piotr.modal
    opened(office, "tomasz", card)
    shown = read_through(office, "tomasz").replace("\xa0", " ")
    assert shown.count("stoją") >= 300
    assert "ranastoją" not in shown
    assert "Czym: Pociągiem" in shown
    assert "Zaliczka: 1 250,50" in shown
