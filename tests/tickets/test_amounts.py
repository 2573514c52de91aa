"""Amounts as people type them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.money import Money
from bot.kit.words import Words
from handlers.tickets.model import amounts


@pytest.mark.parametrize(
    ("typed", "amount", "currency"),
    [
        ("1234", "1234", "PLN"),
        ("1 234,56", "1234.56", "PLN"),
        ("1.234,56", "1234.56", "PLN"),
        ("1,234.56 EUR", "1234.56", "EUR"),
        ("1,234", "1234", "PLN"),
        ("1.234.567", "1234567", "PLN"),
        ("12,5", "12.5", "PLN"),
        ("500 zł", "500", "PLN"),
        ("50 000 Ft", "50000", "HUF"),
        ("€ 99.90", "99.90", "EUR"),
        ("-15", "-15", "PLN"),
        ("12'500.00 chf", "12500", "CHF"),
        ("250 sek", "250", "SEK"),
        ("9999999999999", "9999999999999", "PLN"),
    ],
)
def test_amount_is_read(typed: str, amount: str, currency: str) -> None:
    assert amounts.read(typed, "PLN") == Money.of(Decimal(amount), currency)


@pytest.mark.parametrize(
    "typed",
    ["", "abc", "12 pizzas", "1,23,4", "1.2345", "€ 5 zł", "--5", "1,234.567,8", "10000000000000"],
)
def test_what_is_no_amount_is_refused(typed: str) -> None:
    assert amounts.read(typed, "PLN") is None


@given(
    st.integers(-10_000_000_00, 10_000_000_00),
    st.sampled_from(["PLN", "EUR", "HUF"]),
    st.sampled_from(["pl", "hu"]),
)
def test_amount_as_a_reader_sees_it_is_read_back(minor: int, currency: str, language: str) -> None:
    money = Money(minor, currency)
    assert amounts.read(Words(language).money(money).replace("−", "-"), "USD") == money


@pytest.mark.parametrize(
    ("country", "currency"),
    [("PL", "PLN"), ("HU", "HUF"), ("GB", "GBP"), ("US", "USD"), ("CZ", "CZK"), ("DE", "EUR"), ("", "EUR")],
)  # fmt: skip
def test_a_country_counts_in_its_own_money_or_in_euro(country: str, currency: str) -> None:
    assert amounts.currency_of(country) == currency
