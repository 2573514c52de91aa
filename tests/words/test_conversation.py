"""Plain words in the direct message and in channels: each gets the card of the command."""

import pytest

from bot.edge.turns import HOME, Turns
from handlers.words.service import corrections
from tests.driver import Office, Seen

PIOTR_ASKS_ABOUT_KOWALSKA = (
    "czy Kowalska już zapłaciła?",
    "ile wisi nam Kowalska?",
    "co z Kowalską, zapłacili?",
    "faktury Kowalskiej",
)
KATA_ASKS_ABOUT_HER_CUSTOMERS = (
    ("mi van kifizetve a Tokajinak?", "Tokaji Borpince Kft."),
    ("mennyivel tartozik a Szegedi Fűszer?", "Szegedi Fűszer Zrt."),
    ("mennyivel tartozik a szegedi fuszer", "Szegedi Fűszer Zrt."),
)


def answer(office: Office, who: str, text: str) -> Seen:
    """What the bot says to a direct message."""
    before = len(office[who].dm)
    office[who].says("@zaplecze", text)
    said = office[who].dm[before:]
    assert len(said) == 2, [each.text for each in said]
    return said[-1]


def whispered(office: Office, who: str, line: str) -> Seen:
    """What a command answers."""
    office[who].types(line)
    return office[who].notes("#general")[-1]


@pytest.mark.parametrize("text", PIOTR_ASKS_ABOUT_KOWALSKA)
def test_question_about_a_customer_gets_the_commands_card(desk: Office, text: str) -> None:
    card = whispered(desk, "piotr", "/invoice Kowalska")
    said = answer(desk, "piotr", text)
    assert card.text in said.text
    assert "Chodziło mi o coś innego" in said.buttons
    assert "Złóż zgłoszenie" not in said.buttons


@pytest.mark.parametrize(("text", "name"), KATA_ASKS_ABOUT_HER_CUSTOMERS)
def test_hungarian_names_are_understood_declined_and_bare(
    desk: Office, text: str, name: str
) -> None:
    assert name in answer(desk, "kata", text)


def test_english_question_about_a_customer(desk: Office) -> None:
    assert "Hafenkontor Brandt GmbH" in answer(desk, "emma", "has Hafenkontor paid?")


def test_invoices_number_gets_its_card(desk: Office) -> None:
    number = "FV/2026/11/0042"
    card = whispered(desk, "marek", f"/invoice {number}")
    assert number in card
    for text in (number, "fv2026110042", f"co z fakturą {number}"):
        assert number in answer(desk, "marek", text)


def test_name_with_a_slip_is_said_to_be_read_so(desk: Office) -> None:
    said = answer(desk, "piotr", "czy Kowlaska już zapłaciła?")
    assert "„Kowlaska” to chyba Kowalska Sp. z o.o." in said


def test_what_is_overdue_is_listed_for_finance_and_for_owners(desk: Office) -> None:
    assert "Należności od klientów" in answer(desk, "marek", "co jest po terminie")
    assert "Vevői követelések" in answer(desk, "kata", "lejárt számlák")
    own = answer(desk, "piotr", "co jest po terminie")
    assert "Należności od klientów" in own
    assert "Tokaji" not in own


NOT_LATE = ("· otwarta", "· wkrótce termin", "· termin dziś", "· open", "· due soon", "· due today")


@pytest.mark.parametrize(
    ("who", "text", "heading"),
    [
        ("marek", "kto zalega", "po terminie, najpierw najdawniejsze"),
        ("emma", "who is in arrears?", "overdue, the earliest first"),
        ("kata", "lejárt számlák", "lejárt számlák, elöl a legrégebbiek"),
    ],
)
def test_who_is_in_arrears_is_answered_with_what_is_late_alone(
    desk: Office, who: str, text: str, heading: str
) -> None:
    late = answer(desk, who, text)
    assert heading in late
    assert not [each for each in NOT_LATE if each in late]


def test_list_of_what_is_late_ends_with_what_is_late(desk: Office) -> None:
    late = answer(desk, "marek", "kto zalega")
    desk.marek.clicks("Dalej ›", on=late).clicks("Dalej ›")
    assert "31–37 z 37" in desk.marek.modal
    assert "dni po terminie" in desk.marek.modal
    assert not [each for each in NOT_LATE if each in desk.marek.modal]


