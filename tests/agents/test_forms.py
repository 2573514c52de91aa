"""What is still needed is chosen in a form of the answer, whose button calls the tool again."""

import pytest

from bot.edge.turns import HOME, Turns
from handlers.agents.blocks import forms
from storage.invoices import customers
from storage.invoices.customers import Customer
from tests.agents.slackbot import Answered, Slackbot
from tests.books import books, desk, rules  # noqa: F401
from tests.driver import Office
from tests.running import Running


def labels_of(answer: Answered) -> dict[str, str]:
    """The options of the form's one menu, by what they say."""
    [element] = [block["element"] for block in answer.blocks if block["type"] == "input"]
    return {option["text"]["text"]: option["value"] for option in element["options"]}


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
    labels = labels_of(which)
    chosen = next(id for label, id in labels.items() if label.startswith("Kowalska Sp. z o.o."))
    made = slackbot.presses(desk.piotr.id, which, "Zamów", customer=chosen)
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
    label, chosen = next(iter(labels_of(asked).items()))
    assert len(asked.choices["customer"]) > 2
    balance = slackbot.presses(desk.beata.id, asked, "Pokaż saldo", customer=chosen)
    assert not balance.is_error
    assert label.partition(" · ")[0] in str(balance.blocks) + balance.text


def test_of_an_invoice_that_is_only_like_it_no_promise_is_noted(
    desk: Office,  # noqa: F811
    slackbot: Slackbot,
) -> None:
    asked = slackbot.call(
        desk.beata.id, "promise_payment", number="FV/2026/11/0942", until="2026-11-30"
    )
    assert not asked.is_error
    assert asked.choices["invoice"]
    known = slackbot.call(desk.beata.id, "find_invoice", number="FV/2026/11/0042")
    assert "2026-11-30" not in str(known.blocks)


def test_a_whole_name_means_its_bearer_in_every_tool_and_command(
    desk: Office,  # noqa: F811
    slackbot: Slackbot,
    turns: Turns,
) -> None:
    with turns.turn(HOME) as turn:
        customers.save(turn, {"name": "Młyn", "tax_id": "1111111111"})
        customers.save(turn, {"name": "Młyn Bis", "tax_id": "2222222222"})
    balance = slackbot.call(desk.beata.id, "customer_balance", name="młyn")
    assert "Młyn Bis" not in str(balance.blocks)
    assert not balance.choices
    assert "Młyn Bis" not in str(desk.beata.types("/invoice Młyn"))
    assert len(slackbot.call(desk.beata.id, "customer_balance", name="mły").choices["customer"]) > 1


def test_two_customers_of_one_name_are_told_apart_and_chosen_by_id(
    desk: Office,  # noqa: F811
    slackbot: Slackbot,
    turns: Turns,
) -> None:
    with turns.turn(HOME) as turn:
        facts = {"name": "Twins", "address": "ul. Długa 1, 00-001 Warszawa"}
        ids = [customers.save(turn, {**facts, "tax_id": tax}) for tax in ("111", "222")]
    asked = slackbot.call(
        desk.beata.id, "request_document", kind="account_statement", about="Twins"
    )
    assert labels_of(asked) == {"Twins · 111": str(ids[0]), "Twins · 222": str(ids[1])}
    made = slackbot.presses(desk.beata.id, asked, "Zamów", customer=str(ids[1]))
    assert not made.is_error, made.text
    who = desk.tomasz.id  # no id opens what its name would not
    assert slackbot.call(who, "customer_balance", name="Twins", customer=str(ids[1])).is_error
    day = {"number": "any", "until": "2026-11-30"}
    assert slackbot.call(who, "promise_payment", invoice="1", **day).is_error


def test_more_than_a_menu_holds_are_not_cut_but_asked_about(
    desk: Office,  # noqa: F811
    slackbot: Slackbot,
    turns: Turns,
) -> None:
    with turns.turn(HOME) as turn:
        for number in range(101):
            customers.save(turn, {"name": f"Crowd {number}"})
    for tool, arguments in (
        ("customer_balance", {"name": "crowd"}),
        ("find_invoice", {"number": "crowd"}),
        ("request_document", {"kind": "account_statement", "about": "crowd"}),
    ):
        asked = slackbot.call(desk.beata.id, tool, **arguments)
        assert asked.is_error, tool
        assert "100" in asked.text
    assert not slackbot.call(desk.beata.id, "customer_balance", name="crowd 100").is_error


def test_a_list_says_that_it_goes_on_and_goes_on(
    desk: Office,  # noqa: F811
    slackbot: Slackbot,
) -> None:
    for number in range(10):
        slackbot.call(desk.anna.id, "create_ticket", subject=f"Drukarka {number}")
    first = slackbot.call(desk.anna.id, "my_tickets")
    assert "BO-10" in first.text
    assert "BO-1 " not in first.text
    second = slackbot.presses(desk.anna.id, first, "Więcej")
    assert "Drukarka 0" in second.text
    assert not second.buttons
    owed = slackbot.call(desk.beata.id, "find_invoice", number="FV/2026/")
    following = slackbot.presses(desk.beata.id, owed, "Więcej")
    assert following.blocks != owed.blocks
    assert not following.is_error


def test_of_a_long_name_the_tax_number_is_still_seen() -> None:
    name = "Przedsiębiorstwo Handlowo-Usługowe Kowalski i Synowie Spółka z ograniczoną odpow."
    twins = [Customer(1, name, "7740001454"), Customer(2, name, "5261040828"), Customer(3, name)]
    labels = [option["text"]["text"] for option in forms.customers(twins)]
    assert [label[-13:] for label in labels[:2]] == [" · 7740001454", " · 5261040828"]
    assert max(map(len, labels)) == 75
