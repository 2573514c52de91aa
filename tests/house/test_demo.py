"""The demo's first moment: a working morning in both countries, with a working day after it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.demo.scenes import opening
from bot.kit.working_time import is_country_working_day

WARSAW = ZoneInfo("Europe/Warsaw")
moments = st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@given(moments)
def test_demo_opens_in_office_hours_before_a_day_on_which_reminders_go(now: datetime) -> None:
    opens = opening(now).astimezone(WARSAW)
    assert opens >= now
    assert 10 <= opens.hour < 14
    for day in (opens.date(), opens.date() + timedelta(days=1)):
        assert is_country_working_day("PL", day)
        assert is_country_working_day("HU", day)


@given(moments)
def test_demo_that_has_opened_stays_where_it_is(now: datetime) -> None:
    assert opening(opening(now)) == opening(now)