def test_question_about_a_ticket_finds_it_by_its_subject(office: Office) -> None:
    office.kata.types("/ticket A nyomtató nem működik").fills(type="it_help").submits()
    office.kata.types("/ticket Új szék kell").fills(type="it_help").submits()
    said = answer(office, "kata", "hol tart a nyomtatós jegyem?")
    assert "BO-1" in said
    assert "BO-2" not in said
    for text in ("hol tart a jegyem?", "saját jegyeim"):
        both = answer(office, "kata", text)
        assert "BO-1" in both
        assert "BO-2" in both
        assert "Új bejelentés" not in both.buttons


def test_ticket_that_is_not_found_by_its_words_is_said(office: Office) -> None:
    office.anna.types("/ticket Drukarka stoi").fills(type="it_help").submits()
    said = answer(office, "anna", "gdzie jest moje zgłoszenie o adresie Młyna?")
    assert "Nie znaleziono zgłoszenia o „adresie Młyna”" in said
    assert "BO-1" in said


def test_number_of_a_ticket_shows_it_and_of_others_nothing(office: Office) -> None:
    office.anna.types("/ticket Drukarka stoi").fills(type="it_help").submits()
    assert "Drukarka stoi" in answer(office, "anna", "bo-1 jak tam?")
    others = answer(office, "kata", "BO-1 hogy áll?")
    nobodys = answer(office, "kata", "BO-9 hogy áll?")
    assert others.text == nobodys.text
    assert "Drukarka" not in others


def test_what_is_broken_becomes_a_ticket_with_one_click(office: Office) -> None:
    said = answer(office, "anna", "Drukarka na 2 piętrze nie dziala")
    office.anna.clicks("Złóż zgłoszenie", on=said)
    assert office.anna.modal.value("subject") == "Drukarka na 2 piętrze nie dziala"


def test_order_before_the_words_is_left_out(office: Office) -> None:
    said = answer(office, "emma", "create a ticket: the door is broken")
    office.emma.clicks("Make a ticket", on=said)
    assert office.emma.modal.value("subject") == "the door is broken"


def test_document_is_a_click_away_with_its_customer(desk: Office) -> None:
    said = answer(desk, "piotr", "wyciąg Kowalskiej")
    desk.piotr.clicks("Wypełnij formularz…", on=said)
    assert desk.piotr.modal.value("customer") == "Kowalska Sp. z o.o."


def test_document_that_somebody_has_to_bring_is_offered_as_a_ticket(office: Office) -> None:
    said = answer(office, "kata", "bérjegyzék kellene októberről")
    assert "Bérjegyzék" in said
    office.kata.clicks("Új bejelentés", on=said)
    assert office.kata.modal.value("subject") == "bérjegyzék kellene októberről"


def test_nonsense_is_not_understood_and_help_is_offered_first(office: Office) -> None:
    said = answer(office, "emma", "asdkjh qwe zzz")
    assert "I did not understand that." in said
    assert said.buttons == ["Help", "Make a ticket"]
    office.emma.clicks("Help", on=said)
    assert "This is what I can do for you:" in office.emma.dm[-1]


@pytest.mark.parametrize("text", ["dzięki!", "ok", "köszi szépen", "thanks a lot"])
def test_thanks_need_no_answer(office: Office, text: str) -> None:
    office.anna.says("@zaplecze", text)
    assert [each.text for each in office.anna.dm] == [text]


def test_help_is_given_in_many_words(office: Office) -> None:
    for who, text, heading in (
        ("emma", "what can you do for me", "This is what I can do for you:"),
        ("anna", "nie wiem jak z ciebie korzystać", "Oto, co mogę dla Ciebie zrobić:"),
    ):
        assert heading in answer(office, who, text)


def test_what_was_meant_instead_is_kept_for_review_without_names(
    desk: Office, turns: Turns
) -> None:
    said = answer(desk, "piotr", "ile wisi nam Kowalska?")
    desk.piotr.clicks("Chodziło mi o coś innego", on=said)
    question = desk.piotr.dm[-1]
    assert "O co Ci chodziło?" in question
    desk.piotr.clicks("Dokument", on=question)
    with turns.turn(HOME) as turn:
        (kept,) = corrections.kept(turn)
    assert (kept["guess"], kept["meant"]) == ("invoice_status", "document_request")
    assert "kowalska" not in kept["sentence"].lower()


