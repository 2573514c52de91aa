"""What a customer gets at a late stage waits for finance, on one card that knows of the money."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.kit.catalogue import Catalogue
from bot.slack import HOME
from handlers.ledger.service.bank import reconciliation
from handlers.ledger.service.bank.reconciliation import Sums
from handlers.ledger.statements.values import Entry, Statement, StatementFile
from tests.driver import Office, Seen
from tests.reminders.books import Books
from tests.reminders.test_conversation import DAY, MONDAY, active, days_later
from tests.running import Running

__all__ = ["active"]


@pytest.fixture
def rules(shipped: Catalogue) -> Catalogue:
    """Customers are written to in their channel, and nobody else."""
    policy = shipped.reminder_policies["customers"]
    told = policy.model_copy(update={"audience": ("customer_channel",), "min_gap_days": 1})
    policies = {**shipped.reminder_policies, "customers": told}
    return shipped.model_copy(update={"reminder_policies": policies})


@pytest.fixture
def kowalska(office: Office, active: Books) -> int:
    """A customer with a shared channel."""
    shared = office.world.channel_named("ext-kowalska").id
    return active.customer(channel=shared, paid_from="PL61109010140000071219812874")


def asked(office: Office) -> Seen:
    """The card that asks finance for its approval."""
    return next(
        seen for seen in office.beata.sees("#bo-collections") if "po Waszej akceptacji" in seen
    )


def messages(office: Office) -> list[Seen]:
    return [seen for seen in office.beata.sees("#ext-kowalska") if "FV/" in seen]


def money_comes(books: Books, title: str, amount: str, day: date = MONDAY) -> None:
    """A transfer that no invoice surely takes."""
    entry = Entry(day, Decimal(amount), "PLN", title, "Kowalska", "PL61109010140000071219812874")
    with books.turns.turn(HOME) as turn:
        told = Statement("mt940", None, "PLN", None, None, None, (entry,))
        reconciliation.take(turn, StatementFile("wyciag.sta", [told]), Sums())


def test_what_needs_approval_goes_once_finance_agrees(
    office: Office, bot: Running, active: Books, kowalska: int
) -> None:
    active.invoice("FV/2026/11/0001", MONDAY - timedelta(6), customer=kowalska)
    days_later(office, active, bot, 1)
    assert messages(office) == []
    card = asked(office)
    assert "Odbiorca: #ext-kowalska." in card
    assert office.world.channel_named("ext-kowalska").id not in str(card.blocks)
    office.beata.clicks("Wyślij", on=card)
    bot.tick()
    (message,) = messages(office)
    assert "Przypomnienie o płatności" in message
    assert "Akceptacja: @Beata Kamińska" in card.again()
    assert card.again().buttons == []


def test_second_answer_to_an_approval_is_told_that_it_came_late(
    office: Office, bot: Running, active: Books, kowalska: int
) -> None:
    active.invoice("FV/2026/11/0001", MONDAY - timedelta(6), customer=kowalska)
    days_later(office, active, bot, 1)
    card = asked(office)
    office.settle = lambda: None  # both see the card as it was
    office.beata.clicks("Nie wysyłaj", on=card)
    office.marek.clicks("Wyślij", on=card)
    assert "Odpowiedzi już udzielono" in office.marek.notes("#bo-collections")[-1]
    office.settle = bot.settle
    days_later(office, active, bot, 2)
    assert messages(office) == []


def test_answer_to_a_card_that_reads_otherwise_by_now_lets_nothing_go(
    office: Office, bot: Running, active: Books, kowalska: int
) -> None:
    active.invoice("FV/2026/11/0001", MONDAY - timedelta(6), customer=kowalska)
    paid = active.invoice("FV/2026/11/0002", MONDAY - timedelta(6), customer=kowalska)
    days_later(office, active, bot, 1)
    card = asked(office)
    assert "FV/2026/11/0002" in card
    active.pay(paid, 120_000)
    office.beata.clicks("Wyślij", on=card)
    assert "się to zmieniło" in office.beata.notes("#bo-collections")[-1]
    bot.tick()
    assert messages(office) == []
    card = asked(office)
    assert "FV/2026/11/0002" not in card
    office.beata.clicks("Wyślij", on=card)
    bot.tick()
    (message,) = messages(office)
    assert "FV/2026/11/0001" in message


def test_what_stood_on_no_card_is_asked_about_when_its_payment_is_taken_back(
    office: Office, bot: Running, active: Books, kowalska: int
) -> None:
    active.invoice("FV/2026/11/0001", MONDAY - timedelta(6), customer=kowalska)
    paid = active.invoice("FV/2026/11/0002", MONDAY - timedelta(6), customer=kowalska)
    days_later(office, active, bot, 1)
    active.pay(paid, 120_000)
    office.beata.clicks("Wyślij", on=asked(office))
    office.beata.clicks("Wyślij", on=asked(office))
    bot.tick()
    active.take_back(paid)
    days_later(office, active, bot, 3)
    (message,) = messages(office)
    assert "FV/2026/11/0002" not in message
    card = [seen for seen in office.beata.sees("#bo-collections") if "FV/" in seen][-1]
    assert "FV/2026/11/0002" in card
    office.beata.clicks("Wyślij", on=card)
    bot.tick()
    assert "FV/2026/11/0002" in messages(office)[-1]


def test_agents_of_other_departments_do_not_approve(
    office: Office, bot: Running, active: Books, kowalska: int
) -> None:
    active.invoice("FV/2026/11/0001", MONDAY - timedelta(6), customer=kowalska)
    days_later(office, active, bot, 1)
    card = asked(office)
    office.anna.forges("Wyślij", on=card)
    bot.tick()
    assert "Wyślij" in card.again().buttons
    assert messages(office) == []


def test_what_was_approved_stays_on_the_card_while_payments_are_stale(
    office: Office, bot: Running, active: Books, kowalska: int
) -> None:
    active.invoice("FV/2026/11/0001", MONDAY - timedelta(6), customer=kowalska)
    days_later(office, active, bot, 1)
    office.later(6 * DAY)
    office.beata.clicks("Wyślij", on=asked(office))
    card = next(s for s in office.beata.sees("#bo-collections") if "Akceptacja" in s)
    assert "Przypomnienie o płatności" in card
    assert "FV/2026/11/0001" in card
    assert "1\xa0200,00" in str(card) or "1 200,00" in card


def test_money_that_is_probably_for_it_holds_a_stage_and_stands_on_the_card(
    office: Office, bot: Running, active: Books, kowalska: int
) -> None:
    active.invoice("FV/2026/11/0001", MONDAY - timedelta(6), customer=kowalska)
    days_later(office, active, bot, 1)
    money_comes(active, "zapłata za towar", "1200.00")
    days_later(office, active, bot, 1)
    assert "Czeka wpłata" in asked(office)
    office.beata.clicks("Wyślij", on=asked(office))
    days_later(office, active, bot, 1)
    assert messages(office) == []


def test_a_letter_names_what_reached_its_stage_and_the_rest_as_also_open(
    office: Office, bot: Running, active: Books, kowalska: int
) -> None:
    active.invoice("FV/2026/11/0001", MONDAY + timedelta(1), customer=kowalska)
    active.invoice("FV/2026/11/0002", MONDAY + timedelta(4), customer=kowalska)
    days_later(office, active, bot, 1)
    (message,) = messages(office)
    assert "Termin płatności dzisiaj" in message
    about, others = str(message).split("Ponadto")
    assert "0001" in about
    assert "0002" not in about
    assert "Zbliża się termin" in others


def test_money_that_comes_shows_no_card_again_that_a_newer_one_replaced(
    office: Office, bot: Running, active: Books, kowalska: int
) -> None:
    active.invoice("FV/2026/11/0001", MONDAY - timedelta(6), customer=kowalska)
    active.invoice("FV/2026/11/0002", MONDAY - timedelta(5), 50_000, customer=kowalska)
    days_later(office, active, bot, 2)
    money_comes(active, "zapłata za towar", "1200.00")
    days_later(office, active, bot, 1)
    (card,) = [seen for seen in office.beata.sees("#bo-collections") if "FV/" in seen]
    assert "Czeka wpłata" in card
    assert "0001" in card
    assert "0002" in card
