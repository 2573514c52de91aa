"""Money: rounded half up at the minor unit, in every currency's own decimals."""

from decimal import Decimal

import pytest

from bot.kit.money import Money


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("0.004", "PLN", 0),
        ("0.005", "PLN", 1),
        ("0.015", "PLN", 2),
        ("0.025", "PLN", 3),  # half to even would make it 2
        ("1.045", "EUR", 105),
        ("-0.025", "PLN", -3),
        ("-0.024", "PLN", -2),
        ("2.5", "JPY", 3),
        ("12000", "JPY", 12000),
        ("1.2345", "KWD", 1235),
    ],
)
def test_an_amount_is_rounded_half_up_to_its_minor_unit(
    amount: str, currency: str, minor: int
) -> None:
    assert Money.of(Decimal(amount), currency).minor == minor
