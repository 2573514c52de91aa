"""Late interest and compensation: published check values, borders of half-years, thresholds."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.money import Money
from handlers.ledger.model.due_days import effective_due
from handlers.ledger.model.interest import (
    Change,
    ExchangeRate,
    Line,
    NoRate,
    Rate,
    compensation,
    half_year,
    interest,
    last_known_day,
    table_of,
)
from handlers.ledger.rates.book import shipped


def pln(amount: str) -> Money:
    return Money.of(Decimal(amount), "PLN")


def total(lines: Sequence[Line]) -> str:
    return f"{sum((line.interest.amount for line in lines), Decimal(0)):.2f}"


def test_a_published_example_is_reproduced_to_the_grosz() -> None:
    lines = interest(pln("12400.00"), date(2026, 3, 2), date(2026, 4, 15), "PL-business", shipped())
    assert [(line.days, line.rate, total([line])) for line in lines] == [
        (44, Decimal("14.00"), "209.27")
    ]


def test_another_half_year_begins_another_line() -> None:
    lines = interest(
        pln("10000.00"), date(2026, 5, 15), date(2026, 11, 20), "PL-business", shipped()
    )
    assert [(line.days, str(line.rate), total([line])) for line in lines] == [
        (46, "14.00", "176.44"),
        (143, "13.75", "538.70"),
    ]
    assert total(lines) == "715.14"


def test_half_years_of_one_rate_stand_apart() -> None:
    lines = interest(pln("100.00"), date(2024, 6, 29), date(2024, 7, 2), "PL-business", shipped())
    assert [(line.first_day, line.last_day) for line in lines] == [
        (date(2024, 6, 30), date(2024, 6, 30)),
        (date(2024, 7, 1), date(2024, 7, 2)),
    ]


def test_a_leap_year_has_its_day_and_is_divided_by_365() -> None:
    (line,) = interest(
        pln("36500.00"), date(2024, 2, 28), date(2024, 3, 1), "PL-business", shipped()
    )
    assert line.days == 2
    assert line.interest == pln("31.50")


def test_a_part_payment_lowers_what_bears_interest_from_the_next_day() -> None:
    lines = interest(
        pln("1000.00"),
        date(2026, 1, 5),
        date(2026, 1, 25),
        "PL-business",
        shipped(),
        [Change(date(2026, 1, 15), pln("-400.00"))],
    )
    assert [(line.amount, line.days) for line in lines] == [(pln("1000"), 10), (pln("600"), 10)]


def test_what_was_paid_by_the_due_day_bears_none() -> None:
    paid = [Change(date(2026, 1, 5), pln("-1000.00"))]
    assert not interest(
        pln("1000"), date(2026, 1, 5), date(2026, 2, 1), "PL-business", shipped(), paid
    )


@pytest.mark.parametrize(
    ("table", "paid", "missing"),
    [
        ("PL-business", date(2027, 1, 1), "2027 I"),
        ("HU-business", date(2026, 7, 1), "2026 II"),
        ("HU-business", date(2024, 1, 31), "2024 I"),
        ("EU-business", date(2026, 1, 31), "2026 I"),
        ("HU-business-EUR", date(2026, 1, 31), "2026 I"),
        ("PL-consumer", date(2026, 7, 30), "2026 II"),
    ],
)
def test_past_the_last_verified_rate_nothing_is_computed(
    table: str, paid: date, missing: str
) -> None:
    with pytest.raises(NoRate) as refused:
        interest(pln("100.00"), paid - timedelta(days=1), paid, table, shipped())
    assert missing in str(refused.value)


def test_a_rate_that_was_entered_counts() -> None:
    entered = Rate(
        "PL-business", date(2027, 1, 1), date(2027, 6, 30), Decimal(13), "entered", "M.P. 2026"
    )
    lines = interest(
        pln("365"), date(2026, 12, 31), date(2027, 1, 10), "PL-business", [*shipped(), entered]
    )
    assert total(lines) == "1.30"


def test_a_rate_from_memory_does_not() -> None:
    from_memory = replace(shipped()[0], status="memory")
    with pytest.raises(NoRate):
        interest(
            pln("1"), from_memory.first_day, from_memory.last_day, from_memory.table, [from_memory]
        )


@pytest.mark.parametrize(
    ("amount", "euro"),
    [("5000.00", 40), ("5000.01", 70), ("49999.99", 70), ("50000.00", 100)],
)
def test_compensation_in_poland_goes_by_the_amount(amount: str, euro: int) -> None:
    due = compensation("PL", "business", pln(amount), date(2026, 3, 2))
    assert due is not None
    assert due.euro == euro
    assert due.converted is None


def test_compensation_is_converted_at_the_rate_of_the_last_working_day_of_the_month_before() -> (
    None
):
    rate = ExchangeRate("NBP", date(2026, 10, 30), Decimal("4.2500"), "NBP 211/A/NBP/2026")
    due = compensation("PL", "business", pln("100"), date(2026, 11, 2), [rate])
    assert due is not None
    assert (due.converted, due.converted_on) == (pln("170.00"), date(2026, 10, 30))


def test_a_due_day_that_moves_over_the_end_of_a_month_moves_the_exchange_day() -> None:
    due_on = effective_due(date(2026, 1, 31), "PL")  # a Saturday
    assert due_on == date(2026, 2, 2)
    due = compensation("PL", "business", pln("100"), due_on)
    assert due is not None
    assert due.converted_on == date(2026, 1, 30)


@pytest.mark.parametrize(
    ("country", "due", "effective"),
    [
        ("PL", date(2026, 12, 24), date(2026, 12, 28)),
        ("PL", date(2027, 1, 1), date(2027, 1, 4)),
        ("PL", date(2026, 4, 4), date(2026, 4, 7)),
        ("PL", date(2026, 10, 31), date(2026, 11, 2)),
        ("PL", date(2024, 12, 24), date(2024, 12, 24)),
        ("HU", date(2026, 1, 10), date(2026, 1, 10)),
        ("HU", date(2026, 12, 24), date(2026, 12, 28)),
    ],
)
def test_a_due_day_on_which_nobody_works_moves(country: str, due: date, effective: date) -> None:
    assert effective_due(due, country) == effective


def test_consumers_pay_no_compensation_and_their_own_rate() -> None:
    assert compensation("PL", "consumer", pln("100"), date(2026, 3, 2)) is None
    lines = interest(pln("365"), date(2026, 3, 9), date(2026, 3, 19), "PL-consumer", shipped())
    assert total(lines) == "0.93"  # 0.925, half up
    assert table_of("PL", "consumer", "PLN") == "PL-consumer"


def test_hungary_claims_forty_euro_at_the_first_day_of_late_interest() -> None:
    due = compensation("HU", "business", Money(100_000_00, "HUF"), date(2026, 3, 2))
    assert due is not None
    assert (due.euro, due.converted_on) == (40, date(2026, 3, 3))


def test_forints_that_are_earned_are_whole_line_by_line() -> None:
    rate = Rate("HU-business", date(2026, 1, 1), date(2026, 12, 31), Decimal("14.5"), "entered", "")
    owed, part = Money.of(100_000, "HUF"), Change(date(2026, 7, 9), Money.of(-33_333, "HUF"))
    lines = interest(owed, date(2026, 6, 20), date(2026, 7, 19), rate.table, [rate], [part])
    # 397.26, 357.53 and 264.84 forints
    assert [line.interest.plain() for line in lines] == ["397.00", "358.00", "265.00"]
    exchange = ExchangeRate("MNB", date(2026, 6, 21), Decimal("398.52"), "MNB")
    fixed = compensation("HU", "business", owed, date(2026, 6, 20), [exchange])
    assert fixed is not None
    assert fixed.converted == Money.of(15_941, "HUF")  # 15 940.80


def test_the_end_of_what_is_known_is_told() -> None:
    assert last_known_day("PL-business", shipped(), date(2026, 11, 30)) == date(2026, 12, 31)
    assert last_known_day("EU-business", shipped(), date(2026, 11, 30)) is None
    assert half_year(date(2027, 6, 30)) == "2027 I"


days = st.dates(date(2022, 7, 1), date(2026, 12, 30))


@given(
    st.integers(1, 10**9),
    st.lists(st.tuples(days, st.integers(1, 10**8)), max_size=4),
    days,
    days,
)
def test_the_lines_cover_each_day_once_and_agree_with_a_count_by_the_day(
    minor: int, payments: list[tuple[date, int]], one_day: date, other_day: date
) -> None:
    due_on, until = sorted((one_day, other_day))
    changes = [Change(day, Money(-paid, "PLN")) for day, paid in payments]
    lines = interest(Money(minor, "PLN"), due_on, until, "PL-business", shipped(), changes)
    for line in lines:
        assert due_on < line.first_day <= line.last_day <= until
        assert line.amount.minor > 0
    counted = _by_the_day(minor, changes, due_on, until)
    assert abs(Decimal(total(lines)) - counted) <= Decimal("0.005") * len(lines)


def _by_the_day(minor: int, changes: list[Change], due_on: date, until: date) -> Decimal:
    """The slow way: each day on its own, nothing rounded."""
    earned = Decimal(0)
    day = due_on + timedelta(days=1)
    while day <= until:
        paid = sum(change.amount.minor for change in changes if change.on < day)
        (rate,) = (
            rate
            for rate in shipped()
            if rate.table == "PL-business" and rate.first_day <= day <= rate.last_day
        )
        owed = max(0, minor + paid)
        earned += Decimal(owed) / 100 * rate.percent / 36500
        day += timedelta(days=1)
    return earned
