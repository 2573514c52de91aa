"""Money: rounded half up at the minor unit, in every currency's own decimals."""

from decimal import Decimal

import pytest

from bot.kit.money import BeyondAllBooks, Money, totals


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


@pytest.mark.parametrize(
    ("exact", "currency", "minor"),
    [
        ("1234.494", "PLN", 123_449),
        ("1234.49", "HUF", 123_400),
        ("1234.5", "HUF", 123_500),
        ("-1234.5", "HUF", -123_500),
        ("1234.4995", "HUF", 123_400),  # rounded once, not to a fillér first
        ("2.5", "JPY", 3),
    ],
)
def test_what_is_worked_out_is_rounded_to_the_least_that_is_paid(
    exact: str, currency: str, minor: int
) -> None:
    assert Money.worked_out(Decimal(exact), currency).minor == minor


@pytest.mark.parametrize("currency", ["PLN", "HUF", "JPY", "KWD"])
def test_an_amount_comes_back_as_it_went_in(currency: str) -> None:
    for minor in (-12_345, -1, 0, 1, 999, 123_456_789):
        money = Money(minor, currency)
        assert Money.of(money.amount, currency) == money
        assert Money.of(money.plain(), currency) == money


@pytest.mark.parametrize(
    ("money", "plain"),
    [
        (Money(123_450, "PLN"), "1234.50"),
        (Money(-5, "EUR"), "-0.05"),
        (Money(0, "PLN"), "0.00"),
        (Money(1234, "JPY"), "1234"),
        (Money(1234, "KWD"), "1.234"),
        (Money(123_400, "HUF"), "1234.00"),
    ],
)
def test_machines_read_every_decimal_of_the_currency(money: Money, plain: str) -> None:
    assert money.plain() == plain


@pytest.mark.parametrize(
    ("money", "locale", "shown"),
    [
        (Money(123_450, "PLN"), "pl_PL", "1\xa0234,50\xa0zł"),
        (Money(1_234_567, "PLN"), "pl_PL", "12\xa0345,67\xa0zł"),
        (Money(-1_234_567, "PLN"), "pl_PL", "-12\xa0345,67\xa0zł"),
        (Money(123_450, "PLN"), "en_GB", "PLN\xa01,234.50"),
        (Money(-123_450, "PLN"), "en_GB", "-PLN\xa01,234.50"),
        (Money(123_450, "EUR"), "en_GB", "€1,234.50"),
        (Money(123_450, "USD"), "en_AU", "USD\xa01,234.50"),
        (Money(1_234_500, "HUF"), "hu_HU", "12\xa0345\xa0Ft"),
        (Money(1_234_550, "HUF"), "hu_HU", "12\xa0345,50\xa0Ft"),
        (Money(1_234_500, "HUF"), "pl_PL", "12\xa0345\xa0HUF"),
        (Money(1_234_500, "HUF"), "en_GB", "HUF\xa012,345"),
        (Money(1234, "JPY"), "en_GB", "JP¥1,234"),
        (Money(1234, "KWD"), "pl_PL", "1,234\xa0KWD"),
    ],
)
def test_a_reader_sees_money_as_their_country_writes_it(
    money: Money, locale: str, shown: str
) -> None:
    assert money.shown(locale) == shown


def test_money_adds_up_within_its_currency_only() -> None:
    four, three = Money(400, "PLN"), Money(300, "PLN")
    assert (four + three, four - three) == (Money(700, "PLN"), Money(100, "PLN"))
    assert (-four, abs(-four), abs(four)) == (Money(-400, "PLN"), four, four)
    assert (bool(Money(0, "PLN")), bool(Money(-1, "PLN"))) == (False, True)
    euro = Money(300, "EUR")
    for refused in (
        lambda: four + euro,
        lambda: four - euro,
        lambda: four < euro,
        lambda: four <= euro,
    ):
        with pytest.raises(ValueError, match="PLN and EUR do not add up"):
            refused()


def test_an_amount_is_less_than_the_next_and_not_less_than_itself() -> None:
    less, more, same = Money(99, "PLN"), Money(100, "PLN"), Money(100, "PLN")
    assert (less < more, less <= more) == (True, True)
    assert (more < same, more <= same) == (False, True)
    assert (more < less, more <= less) == (False, False)


@pytest.mark.parametrize("text", ["10000000000000", "-10000000000000", "Infinity", "NaN", "1e20"])
def test_an_amount_that_no_books_hold_is_refused(text: str) -> None:
    with pytest.raises(BeyondAllBooks):
        Money.typed(text, "PLN")


@pytest.mark.parametrize("text", ["9999999999999.99", "-9999999999999.99"])
def test_the_largest_amount_of_an_office_is_taken(text: str) -> None:
    assert Money.typed(text, "PLN") == Money.of(text, "PLN")
    assert Money.typed(text, "PLN").plain() == text


def test_totals_stand_by_currency_in_the_order_in_which_they_came() -> None:
    amounts = [Money(5, "EUR"), Money(7, "PLN"), Money(-2, "EUR"), Money(1, "PLN")]
    assert totals(amounts) == (Money(3, "EUR"), Money(8, "PLN"))
    assert totals([]) == ()