def test_when_not_sure_it_asks_and_a_click_answers(office: Office) -> None:
    office.emma.types("/ticket Printer jams").fills(type="it_help").submits()
    said = answer(office, "emma", "what about the thing")
    assert "I am not sure what you mean." in said
    assert 2 <= len(said.buttons) <= 3
    assert said.buttons[0] != "Make a ticket"


def test_mention_is_answered_to_whoever_asked_alone(desk: Office) -> None:
    bot = desk.world.app.bot_user_id
    desk.piotr.says("#general", f"<@{bot}> czy Kowalska już zapłaciła?")
    assert "Kowalska Sp. z o.o." in desk.piotr.notes("#general")[-1]
    assert all("Kowalska Sp." not in each for each in desk.anna.sees("#general"))


def test_first_greeting_brings_the_help_once(office: Office) -> None:
    office.anna.says("@zaplecze", "Dzień dobry :wave:")
    _, welcome = office.anna.dm
    assert "Oto, co mogę dla Ciebie zrobić:" in welcome
    office.anna.says("@zaplecze", "Cześć wszystkim")
    assert [seen.text for seen in office.anna.dm[2:]] == ["Cześć wszystkim"]


@pytest.mark.parametrize(
    ("who", "text", "question", "papers", "other"),
    [
        (
            "emma",
            "certificate",
            "Which paper do you need?",
            ("Certificate of employment", "Certificate of employment and earnings"),
            "Make a ticket",
        ),
        (
            "piotr",
            "poproszę zaświadczenie",
            "Którego dokumentu potrzebujesz?",
            ("Zaświadczenie o zatrudnieniu", "Zaświadczenie o zatrudnieniu i zarobkach"),
            "Złóż zgłoszenie",
        ),
        (
            "kata",
            "igazolás",
            "Melyik iratra van szükséged?",
            ("Munkáltatói igazolás", "Munkáltatói és jövedelemigazolás"),
            "Új bejelentés",
        ),
    ],
)
def test_certificate_alone_is_asked_back_with_a_button_for_each(
    desk: Office, who: str, text: str, question: str, papers: tuple[str, str], other: str
) -> None:
    asked = answer(desk, who, text)
    assert question in asked
    assert asked.buttons == [*papers, other]
    desk[who].clicks(papers[1], on=asked)
    assert desk[who].modal.value("kind") == papers[1]
    desk[who].closes(everything=True).clicks(other, on=asked)
    assert desk[who].modal.value("subject") == text


def test_confirmation_alone_is_offered_by_who_may_order_one(desk: Office) -> None:
    assert answer(desk, "marek", "potwierdzenie").buttons[0] == "Potwierdzenie salda"
    assert "Potwierdzenie salda" not in answer(desk, "tomasz", "potwierdzenie").buttons


@pytest.mark.parametrize(
    "days", ["od 1.10.2026 do 31.10.2026", "za październik 2026", "1/10/2026 – 31/10/2026"]
)
def test_days_and_language_of_a_wish_go_on_into_the_form(desk: Office, days: str) -> None:
    said = answer(desk, "piotr", f"potrzebuję wyciąg dla Kowalskiej {days} po węgiersku")
    desk.piotr.clicks("Wypełnij formularz…", on=said)
    form = desk.piotr.modal
    assert "Kowalska" in str(form.value("customer"))
    assert (form.value("movements_since"), form.value("as_of")) == ("2026-10-01", "2026-10-31")
    assert form.value("language") == "magyar"


def test_all_of_ones_tickets_are_there_however_one_asks_for_them(office: Office) -> None:
    for number in range(1, 11):
        office.anna.types(f"/ticket Drukarka {number}").fills(type="it_help").submits()
    for text in ("moje zgłoszenia", "show my tickets", "saját jegyeim", "jegyeim"):
        said = answer(office, "anna", text)
        assert "*BO-10*" in said, text
        assert "*BO-2*" not in said, text
        office.anna.clicks("Dalej ›", on=said)
        shown = office.anna.dm[-1]
        assert "*BO-1*" in shown, text
        assert "*BO-2*" in shown, text
