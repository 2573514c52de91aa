"""Working time against a slow reference that walks minute by minute, and the days that trap
everybody.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.kit.catalogue import WEEKDAYS, Calendar, Frame, Hours
from bot.kit.working_time import (
    NeverOpen,
    QuietHours,
    WorkCalendar,
    is_country_working_day,
    next_country_working_day,
    reading_hours,
    work_calendar,
)

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)

# Written out by hand: what the law of each country says, independent of any library.
PL_FREE = """2024-01-01 2024-01-06 2024-03-31 2024-04-01 2024-05-01 2024-05-03 2024-05-19
 2024-05-30 2024-08-15
 2024-11-01 2024-11-11 2024-12-25 2024-12-26 2025-01-01 2025-01-06 2025-04-20 2025-04-21
 2025-05-01 2025-05-03
 2025-06-08 2025-06-19 2025-08-15 2025-11-01 2025-11-11 2025-12-24 2025-12-25 2025-12-26
 2026-01-01 2026-01-06
 2026-04-05 2026-04-06 2026-05-01 2026-05-03 2026-05-24 2026-06-04 2026-08-15 2026-11-01
 2026-11-11 2026-12-24
 2026-12-25 2026-12-26 2027-01-01 2027-01-06"""
HU_FREE = """2024-01-01 2024-03-15 2024-03-29 2024-03-31 2024-04-01 2024-05-01 2024-05-19
 2024-05-20 2024-08-19
 2024-08-20 2024-10-23 2024-11-01 2024-12-24 2024-12-25 2024-12-26 2024-12-27 2025-01-01
 2025-03-15 2025-04-18
 2025-04-20 2025-04-21 2025-05-01 2025-05-02 2025-06-08 2025-06-09 2025-08-20 2025-10-23
 2025-10-24 2025-11-01
 2025-12-24 2025-12-25 2025-12-26 2026-01-01 2026-01-02 2026-03-15 2026-04-03 2026-04-05
 2026-04-06 2026-05-01
 2026-05-24 2026-05-25 2026-08-20 2026-08-21 2026-10-23 2026-11-01 2026-12-24 2026-12-25
 2026-12-26 2027-01-01"""
HU_WORKED = (
    "2024-08-03 2024-12-07 2024-12-14 2025-05-17 2025-10-18 2025-12-13 2026-01-10 2026-08-08"
)
FREE = {"PL": frozenset(PL_FREE.split()), "HU": frozenset(HU_FREE.split())}
WORKED = {"PL": frozenset[str](), "HU": frozenset(HU_WORKED.split())}
# Nights on which the clocks change, and the days around them.
CLOCKS_CHANGE = [
    date(2024, 3, 31),
    date(2024, 10, 27),
    date(2025, 3, 30),
    date(2025, 10, 26),
    date(2026, 3, 29),
]
# The first look into a year takes a moment, and the walk by the minute takes many.
unhurried = settings(suppress_health_check=[HealthCheck.too_slow])
ZONES = [
    "Europe/Warsaw",
    "Europe/Budapest",
    "America/New_York",
    "Asia/Kathmandu",
    "UTC",
    "Africa/Cairo",
]


def office(country: str = "PL", timezone: str = "Europe/Warsaw", **more: object) -> WorkCalendar:
    frames = (Frame(opens=8 * 60, closes=12 * 60), Frame(opens=12 * 60 + 30, closes=16 * 60))
    hours = Hours(weekdays=frames)
    return WorkCalendar(
        Calendar.model_validate(
            {"key": "office", "country": country, "timezone": timezone, "hours": hours, **more}
        )
    )


def warsaw(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Warsaw"))


def frames_by_hand(calendar: Calendar, day: date) -> tuple[Frame, ...]:
    """What is worked on a day, told from the lists above."""
    usual: tuple[Frame, ...] = getattr(calendar.hours, WEEKDAYS[day.weekday()])
    if day in calendar.closures:
        return ()
    if str(day) in WORKED[calendar.country]:
        moved = calendar.hours.working_saturday
        return calendar.hours.friday or () if moved is None else moved
    return () if str(day) in FREE[calendar.country] else usual


def open_by_hand(calendar: Calendar, moment: datetime) -> bool:
    wall = moment.astimezone(ZoneInfo(calendar.timezone))
    minute = wall.hour * 60 + wall.minute
    return any(f.opens <= minute < f.closes for f in frames_by_hand(calendar, wall.date()))


def minutes_by_hand(calendar: Calendar, start: datetime, end: datetime) -> int:
    """The slow reference: look at the clock on the wall once a minute."""
    length = (end - start) // MINUTE
    return sum(open_by_hand(calendar, start + n * MINUTE) for n in range(length))


@st.composite
def days_frames(draw: st.DrawFn) -> tuple[Frame, ...]:
    edges = draw(st.lists(st.integers(0, 24 * 60), min_size=0, max_size=6, unique=True).map(sorted))
    return tuple(Frame(opens=a, closes=b) for a, b in list(pairwise(edges))[::2])


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    hours = Hours(**{day: draw(days_frames()) for day in [*WEEKDAYS, "working_saturday"]})
    assume(any(map(hours.on, range(7))))
    closures = draw(st.lists(st.dates(date(2024, 1, 1), date(2026, 12, 31)), max_size=3))
    country, zone = draw(st.sampled_from(["PL", "HU"])), draw(st.sampled_from(ZONES))
    return Calendar(
        key="any", country=country, timezone=zone, hours=hours, closures=tuple(closures)
    )


def starts() -> st.SearchStrategy[datetime]:
    """Any minute of three years, rather often about a change of the clocks, Christmas or a moved
    Saturday.
    """
    traps = [
        *CLOCKS_CHANGE,
        *(date(y, 12, 24) for y in (2024, 2025)),
        date(2026, 1, 10),
        date(2024, 12, 14),
    ]
    whole = st.dates(date(2024, 1, 3), date(2026, 12, 10))
    days = st.one_of(whole, st.sampled_from(traps).map(lambda d: d - DAY))
    return st.builds(
        lambda day, minute: datetime(day.year, day.month, day.day, tzinfo=UTC) + minute * MINUTE,
        days,
        st.integers(0, 1439),
    )


@unhurried
@given(calendars(), starts(), st.integers(0, 5 * 1440))
def test_working_time_between_two_moments_is_what_a_walk_by_the_minute_counts(
    calendar: Calendar, start: datetime, length: int
) -> None:
    end = start + length * MINUTE
    counted = WorkCalendar(calendar).between(start, end)
    assert counted == minutes_by_hand(calendar, start, end) * MINUTE


@unhurried
@given(calendars(), starts(), st.integers(1, 1500))
def test_a_deadline_is_the_first_moment_at_which_the_walk_has_counted_enough(
    calendar: Calendar, start: datetime, working: int
) -> None:
    moment, left = start, working
    for _ in range(6 * 1440):
        if not left:
            break
        left -= open_by_hand(calendar, moment)
        moment += MINUTE
    assume(not left)
    assert WorkCalendar(calendar).add(start, working * MINUTE) == moment


@unhurried
@given(calendars(), starts())
def test_open_and_the_next_opening_are_what_the_wall_clock_says(
    calendar: Calendar, start: datetime
) -> None:
    fast = WorkCalendar(calendar)
    assert fast.is_open(start) == open_by_hand(calendar, start)
    opening = next(
        (m for n in range(4 * 1440) if open_by_hand(calendar, m := start + n * MINUTE)), None
    )
    assume(opening is not None)
    assert fast.next_opening(start) == opening


SECONDS_OF_2020S = (1_577_836_800, 1_893_456_000)
any_moment = st.integers(*SECONDS_OF_2020S).map(lambda s: datetime.fromtimestamp(s, UTC))


@unhurried
@given(calendars(), any_moment, st.timedeltas(timedelta(microseconds=1), timedelta(hours=4000)))
def test_a_deadline_is_as_far_in_working_time_as_was_asked_there_and_back(
    calendar: Calendar, start: datetime, working: timedelta
) -> None:
    fast = WorkCalendar(calendar)
    monday = datetime(2029, 6, 4, tzinfo=UTC)
    assume(
        fast.between(monday, monday + 7 * DAY) * 1_000 > working
    )  # else beyond the last known year
    deadline = fast.add(start, working)
    assert fast.between(start, deadline) == working
    assert not fast.is_open(deadline) or fast.between(start, deadline + MINUTE / 60) > working
    assert fast.between(fast.add(deadline, -working), deadline) == working
    assert start <= fast.add(deadline, -working)


@unhurried
@given(calendars(), any_moment, any_moment, any_moment)
def test_working_time_adds_up_over_any_cut(
    calendar: Calendar, a: datetime, b: datetime, c: datetime
) -> None:
    fast = WorkCalendar(calendar)
    assert fast.between(a, b) + fast.between(b, c) == fast.between(a, c)


def test_two_hours_asked_for_on_friday_at_three_are_done_on_monday_at_nine() -> None:
    assert office().add(warsaw("2026-11-20T15:00"), timedelta(hours=2)) == warsaw(
        "2026-11-23T09:00"
    )


def test_the_break_between_two_frames_is_not_worked() -> None:
    assert office().between(warsaw("2026-11-23T11:00"), warsaw("2026-11-23T13:00")) == timedelta(
        minutes=90
    )
    assert not office().is_open(warsaw("2026-11-23T12:15"))
    assert office().next_opening(warsaw("2026-11-23T12:15")) == warsaw("2026-11-23T12:30")


def test_a_deadline_that_fits_the_day_ends_at_closing_and_not_at_the_next_opening() -> None:
    assert office().add(warsaw("2026-11-20T15:00"), timedelta(hours=1)) == warsaw(
        "2026-11-20T16:00"
    )


def test_the_moment_of_a_warning_is_found_backwards() -> None:
    deadline = warsaw("2026-11-23T08:30")
    assert office().add(deadline, -timedelta(hours=1)) == warsaw("2026-11-20T15:30")
    assert office().add(warsaw("2026-11-23T09:00"), -timedelta(hours=1)) == warsaw(
        "2026-11-23T08:00"
    )


@pytest.mark.parametrize(
    ("country", "day", "worked"),
    [
        ("PL", "2024-12-24", True),
        ("PL", "2025-12-24", False),
        ("PL", "2026-12-24", False),
        ("HU", "2025-12-24", False),  # by decree, the Saturday of 13 December worked for it
        ("HU", "2025-12-13", True),
        ("HU", "2026-12-24", False),  # by the law of 2026, no Saturday worked for it
        ("HU", "2026-12-12", False),
        ("HU", "2026-01-10", True),
        ("HU", "2026-08-08", True),
        ("HU", "2026-01-02", False),
        ("PL", "2026-01-10", False),
    ],
)
def test_christmas_eve_and_moved_saturdays(country: str, day: str, worked: bool) -> None:
    assert office(country).is_working_day(date.fromisoformat(day)) is worked
    assert is_country_working_day(country, date.fromisoformat(day)) is worked


@pytest.mark.parametrize(
    ("due", "shifted"),
    [
        ("2026-12-24", "2026-12-28"),
        ("2027-01-01", "2027-01-04"),
        ("2026-04-04", "2026-04-07"),
        ("2026-10-31", "2026-11-02"),
        ("2026-11-20", "2026-11-20"),
    ],
)
def test_a_day_on_which_poland_is_closed_moves_to_the_next_open_one(due: str, shifted: str) -> None:
    assert next_country_working_day("PL", date.fromisoformat(due)) == date.fromisoformat(shifted)


def test_a_moved_saturday_is_worked_like_a_friday_unless_the_calendar_says_how() -> None:
    short = {"hours": {"friday": ("08:00-14:00",), "working_saturday": None}}
    assert office("HU", "Europe/Budapest", **short).frames(date(2026, 1, 10)) == (
        Frame(opens=480, closes=840),
    )
    short["hours"]["working_saturday"] = ("09:00-10:00",)
    assert office("HU", "Europe/Budapest", **short).frames(date(2026, 1, 10)) == (
        Frame(opens=540, closes=600),
    )


def test_the_company_closes_and_works_on_days_of_its_own() -> None:
    calendar = office(
        closures=(date(2026, 11, 23),), working_days=(date(2026, 11, 28), date(2026, 11, 11))
    )
    assert not calendar.is_working_day(date(2026, 11, 23))
    assert calendar.is_working_day(date(2026, 11, 28)), "a Saturday"
    assert calendar.is_working_day(date(2026, 11, 11)), "a public holiday"


MORNING, EVENING = (Frame(opens=420, closes=720),), (Frame(opens=1020, closes=1200),)


@pytest.mark.parametrize(
    ("hours", "day", "frames"),
    [
        (Hours(wednesday=MORNING, working_saturday=EVENING), "2026-11-11", MORNING),  # as usual
        (Hours(wednesday=MORNING, working_saturday=EVENING), "2026-11-28", EVENING),  # a Saturday
        (Hours(wednesday=MORNING, friday=EVENING), "2026-11-28", EVENING),  # Friday's
        (Hours(tuesday=MORNING, thursday=EVENING), "2026-11-28", MORNING),  # the week's first
    ],
)
def test_a_day_of_its_own_has_its_weekdays_hours_or_others(
    hours: Hours, day: str, frames: tuple[Frame, ...]
) -> None:
    of_its_own = date.fromisoformat(day)
    calendar = Calendar(
        key="desk",
        country="PL",
        timezone="Europe/Warsaw",
        hours=hours,
        working_days=(of_its_own,),
    )
    assert WorkCalendar(calendar).frames(of_its_own) == frames


@pytest.mark.parametrize(
    ("night", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-06-07", 24)]
)
def test_a_day_and_night_desk_works_as_many_hours_as_the_day_has(night: str, hours: int) -> None:
    always = Hours(**{day: (Frame(opens=0, closes=1440),) for day in WEEKDAYS})
    for zone in ("Europe/Warsaw", "Europe/Budapest"):
        desk = WorkCalendar(Calendar(key="desk", country="PL", timezone=zone, hours=always))
        midnight = datetime.fromisoformat(night).replace(tzinfo=ZoneInfo(zone))
        assert desk.between(midnight, midnight + DAY) == timedelta(hours=hours)


def test_an_office_across_the_change_of_clocks_opens_at_eight_on_the_wall() -> None:
    before, after = warsaw("2026-10-23T15:00"), warsaw("2026-10-26T08:00")
    assert office().next_opening(before + timedelta(hours=1)) == after
    assert office().between(before, after + timedelta(hours=1)) == timedelta(hours=2)


def test_deadlines_of_years_are_reached_by_whole_years() -> None:
    start = warsaw("2020-01-02T08:00")
    deadline = office().add(start, timedelta(hours=7.5 * 250 * 10))
    assert office().between(start, deadline) == timedelta(hours=7.5 * 250 * 10)
    assert deadline.year in (2029, 2030)


def test_a_deadline_at_the_last_closing_of_a_year_stays_in_it() -> None:
    start = warsaw("2026-12-30T10:00")
    left = office().between(start, warsaw("2027-01-01T00:00"))
    assert office().add(start, left) < warsaw("2027-01-01T00:00")


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-01-02 07:59", False),  # 1 January is free: the year's first frame
        ("2026-01-02 08:00", True),
        ("2026-01-02 11:59", True),
        ("2026-01-02 12:00", False),
        ("2025-12-31 15:59", True),  # and its last
        ("2025-12-31 16:00", False),
    ],
)
def test_the_first_and_the_last_frame_of_a_year_are_open(moment: str, is_open: bool) -> None:
    assert office().is_open(warsaw(moment)) == is_open


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2024-01-01", "2024-01-02", 1),
        ("2024-12-30", "2025-01-01", 2),
        ("2024-12-31", "2025-01-02", 2),
        ("2024-01-01", "2025-01-01", 366),
        ("2025-01-01", "2026-01-01", 365),
        ("2024-01-01", "2026-01-02", 732),
    ],
)
@pytest.mark.parametrize("zone", ["Europe/Warsaw", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_a_desk_that_never_closes_works_every_day_of_a_year_once(
    start: str, end: str, days: int, zone: str
) -> None:
    always = Hours(**{day: (Frame(opens=0, closes=1440),) for day in WEEKDAYS})
    free = {date.fromisoformat(day) for day in PL_FREE.split()}
    facts = {"key": "desk", "country": "PL", "timezone": zone, "hours": always}
    desk = WorkCalendar(Calendar.model_validate({**facts, "working_days": tuple(free)}))
    first, last = (
        datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone)) for day in (start, end)
    )
    assert desk.is_open(first)
    assert desk.between(first, last) == days * DAY
    assert desk.add(first, days * DAY) == last


def test_a_frame_that_ends_where_the_clocks_jump_opens_no_second_time() -> None:
    night = Hours(
        weekdays=(Frame(opens=8 * 60, closes=960),), sunday=(Frame(opens=90, closes=180),)
    )
    desk = office(hours=night)
    jump = warsaw("2026-03-29T03:00")  # the wall shows 03:00 right after 01:59:59
    assert desk.between(warsaw("2026-03-29T00:00"), jump) == 30 * MINUTE
    assert desk.next_opening(jump) == warsaw("2026-03-30T08:00")


def test_a_calendar_without_hours_says_so_instead_of_searching_for_ever() -> None:
    never = WorkCalendar(office().calendar.model_copy(update={"key": "never", "hours": Hours()}))
    moment = warsaw("2026-11-23T08:00")
    asked: list[Callable[[], object]] = [
        lambda: never.next_opening(moment),
        lambda: never.add(moment, timedelta(hours=1)),
        lambda: never.add(moment, timedelta(hours=-1)),
    ]
    for ask in asked:
        with pytest.raises(NeverOpen, match="never has no working time after 2026-11-23"):
            ask()


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        office().is_open(datetime(2026, 11, 23, 8))  # noqa: DTZ001


def test_hours_for_reading_are_the_countrys_working_days() -> None:
    hours = reading_hours("HU", "Europe/Budapest", Frame(opens=540, closes=960))
    assert hours.is_working_day(date(2026, 8, 8))
    assert hours.next_opening(warsaw("2026-08-20T10:00")) == warsaw("2026-08-24T09:00")
    assert work_calendar(hours.calendar) is work_calendar(hours.calendar)


NINE_TO_FOUR = (9 * 60, 16 * 60)


@pytest.mark.parametrize(
    ("quiet", "loud", "left"),
    [
        ((22 * 60, 7 * 60), 15 * 60, [NINE_TO_FOUR]),
        ((15 * 60, 10 * 60), 5 * 60, [(10 * 60, 15 * 60)]),
        ((12 * 60, 13 * 60), 23 * 60, [(9 * 60, 12 * 60), (13 * 60, 16 * 60)]),
        ((0, 10 * 60), 14 * 60, [(10 * 60, 16 * 60)]),
        ((15 * 60, 0), 15 * 60, [(9 * 60, 15 * 60)]),
        ((16 * 60, 9 * 60), 7 * 60, [NINE_TO_FOUR]),
        ((16 * 60 + 1, 8 * 60 + 59), 7 * 60 + 2, [NINE_TO_FOUR]),
        ((15 * 60 + 59, 9 * 60 + 1), 6 * 60 + 58, [(9 * 60 + 1, 15 * 60 + 59)]),
        ((9 * 60, 15 * 60 + 59), 17 * 60 + 1, [(15 * 60 + 59, 16 * 60)]),
        ((9 * 60 + 1, 16 * 60), 17 * 60 + 1, [(9 * 60, 9 * 60 + 1)]),
        # Nothing is left of the hours: the hour after the end of the quiet ones.
        ((9 * 60, 16 * 60), 17 * 60, [(16 * 60, 17 * 60)]),
        ((8 * 60, 17 * 60), 15 * 60, [(17 * 60, 18 * 60)]),
        ((6 * 60, 23 * 60), 7 * 60, [(23 * 60, 24 * 60)]),
        ((6 * 60, 23 * 60 + 1), 6 * 60 + 59, [(0, 1), (23 * 60 + 1, 24 * 60)]),
        ((6 * 60, 23 * 60 + 30), 6 * 60 + 30, [(0, 30), (23 * 60 + 30, 24 * 60)]),
        ((1, 0), 1, [(0, 60)]),
        ((7 * 60, 7 * 60), 0, [NINE_TO_FOUR]),
    ],
)
def test_quiet_hours_leave_what_lies_outside_of_them(
    quiet: tuple[int, int], loud: int, left: list[tuple[int, int]]
) -> None:
    hours = QuietHours(*quiet)
    outside = hours.outside(Frame(opens=9 * 60, closes=16 * 60))
    assert [(each.opens, each.closes) for each in outside] == left
    assert hours.loud_minutes() == loud
