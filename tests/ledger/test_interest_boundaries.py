"""Late interest where the law turns: whose table holds, from which amount, at which exchange rate."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.kit.money import Money
from handlers.ledger.model.interest import (
    Change,
    Compensation,
    Debtor,
    ExchangeRate,
    Line,
    NoRate,
    Rate,
    compensation,
    half_year,
    interest,
    last_known_day,
    law_of,
    rounded,
    table_of,
)
from handlers.ledger.model.rate_tables import table_name

DUE = date(2026, 3, 2)
FLAT = Rate(
    "PL-business", date(2026, 1, 1), date(2026, 12, 31), Decimal("36.5"), "verified", "the law"
)


@pytest.mark.parametrize(
    ("country", "debtor", "currency", "table"),
    [
        ("PL", "business", "PLN", "PL-business"),
        ("PL", "business", "EUR", "PL-business"),
        ("PL", "medical", "PLN", "PL-medical"),
        ("PL", "consumer", "EUR", "PL-consumer"),
        ("HU", "business", "HUF", "HU-business"),
        ("HU", "business", "EUR", "HU-business-EUR"),
        ("HU", "consumer", "HUF", "HU-consumer"),
        ("HU", "medical", "HUF", "HU-business"),
        ("HU", "medical", "EUR", "HU-business-EUR"),
        ("DE", "business", "EUR", "EU-business"),
        ("DE", "medical", "EUR", "EU-business"),
        ("DE", "consumer", "EUR", "EU-consumer"),
        ("", "business", "HUF", "EU-business"),
    ],
)
def test_the_table_is_that_of_the_creditors_law(
    country: str, debtor: Debtor, currency: str, table: str
) -> None:
    assert table_of(country, debtor, currency) == table
    assert table.startswith(law_of(country))


def lines(until: date, *changes: Change, amount: int = 1_000_00) -> list[tuple[date, date, int]]:
    found = interest(Money(amount, "PLN"), DUE, until, "PL-business", [FLAT], changes)
    return [(line.first_day, line.last_day, line.amount.minor) for line in found]


def march(day: int) -> date:
    return date(2026, 3, day)


def paid(day: int, minor: int) -> Change:
    return Change(march(day), Money(-minor, "PLN"))


@pytest.mark.parametrize(
    ("until", "changes", "expected"),
    [
        (2, [], []),  # paid on the due day
        (3, [], [(3, 3, 100_000)]),
        (9, [], [(3, 9, 100_000)]),
        (9, [paid(2, 1_000)], [(3, 9, 99_000)]),
        (9, [paid(3, 1_000)], [(3, 3, 100_000), (4, 9, 99_000)]),
        (9, [paid(9, 1_000)], [(3, 9, 100_000)]),
        (9, [paid(12, 1_000)], [(3, 9, 100_000)]),
        (9, [paid(5, 100_000)], [(3, 5, 100_000)]),
        (9, [paid(5, 99_999)], [(3, 5, 100_000), (6, 9, 1)]),
        (9, [paid(5, 60_000), paid(4, 10_000)], [(3, 4, 100_000), (5, 5, 90_000), (6, 9, 30_000)]),
        (9, [paid(4, 10_000), paid(4, 10_000)], [(3, 4, 100_000), (5, 9, 80_000)]),
    ],
)
def test_interest_runs_from_the_day_after_to_the_day_of_payment(
    until: int, changes: list[Change], expected: list[tuple[int, int, int]]
) -> None:
    found = lines(march(until), *changes)
    assert found == [(march(first), march(last), minor) for first, last, minor in expected]


def test_a_line_says_what_it_was_earned_with() -> None:
    (line,) = interest(Money(1_000_00, "PLN"), DUE, march(12), "PL-business", [FLAT])
    expected = Line(
        march(3),
        march(12),
        Decimal("36.5"),
        Money(1_000_00, "PLN"),
        Money(10_00, "PLN"),
        "the law",
    )
    assert line == expected
    assert line.days == 10


def test_a_rate_holds_from_its_first_day_to_its_last() -> None:
    half = replace(FLAT, last_day=march(5))
    rest = replace(FLAT, first_day=march(6), percent=Decimal(73), source="another law")
    other = replace(FLAT, table="OTHER", percent=Decimal(1))
    found = interest(Money(1_000_00, "PLN"), DUE, march(7), "PL-business", [other, half, rest])
    assert [(line.first_day, line.last_day, line.interest.minor) for line in found] == [
        (march(3), march(5), 3_00),
        (march(6), march(7), 4_00),
    ]
    with pytest.raises(NoRate) as refused:
        interest(Money(1, "PLN"), DUE, march(6), "PL-business", [half])
    assert refused.value.facts == {"period": "2026 I", "table": table_name("PL-business")}


@pytest.mark.parametrize(
    ("day", "period"),
    [
        (date(2026, 1, 1), "2026 I"),
        (date(2026, 6, 30), "2026 I"),
        (date(2026, 7, 1), "2026 II"),
        (date(2026, 12, 31), "2026 II"),
    ],
)
def test_a_half_year_ends_with_june_and_with_december(day: date, period: str) -> None:
    assert half_year(day) == period


def test_a_line_ends_with_the_half_year() -> None:
    found = interest(
        Money(100_00, "PLN"), date(2026, 6, 28), date(2026, 7, 2), "PL-business", [FLAT]
    )
    assert [(line.first_day, line.last_day) for line in found] == [
        (date(2026, 6, 29), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2026, 7, 2)),
    ]


NBP = ExchangeRate("NBP", date(2026, 2, 27), Decimal("4.2"), "table A")
MNB = ExchangeRate("MNB", DUE + timedelta(1), Decimal("390.5"), "MNB")


@pytest.mark.parametrize(
    ("country", "debtor", "amount", "expected"),
    [
        ("PL", "business", Money(5_000_00, "PLN"), (40, Money(168_00, "PLN"), NBP)),
        ("PL", "medical", Money(5_000_01, "PLN"), (70, Money(294_00, "PLN"), NBP)),
        ("PL", "business", Money(49_999_99, "PLN"), (70, Money(294_00, "PLN"), NBP)),
        ("PL", "business", Money(50_000_00, "PLN"), (100, Money(420_00, "PLN"), NBP)),
        ("PL", "business", Money(90_000_00, "EUR"), (40, Money(168_00, "PLN"), NBP)),
        ("HU", "business", Money(90_000_00, "HUF"), (40, Money(15_620_00, "HUF"), MNB)),
        ("HU", "business", Money(90_000_00, "PLN"), (40, Money(15_620_00, "HUF"), MNB)),
        ("DE", "business", Money(90_000_00, "EUR"), (40, None, None)),
    ],
)
def test_the_fixed_sum_goes_by_law_and_amount(
    country: str,
    debtor: Debtor,
    amount: Money,
    expected: tuple[int, Money | None, ExchangeRate | None],
) -> None:
    euro, converted, rate = expected
    others = [replace(NBP, on=DUE), replace(MNB, on=DUE), replace(NBP, bank="ECB")]
    wrong = [replace(other, value=Decimal(9)) for other in others]
    told = compensation(country, debtor, amount, DUE, [*wrong, NBP, MNB])
    on, value = (rate.on, rate.value) if rate else (None, None)
    assert told == Compensation(euro, converted, on, value)


@pytest.mark.parametrize(
    ("due_on", "day"),
    [
        (date(2026, 9, 15), date(2026, 8, 31)),  # 1 September, a Tuesday, is of this month
        (date(2026, 9, 1), date(2026, 8, 31)),
        (date(2026, 6, 30), date(2026, 5, 29)),
        (date(2026, 1, 15), date(2025, 12, 31)),
    ],
)
def test_poland_converts_at_the_end_of_the_month_before(due_on: date, day: date) -> None:
    told = compensation("PL", "business", Money(1, "PLN"), due_on)
    assert told == Compensation(40, None, day, None)


def test_without_the_rate_of_the_day_the_day_alone_is_told() -> None:
    told = compensation("PL", "business", Money(1, "PLN"), DUE, [MNB])
    assert told == Compensation(40, None, date(2026, 2, 27), None)
    assert compensation("HU", "consumer", Money(1, "HUF"), DUE) is None


def test_only_verified_rates_of_the_table_are_known() -> None:
    later = replace(FLAT, last_day=date(2027, 6, 30))
    from_memory = replace(FLAT, last_day=date(2028, 6, 30), status="memory")
    elsewhere = replace(FLAT, last_day=date(2029, 6, 30), table="OTHER")
    known = [later, FLAT, from_memory, elsewhere]
    assert last_known_day("PL-business", known, FLAT.first_day) == date(2027, 6, 30)
    assert last_known_day("PL-business", [from_memory, elsewhere], FLAT.first_day) is None


@pytest.mark.parametrize(
    ("today", "first_day_of_the_next", "last_known"),
    [
        (date(2026, 12, 31), date(2027, 1, 1), date(2027, 12, 31)),
        (date(2026, 12, 31), date(2026, 12, 20), date(2027, 12, 31)),
        (date(2026, 12, 31), date(2027, 1, 2), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2027, 1, 2), date(2026, 12, 31)),
        (date(2027, 6, 30), date(2027, 7, 1), date(2026, 12, 31)),
        (date(2027, 7, 1), date(2027, 7, 1), date(2027, 12, 31)),
        (date(2026, 6, 30), date(2027, 1, 1), None),
    ],
)
def test_a_gap_ends_what_is_known_until_the_next_rate_begins(
    today: date, first_day_of_the_next: date, last_known: date | None
) -> None:
    this = replace(FLAT, first_day=date(2026, 7, 1), last_day=date(2026, 12, 31))
    following = replace(FLAT, first_day=first_day_of_the_next, last_day=date(2027, 12, 31))
    assert last_known_day("PL-business", [following, this], today) == last_known


def test_a_short_rate_within_a_longer_one_ends_nothing() -> None:
    whole = replace(FLAT, first_day=date(2026, 1, 1), last_day=date.max)
    within = replace(FLAT, first_day=date(2026, 2, 1), last_day=date(2026, 2, 28))
    assert last_known_day("PL-business", [whole, within], date(2026, 3, 1)) == date.max


@pytest.mark.parametrize(
    ("percent", "written"), [("11.125", "11.13"), ("11.124", "11.12"), ("11", "11.00")]
)
def test_a_rate_is_written_with_two_decimals_half_up(percent: str, written: str) -> None:
    assert str(rounded(Decimal(percent))) == written
