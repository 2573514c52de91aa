"""Letters about debts: the button on a reminder, the term and the name, the approval, the PDF."""

from datetime import date, timedelta

import pytest

from bot.kit.catalogue import Catalogue
from bot.slack import HOME
from handlers.documents import kinds
from handlers.documents.model.asked import Asked
from storage.invoices import customers
from tests.documents.test_conversation import US, pdf_of
from tests.driver import Office, Seen
from tests.reminders.books import Books
from tests.reminders.conftest import books
from tests.running import Running

__all__ = ["books"]
MONDAY = date(2026, 11, 23)


@pytest.fixture
def rules(shipped: Catalogue) -> Catalogue:
    return shipped.model_copy(update={"company": US})


@pytest.fixture
def reminder(office: Office, bot: Running, books: Books) -> Seen:
    """Finance is told of an invoice that is twenty days late and of one that is disputed."""
    kowalska = books.customer(
        tax_id="7740001454", address="ul. Łąkowa 7\n90-001 Łódź", language="pl"
    )
    books.invoice(
        "FV/2026/10/0007", MONDAY - timedelta(20), customer=kowalska, issued_on="2026-10-01"
    )
    disputed = books.invoice("FV/2026/10/0008", MONDAY - timedelta(20), customer=kowalska)
    books.says(disputed, disputed="broken box")
    office.beata.shortcut("reminders").clicks("reminders.switch_on:customers")
    office.beata.fills(overdue="stage:demand").submits().closes(everything=True)
    bot.tick()
    return next(seen for seen in office.beata.sees("#bo-collections") if "niezapłacona" in seen)


def test_letter_of_the_stage_is_approved_by_another_and_comes_as_a_pdf(
    office: Office, reminder: Seen
) -> None:
    office.beata.clicks("Pismo…", on=reminder)
    assert office.beata.modal.value("Osoba podpisująca") == "Beata Kamińska"
    assert office.beata.modal.value("Nowy termin zapłaty") == "2026-11-30"
    office.beata.submits()
    assert "czeka na akceptację" in office.beata.modal
    assert [seen for seen in office.beata.dm if seen.files] == []
    (card,) = demands(office.marek.dm)
    assert "FV/2026/10/0007" in card
    assert "FV/2026/10/0008" not in card
    assert "podpisuje Beata Kamińska" in card
    assert "Przed tym wezwaniem klient nie dostał żadnego przypomnienia" in card
    office.marek.clicks("Akceptuję", on=card)
    text = pdf_of(office, office.beata.dm[-1])
    for fact in (
        "Wezwanie do zapłaty",
        "FV/2026/10/0007",
        "Kowalska",
        "30 listopada 2026 r.",
        "Marek",
    ):
        assert fact in text, fact
    assert "Suma nie obejmuje 1 faktury" in text
    assert text.count("FV/2026/10/0008") == 1


def demands(messages: list[Seen]) -> list[Seen]:
    """The cards that ask for an approval."""
    return [seen for seen in messages if "Wezwanie do zapłaty" in seen and "ZD-" in seen]


def test_refusal_is_told_to_whoever_asked_and_nothing_is_made(
    office: Office, reminder: Seen
) -> None:
    office.beata.clicks("Pismo…", on=reminder).submits().closes(everything=True)
    for name in ("marek", "istvan"):
        (card,) = [seen for seen in office[name].dm if "ZD-000001" in seen]
        office[name].clicks("approvals.reject", on=card).fills(
            comment="Dzwonili, zapłacą jutro"
        ).submits()
    assert "brak akceptacji" in office.beata.dm[-1]
    assert "Dzwonili, zapłacą jutro" in office.beata.dm[-1]
    assert [seen for seen in office.beata.dm if seen.files] == []


def test_customers_and_strangers_make_no_letters(
    office: Office, books: Books, reminder: Seen
) -> None:
    office.anna.forges("documents.letter", on=reminder)
    assert not office.anna.has_modal


def test_stage_without_a_letter_has_no_button(
    office: Office, bot: Running, books: Books, reminder: Seen
) -> None:
    books.invoice(
        "FV/2026/11/0001",
        MONDAY,
        customer=books.customer("Szabó Kft.", owner="U0KATA", language="hu"),
    )
    bot.tick()
    assert "Levél…" not in office.kata.dm[0].buttons
    assert "Folyószámla-kivonat" in office.kata.dm[0].buttons


def test_a_final_demand_without_the_demand_before_it_says_so(
    office: Office, books: Books, reminder: Seen
) -> None:
    assert "No demand for payment about these invoices was made" in remarks(books, MONDAY)
    office.beata.clicks("Pismo…", on=reminder).submits().closes(everything=True)
    (card,) = demands(office.marek.dm)
    office.marek.clicks("Akceptuję", on=card)
    office.later(86_400)
    assert remarks(books, MONDAY + timedelta(1)) == ""


def remarks(books: Books, day: date) -> str:
    """What whoever approves a final demand of this day is told beside the sums."""
    with books.turns.turn(HOME) as turn:
        (kowalska,) = customers.search(turn, "kowalska", owner=None)
        request = Asked("final_demand", kowalska.id, day, "en", {})
        said = kinds.kind("final_demand").source(turn, request)["remarks"]
        assert isinstance(said, tuple)
        return " ".join(turn.words.problem(remark) for remark in said)
