"""What somebody types instead of a number: an amount, in the currency that stands beside it."""

from datetime import date

import pytest

from bot.edge.turns import Turns
from bot.slack import HOME
from handlers.ledger.model.typed_amounts import amount_in
from handlers.ledger.service import lookup
from tests.reminders.books import Books


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1234,50", (123_450, None)),
        ("1 234,50", (123_450, None)),
        ("1\xa0234.50", (123_450, None)),
        ("1,234.50 EUR", (123_450, "EUR")),
        ("€ 1.234,50", (123_450, "EUR")),
        ("29 171 Ft", (2_917_100, "HUF")),
        ("29.171 ft", (2_917_100, "HUF")),
        ("500 zł", (50_000, "PLN")),
        ("12 chf", (1_200, "CHF")),
        ("1200 jpy", (1_200, "JPY")),
        ("1 234", None),
        ("1.234", None),
        ("12,5", None),
        ("1234", None),
        ("FV 12,50", None),
        ("FV/2026/11/0001", None),
        ("Kowalska", None),
        ("12,50 zł brutto", None),
        ("99999999999999,00", None),
        ("", None),
    ],
)
def test_an_amount_has_cents_or_a_currency(typed: str, read: tuple[int, str | None] | None) -> None:
    assert amount_in(typed) == read


def test_an_amount_finds_what_is_open_in_its_currency(turns: Turns) -> None:
    books = Books(turns)
    due = date(2026, 12, 1)
    books.invoice("FV/1", due, 123_450)
    books.invoice("FV/2", due, 123_450, currency="EUR")

    def found(text: str) -> set[str]:
        with turns.turn(HOME) as turn:
            return {entry.invoice.number for entry in lookup.look_up(turn, text).entries}

    assert found("1 234,50") == {"FV/1", "FV/2"}
    assert found("1 234,50 zł") == {"FV/1"}
    assert found("1.234,50 EUR") == {"FV/2"}
    with turns.turn(HOME) as turn, pytest.raises(lookup.NothingFound):
        lookup.look_up(turn, "1.234,50 USD")
