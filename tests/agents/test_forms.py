"""What is still needed is chosen in a form of the answer, whose button calls the tool again."""

import pytest

from tests.agents.slackbot import Slackbot
from tests.books import books, desk, rules  # noqa: F401
from tests.driver import Office
from tests.running import Running


@pytest.fixture
def slackbot(bot: Running) -> Slackbot:
    return Slackbot(bot)


def test_a_type_that_is_unknown_is_chosen_and_then_the_ticket_is_made(
    office: Office, slackbot: Slackbot
) -> None:
    asked = slackbot.call(office.emma.id, "create_ticket", subject="A new chair", type="chairs")
    assert not asked.is_error
    assert "BO-" not in asked.text
    assert "equipment_purchase" in asked.choices["type"]
    assert "nothing yet" in slackbot.call(office.emma.id, "my_tickets").text
    made = slackbot.presses(office.emma.id, asked, "Make a ticket", type="equipment_purchase")
    assert "A new chair" in made.text
    assert "Still needed" in str(made.blocks)


def test_a_long_request_comes_through_its_form_whole(office: Office, slackbot: Slackbot) -> None:
    story = "It is about room 12. " * 370 + "That is all."
    asked = slackbot.call(
        office.emma.id, "create_ticket", subject="A new chair", details=story, type="chairs"
    )
    made = slackbot.presses(office.emma.id, asked, "Make a ticket", type="equipment_purchase")
    assert "A new chair" in made.text
    assert "A new chair" in slackbot.call(office.emma.id, "find_tickets", words="all").text
    assert slackbot.presses(office.piotr.id, asked, "Make a ticket", type="other").is_error


def test_words_tell_the_type_here_too(office: Office, slackbot: Slackbot) -> None:
    made = slackbot.call(office.anna.id, "create_ticket", subject="Drukarka nie drukuje")
    office.calm()
    assert "BO-1" in made.text
    assert any("BO-1" in message for message in office.tomasz.sees("#bo-it"))


def test_a_promise_without_a_day_offers_days_and_is_then_noted(
    desk: Office,  # noqa: F811
    slackbot: Slackbot,
) -> None:
    emma = desk.emma.id
    found = slackbot.call(emma, "due_items")
    assert not found.is_error, found.text
    invoice = slackbot.call(desk.beata.id, "find_invoice", number="FV/2026/11/0042")
    asked = slackbot.presses(desk.beata.id, invoice, "Zapisz obietnicę zapłaty")
    assert len(asked.choices["until"]) == 4
    day = asked.choices["until"][1]
    noted = slackbot.presses(desk.beata.id, asked, "Zapisz obietnicę zapłaty", until=day)
    assert not noted.is_error, noted.text
    assert "30" in str(noted.blocks)


def test_a_document_asks_for_its_kind_and_for_its_customer(
    desk: Office,  # noqa: F811
    slackbot: Slackbot,
) -> None:
    asked = slackbot.call(desk.piotr.id, "request_document")
    assert "account_statement" in asked.choices["kind"]
    which = slackbot.presses(desk.piotr.id, asked, "Zamów", kind="account_statement")
    assert "Kowalska Sp. z o.o." in which.choices["about"]
    made = slackbot.presses(desk.piotr.id, which, "Zamów", about="Kowalska Sp. z o.o.")
    assert not made.is_error, made.text
    assert "ZD-" in made.text


def test_whoever_may_not_see_money_is_offered_no_paper_of_it(
    desk: Office,  # noqa: F811
    slackbot: Slackbot,
) -> None:
    asked = slackbot.call(desk.tomasz.id, "request_document")
    assert "account_statement" not in asked.choices["kind"]


def test_one_of_several_customers_is_chosen(
    desk: Office,  # noqa: F811
    slackbot: Slackbot,
) -> None:
    asked = slackbot.call(desk.beata.id, "customer_balance", name="kft")
    assert len(asked.choices["name"]) > 2
    chosen = asked.choices["name"][0]
    balance = slackbot.presses(desk.beata.id, asked, "Pokaż saldo", name=chosen)
    assert not balance.is_error
    assert chosen in str(balance.blocks) + balance.text


def test_of_an_invoice_that_is_only_like_it_no_promise_is_noted(
    desk: Office,  # noqa: F811
    slackbot: Slackbot,
) -> None:
    asked = slackbot.call(
        desk.beata.id, "promise_payment", number="FV/2026/11/0942", until="2026-11-30"
    )
    if not asked.is_error:
        assert asked.choices["number"]
    known = slackbot.call(desk.beata.id, "find_invoice", number="FV/2026/11/0042")
    assert "2026-11-30" not in str(known.blocks)
