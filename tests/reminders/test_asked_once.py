"""What finance has to approve comes to its channel as one card, and counts among what goes there."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from bot.kit.catalogue import Catalogue
from bot.slack import HOME
from storage import audit
from storage.people import people
from tests.driver import Office, Seen
from tests.reminders.books import Books
from tests.reminders.test_conversation import DAY, MONDAY, active, days_later, switch_on
from tests.running import Running

__all__ = ["active"]
HOUR = 3600


@pytest.fixture(params=[("finance", "customer_channel")])
def rules(request: pytest.FixtureRequest, shipped: Catalogue) -> Catalogue:
    """Finance and the customer in their channel are written to."""
    policy, audience = shipped.reminder_policies["customers"], request.param
    told = policy.model_copy(update={"audience": audience, "min_gap_days": 1})
    policies = {**shipped.reminder_policies, "customers": told}
    return shipped.model_copy(update={"reminder_policies": policies})


def heard(office: Office, number: str = "FV/") -> list[Seen]:
    """What finance's channel got about invoices, cards that ask and messages alike."""
    return [seen for seen in office.beata.sees("#bo-collections") if number in seen]


def kowalska(office: Office, books: Books, name: str = "Kowalska") -> int:
    return books.customer(name, channel=office.world.channel_named("ext-kowalska").id)


def test_finance_gets_the_card_with_the_buttons_and_no_copy(
    office: Office, bot: Running, active: Books
) -> None:
    active.invoice("FV/2026/11/0001", MONDAY - timedelta(6), customer=kowalska(office, active))
    days_later(office, active, bot, 1)
    (card,) = heard(office)
    assert "Wyślij" in card.buttons
    office.beata.clicks("Wyślij", on=card)
    bot.tick()
    days_later(office, active, bot, 2)
    assert len(heard(office)) == 1
    assert len([seen for seen in office.beata.sees("#ext-kowalska") if "FV/" in seen]) == 1


def test_a_question_to_finance_is_no_reminder_on_the_invoice(
    office: Office, bot: Running, active: Books
) -> None:
    active.invoice("FV/2026/11/0001", MONDAY - timedelta(6), customer=kowalska(office, active))
    days_later(office, active, bot, 1)
    office.beata.types("/invoice FV/2026/11/0001")
    assert "Ostatnie przypomnienie" not in office.beata.notes("#general")[-1]
    office.beata.clicks("Wyślij", on=heard(office)[0])
    bot.tick()
    office.beata.types("/invoice FV/2026/11/0001")
    assert "Ostatnie przypomnienie" in office.beata.notes("#general")[-1]


def test_what_waited_for_days_is_asked_once_when_the_bot_is_back(
    office: Office, bot: Running, active: Books
) -> None:
    """Finance was to be told on Thursday, the customer (Thanksgiving) on Friday."""
    channel = office.world.channel_named("ext-kowalska").id
    at_home = {"country": "US", "timezone": "America/New_York"}
    customer = active.customer(channel=channel, **at_home)
    active.invoice("FV/2026/11/0001", MONDAY - timedelta(6), customer=customer)
    office.later(2 * DAY + 9 * HOUR)
    active.payments_known()
    bot.tick()
    office.later(DAY + 20.5 * HOUR)
    active.payments_known()
    bot.tick()
    (card,) = heard(office)
    assert "Wyślij" in card.buttons
    with active.turns.turn(HOME) as turn:
        events = audit.history(turn.db, HOME, f"customer:{customer}")
    assert [row.event for row in events].count("reminder.approval_asked") == 1


def test_what_needs_no_approval_is_told_beside_the_card(
    office: Office, bot: Running, active: Books
) -> None:
    customer = kowalska(office, active)
    active.invoice("FV/2026/11/0001", MONDAY - timedelta(6), customer=customer)
    active.invoice("FV/2026/11/0002", MONDAY + timedelta(1), customer=customer)
    days_later(office, active, bot, 1)
    asking = [seen for seen in heard(office) if "Wyślij" in seen.buttons]
    telling = [seen for seen in heard(office) if "Wyślij" not in seen.buttons]
    assert ["0001" in seen and "0002" not in seen for seen in asking] == [True]
    assert ["0002" in str(seen).split("Ponadto")[0] for seen in telling] == [True]


def test_after_a_refusal_finance_hears_nothing_of_that_stage(
    office: Office, bot: Running, active: Books
) -> None:
    active.invoice("FV/2026/11/0001", MONDAY - timedelta(6), customer=kowalska(office, active))
    days_later(office, active, bot, 1)
    office.beata.clicks("Nie wysyłaj", on=heard(office)[0])
    days_later(office, active, bot, 2)
    assert len(heard(office)) == 1


def debtors(books: Books, count: int) -> None:
    """Customers, each with a channel, whose invoices are long overdue."""
    for n in range(count):
        with books.turns.turn(HOME) as turn:
            facts = {"id": f"C0KLIENT{n:02}", "name": f"ext-klient-{n:02}"}
            people.save_channel(turn, {**facts, "is_private": True, "is_shared": True})
        customer = books.customer(f"Klient {n:02}", channel=f"C0KLIENT{n:02}")
        books.invoice(f"FV/2025/01/{n:04}", date(2025, 1, 31), customer=customer)


def heard_a_day(office: Office, bot: Running, books: Books, days: int) -> list[int]:
    """How much more finance got on each of these days."""
    counts = [len(heard(office))]
    for _ in range(days):
        days_later(office, books, bot, 1)
        counts.append(len(heard(office)))
    return [later - earlier for earlier, later in pairwise(counts)]


@pytest.mark.parametrize(
    "rules", [("finance", "customer_channel"), ("customer_channel",)], indirect=True
)
def test_finance_gets_no_more_than_twenty_cards_a_day_of_what_was_overdue(
    office: Office, bot: Running, books: Books
) -> None:
    switch_on(office, "stage:reminder")
    debtors(books, 30)
    assert heard_a_day(office, bot, books, 3) == [20, 10, 0]
    assert all("Wyślij" in card.buttons for card in heard(office))
