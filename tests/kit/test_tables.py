"""The one reader of tables: amounts, days and directions of cells, decided over whole columns."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.tables.amounts import amount as amount_in
from bot.kit.tables.amounts import signs_of
from bot.kit.tables.days import day as day_in
from bot.kit.tables.days import order_of
from bot.kit.tables.directions import sign_of


@pytest.mark.parametrize(
    ("cell", "decimal", "amount"),
    [
        ("1234.5", ".", "1234.5"),
        ("1 234,50 zł", ",", "1234.50"),
        ("1.234,50", ",", "1234.50"),
        ("1,234.50", ".", "1234.50"),
        ("(12.00)", ".", "-12.00"),
        ("11 054,- Ft", ",", "11054"),
        ("EUR -5.20", ".", "-5.20"),
        (".50", ".", None),
        ("12,00-", ",", "-12.00"),
        ("−5", ".", "-5"),
        ("100,00 -", ",", "-100.00"),
        ("9 982,76 zł-", ",", "-9982.76"),
        ("?9982,76", ",", None),
        ("12,-", ",", "12"),
        ("1,100.00 CR", ".", "1100.00"),
        ("50.00 DR", ".", "-50.00"),
        ("13,37 S", ",", "-13.37"),
        ("12 pizzas", ".", None),
        ("1 23,00", ",", None),
        ("1\xa0234\u202f567 Ft", ",", "1234567"),
        (12.1, ",", "12.1"),
        (0.1 + 0.2, ".", "0.3"),
        (7, ",", "7"),
        ("1234.50", ",", None),
        ("1234,50", ".", None),
        ("1.2345,00", ",", None),
        ("12.34.567,00", ",", None),
        ("1.234.567", ",", "1234567"),
        ("1e5", ".", None),
        ("NaN", ".", None),
        ("", ".", None),
        ("--5", ".", None),
        ("9" * 30, ".", None),
        (True, ".", None),
        (float("inf"), ".", None),
    ],
)
def test_amounts_are_read_as_people_write_them(
    cell: object, decimal: str, amount: str | None
) -> None:
    assert amount_in(cell, decimal) == (None if amount is None else Decimal(amount))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "order", "day"),
    [
        ("2026-11-02", "ymd", date(2026, 11, 2)),
        ("2026.11.02.", "ymd", date(2026, 11, 2)),
        ("02.11.2026", "dmy", date(2026, 11, 2)),
        ("11/2/26", "mdy", date(2026, 11, 2)),
        ("2026-11-02 12:30:00", "dmy", date(2026, 11, 2)),
        (datetime(2026, 11, 2, 5), "dmy", date(2026, 11, 2)),  # noqa: DTZ001 - as a spreadsheet gives it
        (46328, "dmy", date(2026, 11, 2)),
        ("06 sty 2026", "dmy", date(2026, 1, 6)),
        ("5 stycznia 2026", "ymd", date(2026, 1, 5)),
        ("2026. január 5.", "ymd", date(2026, 1, 5)),
        ("01 NOV 2025", "dmy", date(2025, 11, 1)),
        ("29-Aug-26", "mdy", date(2026, 8, 29)),
        ("Aug 30 2026", "dmy", date(2026, 8, 30)),
        ("2026-02-30", "dmy", None),
        ("20.11.126", "dmy", None),
        ("06/06/2026", "ymd", date(2026, 6, 6)),
        ("20261102", "ymd", date(2026, 11, 2)),
        ("01/02/2026", "ymd", None),
        ("soon", "dmy", None),
        ("32.01.2026", "dmy", None),
        (3, "dmy", None),
    ],
)
def test_days_are_read_as_people_write_them(cell: object, order: str, day: date | None) -> None:
    assert day_in(cell, order) == day


@given(amount=st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_amount_written_in_either_way_is_the_same(amount: Decimal) -> None:
    american = f"{amount:,.2f}"
    european = american.replace(",", "\xa0").replace(".", ",")
    assert amount_in(american, ".") == amount_in(european, ",") == amount


@given(cell=st.text(max_size=30), decimal=st.sampled_from([".", ","]))
def test_any_text_is_an_amount_or_none(cell: str, decimal: str) -> None:
    read = amount_in(cell, decimal)
    assert read is None or read.is_finite()


@given(
    st.integers(-(10**11), 10**11),
    st.sampled_from([",", "."]),
    st.sampled_from(["", " ", "\xa0", "'"]),
)
def test_amounts_are_read_back_as_they_were_written(
    cents: int, decimal: str, thousands: str
) -> None:
    plain = f"{Decimal(cents) / 100:,.2f}"
    written = plain.replace(",", "T").replace(".", decimal).replace("T", thousands)
    assert amount_in(f"{written} PLN", decimal) == Decimal(plain.replace(",", ""))
    assert signs_of([written]).decimal() == decimal


@pytest.mark.parametrize(
    ("cells", "currency", "decimal"),
    [
        (["1.000", "12.500"], "PLN", None),
        (["1,000", "12,500"], None, None),
        (["1.000", "12.500", "1.234,56"], "PLN", ","),
        (["1.000", "12500.00"], "HUF", "."),
        (["1.000", "1.250.000"], "PLN", ","),
        (["1.000", "12.500"], "HUF", ","),
        (["12,345"], "KWD", ","),
        (["12.345", "1234.500"], "PLN", "."),
        (["12.345", "0.500"], "PLN", "."),
        (["1 234.500"], "PLN", "."),
        (["12", "500"], "PLN", ","),
    ],
)
def test_decimal_sign_is_decided_by_the_whole_column_or_left_open(
    cells: list[str], currency: str | None, decimal: str | None
) -> None:
    assert signs_of(cells).decimal(currency) == decimal


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_days_are_read_back_as_they_were_written(day: date) -> None:
    for pattern, order in (
        ("%Y-%m-%d", "ymd"),
        ("%d.%m.%Y", "dmy"),
        ("%m/%d/%Y", "mdy"),
        ("%Y.%m.%d.", "ymd"),
        ("%Y%m%d", "ymd"),
        ("%d %B %Y", "ymd"),
        ("%b %d, %Y", "ymd"),
    ):
        assert day_in(day.strftime(pattern), order) == day


@pytest.mark.parametrize(
    ("cells", "is_continental", "order"),
    [
        (["03/04/2026", "11/20/2026"], True, "mdy"),
        (["03/04/2026", "20/11/2026"], False, "dmy"),
        (["03/04/2026"], False, None),
        (["03/04/2026"], True, "dmy"),
        (["03.04.2026", "03-04-2026"], False, "dmy"),
        (["06/06/2026", "12/12/2026"], False, "ymd"),
        (["2026-04-03"], False, "ymd"),
    ],
)
def test_order_of_day_and_month_is_decided_by_the_whole_column_or_left_open(
    cells: list[str], is_continental: bool, order: str | None
) -> None:
    assert order_of(cells).of(is_continental) == order


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        ("C|CR|Credit|Ma|Uznanie|Jóváírás|J|H|Haben|+|RD", 1),
        ("D|DR|Debit|DBIT|Wn|Winien|Obciążenie|Terhelés|T|S|Soll|−|RC", -1),
        ("|TRANSFER|charge|?", 0),
    ],
)
def test_directions_are_known_by_their_words_and_nothing_else(words: str, sign: int) -> None:
    assert {sign_of(word) for word in words.split("|")} == {sign}
