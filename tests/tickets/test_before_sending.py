"""Before a ticket is sent: its type is proposed from the words, and answers marked for everybody are
shown.
"""

import pytest

from bot.kit.catalogue import Catalogue
from tests.driver import Office


@pytest.fixture
def rules(rules: Catalogue) -> Catalogue:
    """IT's answers hold for everybody."""
    kind = rules.request_types["it_help"]
    marked = [each.model_copy(update={"self_service": True}) for each in kind.templates]
    it_help = kind.model_copy(update={"templates": tuple(marked)})
    return rules.model_copy(update={"request_types": {**rules.request_types, "it_help": it_help}})


def test_answer_for_everybody_is_shown_before_sending(office: Office) -> None:
    office.anna.types("/ticket Zapomniałam hasło")
    assert "Nowe hasło" in office.anna.modal
    office.anna.submits()
    assert not office.anna.has_modal


@pytest.mark.parametrize(
    ("who", "text", "kind"),
    [
        ("emma", "the coffee machine leaks", "Repair of equipment"),
        ("anna", "Ekspres do kawy cieknie", "Naprawa sprzętu"),
        ("kata", "Csöpög a kávégép", "Eszköz javítása"),
        ("emma", "I forgot my password", "IT help"),
        ("anna", "proszę wysłać paczkę kurierem", "Wysyłka"),
        ("kata", "adatvédelem: mit szabad", "Jogi kérdés"),
    ],
)
def test_type_is_proposed_from_the_words(office: Office, who: str, text: str, kind: str) -> None:
    office[who].types(f"/ticket {text}")
    assert kind in str(office[who].modal.value("type"))


def test_where_no_word_fits_no_type_is_proposed(office: Office) -> None:
    office.emma.types("/ticket 20 per day, zzz")
    assert office.emma.modal.value("type") is None


@pytest.mark.parametrize(
    "text", ["Kolejka wydruku stoi", "queue of the printer", "sor keletkezett"]
)
def test_ordinary_words_are_no_sub_commands(office: Office, text: str) -> None:
    office.tomasz.types(f"/ticket {text}")
    assert office.tomasz.modal.value("subject") == text


def test_line_where_one_typed_says_what_became_of_it(office: Office) -> None:
    office.anna.types("/ticket Ekspres do kawy cieknie", "#front-desk").fills(
        type="it_help"
    ).submits()
    (line,) = office.anna.notes("#front-desk")
    assert "*BO-1* · Ekspres do kawy cieknie – sprawa jest w dziale" in line
    office.anna.clicks("Otwórz", on=line)
    assert office.anna.modal.title == "BO-1"


def test_in_the_direct_message_the_card_itself_says_it(office: Office) -> None:
    office.anna.types("/ticket Ekspres do kawy cieknie", "@zaplecze").fills(
        type="it_help"
    ).submits()
    assert len(office.anna.dm) == 1
