"""Days in words, where a name may be one."""

from datetime import date

import pytest

from bot.kit.language.spoken_days import DAY, take_day

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("name", ["Piątek", "Sobota sp.j.", "Friday Foods", "Péntek Kft."])
def test_names_of_companies_stay_where_weekdays_are_not_meant(name: str) -> None:
    asked = f"statement {name} 31.10.2026"
    rest = f"statement {name} {DAY}"
    assert take_day(asked, TODAY, weekdays=False) == (date(2026, 10, 31), rest)
    assert take_day(f"statement {name}", TODAY)[0] is not None
