"""An invoice paid in instalments: messages and letters say which one a line is, and count one
invoice.
"""

from datetime import date, timedelta

import pytest

from bot.kit.catalogue import Catalogue
from tests.documents.test_conversation import US, pdf_of
from tests.driver import Office, Seen
from tests.reminders.books import Books
from tests.running import Running

MONDAY = date(2026, 11, 23)
OWNERS = {"daniel": "instalment {} of 3", "piotr": "rata {} z 3", "kata": "{}/3. részlet"}


@pytest.fixture
def rules(shipped: Catalogue) -> Catalogue:
    return shipped.model_copy(update={"company": US})


def in_thirds(books: Books, first: date, owner: str = "U0PIOTR") -> int:
    """An invoice of three instalments, ten days apart, the first of which is paid."""
    customer = books.customer(tax_id="7740001454", address="ul. Łąkowa 7\n90-001 Łódź", owner=owner)
    parts = tuple(((first + timedelta(10 * n)).isoformat(), 40_000) for n in range(3))
    invoice = books.invoice(
        "FVR/1", None, customer=customer, issued_on="2026-10-01", instalments=parts
    )
    books.pay(invoice, 40_000)
    return invoice


def switch_on(office: Office, bot: Running) -> None:
    office.beata.shortcut("reminders").clicks("reminders.switch_on:customers")
    office.beata.fills(overdue="stage:demand").submits().closes(everything=True)
    bot.tick()


@pytest.mark.parametrize("owner", OWNERS)
def test_reminder_says_which_instalments_it_is_about(
    office: Office, bot: Running, books: Books, owner: str
) -> None:
    in_thirds(books, MONDAY - timedelta(35), f"U0{owner.upper()}")
    switch_on(office, bot)
    (message,) = office[owner].dm
    for number in (2, 3):
        assert f"*FVR/1, {OWNERS[owner].format(number)}*" in message
    assert OWNERS[owner].format(1) not in message
    assert any(
        one in message for one in ("1 invoice not paid", "1 niezapłacona faktura", "1 kifizetetlen")
    )


@pytest.fixture
def demand(office: Office, bot: Running, books: Books) -> Seen:
    """The card that asks for the approval of a demand about two of three instalments."""
    in_thirds(books, MONDAY - timedelta(35))
    switch_on(office, bot)
    (reminder,) = [seen for seen in office.beata.sees("#bo-collections") if "niezapłacona" in seen]
    office.beata.clicks("Pismo…", on=reminder).submits()
    return next(seen for seen in office.marek.dm if "Wezwanie do zapłaty" in seen)


def test_demand_says_which_instalments_are_late_and_counts_one_invoice(
    office: Office, demand: Seen
) -> None:
    assert "*FVR/1, rata 2 z 3*" in demand
    office.marek.clicks("Akceptuję", on=demand)
    text = " ".join(pdf_of(office, office.beata.dm[-1]).split())
    assert "nie zapłacili Państwo 1 faktury" in text
    assert "FVR/1, rata 2 z 3" in text
    assert "FVR/1, rata 3 z 3" in text
    assert "rata 1 z 3" not in text
    assert "Tytuł przelewu FVR/1 " in text  # once


def test_statement_says_which_instalments_are_open(
    office: Office, bot: Running, books: Books
) -> None:
    in_thirds(books, MONDAY + timedelta(3))
    office.marek.types("/invoice FVR/1")
    office.marek.clicks("Zestawienie", on=office.marek.notes("#general")[-1])
    text = " ".join(pdf_of(office, office.marek.dm[-1]).split())
    assert "FVR/1, rata 2 z 3" in text
    assert "FVR/1, rata 3 z 3" in text
    assert "rata 1 z 3" not in text
