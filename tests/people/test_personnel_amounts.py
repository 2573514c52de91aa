"""Pay in a list of personnel facts: read as every other amount is, or refused in one sentence."""

import pytest

from bot.kit.tables.lists import CellUnreadable, Record, records
from bot.kit.tables.values import AmountUnclear
from handlers.people.model.personnel import HEADINGS, facts_of


def row(column: str, *cells: str) -> Record:
    """The first row of a list with these cells below one heading."""
    text = "\n".join([f"person|{column}", *(f"U1|{cell}" for cell in cells)])
    return next(records("kadry.csv", text.encode(), HEADINGS))


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("9400", "9400"),
        ("9400.00", "9400.00"),
        ("9400,5", "9400.5"),
        ("9 400,00", "9400.00"),
        ("9\xa0400,00", "9400.00"),
        ("9.400,00", "9400.00"),
        ("9,400.00", "9400.00"),
        ("0", "0"),
    ],
)
def test_pay_is_read_as_people_write_amounts(written: str, kept: str) -> None:
    assert facts_of(row("base pay", written)) == {"base_pay": kept}


def test_whole_column_tells_what_a_sign_before_three_digits_parts() -> None:
    assert facts_of(row("base pay", "9.400", "8 500,50")) == {"base_pay": "9400"}
    with pytest.raises(AmountUnclear, match="in the column “base pay”"):
        row("base pay", "9.400", "8500")


@pytest.mark.parametrize(
    "written", ["9400 zł", "PLN 9400", "-9400", "(9400)", "9400.123", "sto", "1e3", "9" * 13, "NaN"]
)
def test_what_is_no_plain_amount_is_refused_with_its_column(written: str) -> None:
    with pytest.raises(CellUnreadable) as refused:
        facts_of(row("base pay", written))
    assert refused.value.facts == {"text": written, "column": "base pay", "example": "9400.00"}


def test_amounts_of_months_and_deductions_are_read_alike() -> None:
    assert facts_of(row("pay", "2026-08 9.400 6700,00")) == {
        "months": [["2026-08-01", "9400", "6700.00"]]
    }
    assert facts_of(row("deductions", "komornik: 1 300,00")) == {
        "deductions": [["komornik", "1300.00"]]
    }
    with pytest.raises(CellUnreadable):
        facts_of(row("pay", "2026-08 9400zł 6700"))
