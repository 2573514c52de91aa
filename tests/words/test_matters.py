"""Matters with words of their own: reminders that are to be silent, and what waits for approval."""

import pytest

from bot.kit.catalogue import ApprovalStep, Catalogue
from handlers.words.model.matters import named
from handlers.words.model.sentences import FOLDER, read, sentences
from tests.driver import Office
from tests.tickets.catalogues import with_type
from tests.tickets.desk import asks
from tests.tickets.test_approvals import TOMASZ
from tests.words.test_conversation import answer, whispered

PAUSING = (
    "wstrzymaj przypomnienia dla Kowalskiej",
    "pause reminders for Kowalska",
    "don't send Kowalska any reminders",
    "szüneteltesd az emlékeztetőket a Kowalska cégnek",
    "czy przypomnienia dla Kowalskiej są wstrzymane?",
)
RESUMING = (
    "wznów przypomnienia dla Kowalskiej",
    "resume reminders for Kowalska",
    "folytasd a Kowalska emlékeztetőit",
)
WAITING = {
    "emma": ("what waits for my approval?", "pending approvals", "what do I have to approve"),
    "tomasz": ("co czeka na moją akceptację?", "co mam do zatwierdzenia", "lista do akceptacji"),
    "kata": ("mi vár a jóváhagyásomra?", "mit kell jóváhagynom?", "jóváhagyandó ügyek"),
}


@pytest.fixture
def rules(rules: Catalogue) -> Catalogue:
    """What is asked of IT waits for Tomasz."""
    chain = (ApprovalStep(approvers=(TOMASZ,)),)
    return with_type(rules, "it_help", approval=chain)


def test_sentences_that_are_learnt_are_left_to_what_was_learnt() -> None:
    unseen = [
        each
        for language in ("en", "pl", "hu")
        for each in read((FOLDER / "unseen" / f"{language}.txt").read_text("utf-8"), language)
    ]
    taken = [each.text for each in (*sentences(), *unseen) if named(each.text)]
    assert len(unseen) > 100
    assert not taken


@pytest.mark.parametrize(
    "text",
    [
        "how do I pause reminders",
        "jak wyłączyć przypomnienia",
        "my request waits for the approval of Emma",
        "mój wniosek czeka na akceptację szefa",
        "approve my leave",
        "remind me tomorrow",
        "Please stop the calendar reminders on my phone",
        "Outlook reminders stopped working, please fix",
        "Wyłącz mi przypomnienia o szkoleniu BHP w kalendarzu",
        "wyślij ponaglenie do Kowalskiej i wstrzymaj dostawy",
        "Kapcsold ki az emlékeztetőket a naptáramban",
        "Please send a payment reminder to Halt Sp. z o.o.",
        "Reminder for Stopka Sp. z o.o., please",
        "Payment reminder for Continue Ltd",
        "We have pending approvals in SAP that I cannot open",
        "urlop od poniedziałku, jest do akceptacji",
        "Nem működik a jóváhagyandó számlák listája",
    ],
)
def test_what_only_sounds_alike_is_no_matter_of_these(text: str) -> None:
    assert named(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "pause reminders for  name#  until  day# , please",
        "wstrzymaj przypomnienia dla Kowalskiej, bo negocjujemy ugodę",
        "Has the reminder for Kowalska been stopped?",
        "PAUSE REMINDERS FOR KOWALSKA",
        "szüneteltesd a Kowalska emlékeztetőit, mert tárgyalunk",
    ],
)
def test_reason_or_day_beside_it_leaves_the_matter_as_it_is(text: str) -> None:
    assert named(text) == "reminder_pause"


def test_names_in_small_letters_are_known_as_such(desk: Office) -> None:
    assert "Kowalska" in answer(desk, "marek", "pause reminders for kowalska")


def test_reminders_of_something_else_are_not_sent_to_finance(desk: Office) -> None:
    said = answer(desk, "tomasz", "Wyłącz mi przypomnienia o szkoleniu BHP w kalendarzu")
    assert "dział finansów" not in said.text


