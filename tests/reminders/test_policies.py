"""A policy of their own for a customer or an invoice; the catalogue's first for the rest."""

from datetime import timedelta

import pytest

from bot.kit.catalogue import Catalogue, Name
from bot.slack import HOME
from handlers.ledger.service import customer_import
from handlers.reminders.service.accounts import accounts
from handlers.reminders.service.policy_context import context_of
from tests.driver import Office
from tests.reminders.books import Books
from tests.reminders.test_conversation import MONDAY, days_later, messages
from tests.running import Running


@pytest.fixture
def rules(shipped: Catalogue) -> Catalogue:
    """Two policies for customers: the shipped one, and one that speaks on the tenth day."""
    usual = shipped.reminder_policies["customers"]
    late = usual.stages[2].model_copy(update={"key": "tenth", "days": 10, "message": None})
    label = Name(en="Patient", pl="Cierpliwe", hu="Türelmes")
    patient = usual.model_copy(
        update={"key": "patient", "label": label, "stages": (late,), "audience": ("account_owner",)}
    )
    policies = {**shipped.reminder_policies, "patient": patient}
    return shipped.model_copy(update={"reminder_policies": policies})


@pytest.fixture
def active(office: Office, bot: Running, books: Books) -> Books:
    """Both policies are on."""
    for key in ("customers", "patient"):
        office.beata.shortcut("reminders").clicks(f"reminders.switch_on:{key}")
        office.beata.fills(overdue="done").submits().closes(everything=True)
    return books


def test_a_customers_own_policy_holds_for_them_and_the_first_for_the_rest(
    office: Office, bot: Running, active: Books
) -> None:
    patient = active.customer("Cierpliwa S.A.", policy="patient")
    active.invoice("FV/2026/11/0001", MONDAY + timedelta(1), customer=active.customer())
    active.invoice("FV/2026/11/0002", MONDAY + timedelta(1), customer=patient)
    days_later(office, active, bot, 3)
    assert len(messages(office.piotr.dm, "0001")) == 1
    assert messages(office.piotr.dm, "0002") == []
    days_later(office, active, bot, 8)
    assert len(messages(office.piotr.dm, "0002")) == 1


def test_who_hears_for_an_owner_who_left_is_settled_by_each_customers_own_policy(
    bot: Running, books: Books
) -> None:
    usual = books.customer(owner="U0GONE")
    patient = books.customer("Cierpliwa S.A.", owner="U0GONE", policy="patient")
    with bot.turns.turn(HOME) as turn:
        book = context_of(turn, "receivable")
        assert book
        readers = {each.id: each.readers for each in accounts(turn, book, [usual, patient])}
    assert readers[usual]["account_owner"] is None  # finance hears of it anyway
    finance = readers[usual]["finance"]
    assert finance is not None
    assert readers[patient]["account_owner"] == finance


def test_finance_gives_a_policy_to_one_invoice(office: Office, bot: Running, active: Books) -> None:
    active.invoice("FV/2026/11/0001", MONDAY + timedelta(1), customer=active.customer())
    office.beata.types("/invoice FV/2026/11/0001").clicks("invoices.give_policy")
    office.beata.fills(policy="patient").submits()
    assert "Cierpliwe" in office.beata.modal
    office.beata.closes(everything=True)
    days_later(office, active, bot, 8)
    assert messages(office.piotr.dm, "0001") == []
    days_later(office, active, bot, 4)
    assert len(messages(office.piotr.dm, "0001")) == 1


def test_the_list_of_customers_names_their_policies(books: Books) -> None:
    content = "nazwa;zasady\nKowalska Sp. z o.o.;Cierpliwe\nMłyn S.A.;nie ma takich\n".encode()
    with books.turns.turn(HOME) as turn:
        done = customer_import.take(turn, content)
    assert (done.added, done.failed) == (1, 1)
    (refused,) = done.problems
    assert refused.line == 3
    assert str(refused.problem) == (
        "There is no reminder policy “nie ma takich”. The catalogue has: customers, suppliers and "
        "patient."
    )
