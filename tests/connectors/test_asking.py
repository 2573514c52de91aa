"""Asking a connected source for a number that is not known here: offered, asked as an background
task,
answered by the gate.
"""

from dataclasses import replace

import pytest

from bot.slack import HOME
from handlers.invoices.connectors.problems import Unreachable
from storage.invoices import connections, customers
from tests.connectors.reference import Books
from tests.driver import Office
from tests.running import Running

ASK = "Zapytaj: Reference"


@pytest.fixture
def connected(bot: Running, books: Books) -> Books:
    """Books that are connected, and of which nothing was read yet."""
    bot.bot.worker.tools = replace(bot.bot.worker.tools, connectors={"reference": books})
    with bot.turns.turn(HOME) as turn:
        connections.keep(turn, ["reference"])
    return books


def test_number_that_only_the_source_knows_is_asked_for_and_answered(
    office: Office, connected: Books
) -> None:
    number = connected.posts("100")
    office.marek.types(f"/invoice {number}", "#general")
    assert "Nie ma faktury ani klienta" in office.marek.notes("#general")[-1]
    office.marek.clicks(ASK)
    card = office.marek.dm[-1]
    assert number in card
    assert "Globex GmbH" in card
    assert "Zapłacono…" in card.buttons
    office.marek.types(f"/invoice {number}", "#general")
    assert "Globex GmbH" in office.marek.notes("#general")[-1]


def test_number_in_small_letters_is_asked_for_in_capitals_too(
    office: Office, connected: Books
) -> None:
    number = connected.posts("100")
    office.marek.types(f"/invoice {number.lower()}", "#general").clicks(ASK)
    assert number in office.marek.dm[-1]


def test_source_that_does_not_know_the_number_says_so(office: Office, connected: Books) -> None:
    office.marek.types("/invoice R/9999", "#general").clicks(ASK)
    assert "Reference: nie ma tam faktury „R/9999”" in office.marek.dm[-1]


def test_source_that_cannot_be_asked_is_a_sentence(office: Office, connected: Books) -> None:
    connected.refusal = Unreachable(source="Reference", host="books", why="gone")
    office.marek.types("/invoice R/9999", "#general").clicks(ASK)
    assert "books" in office.marek.dm[-1]


def test_words_and_strangers_to_money_are_not_offered_it(office: Office, connected: Books) -> None:
    connected.posts("100")
    office.marek.types("/invoice nikt taki", "#general")
    assert office.marek.notes("#general")[-1].buttons == []
    office.tomasz.types("/invoice R/0001", "#general")
    assert office.tomasz.notes("#general")[-1].buttons == []


def test_without_a_source_nothing_is_offered(office: Office) -> None:
    office.marek.types("/invoice R/0001", "#general")
    assert office.marek.notes("#general")[-1].buttons == []


def test_owner_of_other_customers_learns_nothing(
    office: Office, bot: Running, connected: Books
) -> None:
    """Somebody who looks after one customer may ask, and hears of that customer's
    invoices alone.
    """
    with bot.turns.turn(HOME) as turn:
        customers.save(turn, {"name": "Kowalska", "owner": "U0TOMASZ"})
    number = connected.posts("100")
    office.tomasz.types(f"/invoice {number}", "#general").clicks(ASK)
    there, gone = office.tomasz.dm[-1], "R/9999"
    office.tomasz.types(f"/invoice {gone}", "#general").clicks(ASK)
    assert str(office.tomasz.dm[-1]).replace(gone, number) == str(there)