@pytest.mark.parametrize("text", PAUSING)
def test_reminders_about_a_customer_are_paused_from_plain_words(desk: Office, text: str) -> None:
    said = answer(desk, "marek", text)
    assert "Kowalska" in said
    assert "nie ma wstrzymania" in said
    desk.marek.clicks("Wstrzymaj przypomnienia…", on=said)
    assert "Kowalska" in str(desk.marek.modal.value("subject"))


@pytest.mark.parametrize("text", RESUMING)
def test_pause_is_ended_from_plain_words(desk: Office, text: str) -> None:
    said = answer(desk, "marek", PAUSING[0])
    desk.marek.clicks("Wstrzymaj przypomnienia…", on=said).fills(
        until="2026-12-24", note="Rozmowy"
    ).submits()
    said = answer(desk, "marek", text)
    assert "wstrzymane do 24 gru 2026" in said
    assert "nie ma wstrzymania" not in said
    desk.marek.clicks("Zakończ wstrzymanie", on=said)
    answer(desk, "marek", text)
    assert any("Wstrzymaj przypomnienia…" in seen.buttons for seen in desk.marek.dm[-2:])


def test_only_finance_pauses_and_learns_nothing_by_asking(desk: Office) -> None:
    refused = {
        answer(desk, "tomasz", f"wstrzymaj przypomnienia dla {name}").text
        for name in ("Kowalskiej", "Nikogo")
    }
    assert refused == {"Przypomnieniami zajmuje się dział finansów. Zwróć się tam."}


def test_name_that_nobody_bears_is_said_and_none_leads_to_the_overview(desk: Office) -> None:
    assert "Xyzowski" in answer(desk, "marek", "Wstrzymaj przypomnienia dla Xyzowski")
    said = answer(desk, "marek", "Wstrzymaj wszystkie przypomnienia")
    desk.marek.clicks("Przypomnienia o płatności", on=said)
    assert desk.marek.has_modal


def test_pause_of_one_invoice_is_a_click_on_its_card(desk: Office) -> None:
    said = answer(desk, "marek", "wstrzymaj przypomnienia do faktury FV/2026/11/0001")
    assert "FV/2026/11/0001" in said
    assert "Wstrzymaj przypomnienia…" in said.buttons


@pytest.mark.parametrize(
    ("who", "text"), [(who, text) for who, texts in WAITING.items() for text in texts]
)
def test_what_waits_for_ones_approval_is_shown_to_them_alone(
    office: Office, who: str, text: str
) -> None:
    asks(office, "anna")
    said = answer(office, who, text)
    assert ("BO-1" in said) == (who == "tomasz")
    nothing = {"emma": "Nothing is waiting for you", "kata": "Most semmi sem vár rád"}
    assert nothing.get(who, "BO-1") in said
    assert not said.text.startswith("0")


def test_what_waits_is_decided_from_the_answer_and_counted_whole(office: Office) -> None:
    for number in range(1, 14):
        asks(office, "anna", f"Drukarka {number}")
    said = whispered(office, "tomasz", "/ticket co czeka na moją akceptację?")
    assert "13 decyzji czeka na Ciebie" in said
    assert "BO-10" in said
    assert "BO-11" not in said
    office.tomasz.clicks("Dalej ›", on=said)
    assert "BO-13" in office.tomasz.modal
    office.tomasz.clicks("‹ Wstecz")
    assert "BO-10" in office.tomasz.modal
    office.tomasz.closes(everything=True)
    office.tomasz.clicks("Zdecyduj…", on=said).fills(verdict="Akceptuję").submits()
    assert "12 decyzji czeka" in answer(office, "tomasz", "co czeka na moją akceptację?")


def test_home_says_how_many_more_wait_and_shows_them(office: Office) -> None:
    for number in range(1, 8):
        asks(office, "anna", f"Drukarka {number}")
    office.tomasz.opens_home()
    assert "i jeszcze 2" in office.tomasz.home
    office.tomasz.clicks("home.approvals", on="home")
    assert "BO-7" in office.tomasz.modal
