"""Pay in a list of personnel facts: read as every other amount is, or refused in one sentence."""

import pytest

from handlers.people.model.personnel import CannotRead, facts_of


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("9400", "9400"),
        ("9400.00", "9400.00"),
        ("9400,5", "9400.5"),
        ("9 400,00", "9400.00"),
        ("9\xa0400,00", "9400.00"),
        ("9.400", "9400"),
        ("9.400,00", "9400.00"),
        ("9,400.00", "9400.00"),
        ("0", "0"),
    ],
)
def test_pay_is_read_as_people_write_amounts(written: str, kept: str) -> None:
    assert facts_of({"base_pay": written}) == {"base_pay": kept}


@pytest.mark.parametrize(
    "written", ["9400 zł", "PLN 9400", "-9400", "(9400)", "9400.123", "sto", "1e3", "9" * 13, "NaN"]
)
def test_what_is_no_plain_amount_is_refused_with_its_column(written: str) -> None:
    with pytest.raises(CannotRead) as refused:
        facts_of({"base_pay": written})
    assert refused.value.facts == {"text": written, "column": "base_pay", "example": "9400.00"}


def test_amounts_of_months_and_deductions_are_read_alike() -> None:
    facts = facts_of({"months": "2026-08 9.400 6700,00", "deductions": "komornik: 1 300,00"})
    assert facts["months"] == [["2026-08-01", "9400", "6700.00"]]
    assert facts["deductions"] == [["komornik", "1300.00"]]
    with pytest.raises(CannotRead):
        facts_of({"months": "2026-08 9400zł 6700"})
