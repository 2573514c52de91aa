"""Working time: how much of it lies between two moments, when a deadline falls, which days are
worked.

A moment counts when the clock on the wall of the calendar's zone stands within a frame of a worked
day; what counts is time that really passes, so the hour that a summer loses or a winter repeats is
counted as it happened. Moments are aware; what comes out is UTC. A year's frames are worked out
once and kept.
"""

from bisect import bisect_left, bisect_right
from calendar import isleap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

import holidays

from bot.kit.catalogue import Calendar, Frame, Hours
from bot.kit.errors import Problem

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
_MINUTE = 60_000_000
_DAY = timedelta(days=1)
_DAY_TICKS = 1440 * _MINUTE
_EPOCH_DAY = _EPOCH.toordinal()
_YEARS = range(1900, 2200)
_HOUR, _DAY_MINUTES = 60, 1440


@dataclass(frozen=True, slots=True)
class QuietHours:
    """When somebody wants no reminders, in minutes from midnight by the clock of their zone; over
    midnight where ``until`` is not later than ``since``.
    """

    since: int
    until: int

    def outside(self, hours: Frame) -> tuple[Frame, ...]:
        """What they leave of ``hours``; the hour after their end where they leave nothing."""
        left: list[Frame] = []
        for each in _stretch(self.until, self.since):
            opens, closes = max(each.opens, hours.opens), min(each.closes, hours.closes)
            if opens < closes:
                left.append(Frame(opens=opens, closes=closes))
        return tuple(left) or _stretch(self.until, (self.until + _HOUR) % _DAY_MINUTES)

    def loud_minutes(self) -> int:
        """How much of a day they leave."""
        return (self.since - self.until) % _DAY_MINUTES


def _stretch(opens: int, closes: int) -> tuple[Frame, ...]:
    """The frames of a day from one minute of the clock to another, over midnight where that is not
    later.
    """
    if opens < closes:
        return (Frame(opens=opens, closes=closes),)
    evening = Frame(opens=opens, closes=_DAY_MINUTES)
    return (Frame(opens=0, closes=closes), evening) if closes else (evening,)


class NeverOpen(Problem):
    """The calendar has no working time left in the years that can be counted."""

    sentence = (
        "The calendar {calendar} has no working time after {moment}. Give it hours on some weekday."
    )


@dataclass(frozen=True, slots=True)
class _Year:
    """The frames of one year as moments in microseconds, and the working time before
    each of them.
    """

    opens: list[int]
    closes: list[int]
    before: list[int]
    worked: int
    """Working time of the whole year."""

    def elapsed(self, at: int) -> int:
        """Working time from the year's beginning to ``at``."""
        i = bisect_right(self.opens, at) - 1
        return 0 if i < 0 else self.before[i] + min(at, self.closes[i]) - self.opens[i]

    def reached(self, elapsed: int) -> int:
        """The first moment at which so much is worked; more than nothing, at most the
        whole year.
        """
        i = bisect_left(self.before, elapsed) - 1
        return self.opens[i] + elapsed - self.before[i]

    def left(self, elapsed: int) -> int:
        """The last moment at which no more than so much is worked; less than the whole year."""
        i = bisect_right(self.before, elapsed) - 1
        return self.opens[i] + elapsed - self.before[i]


class WorkCalendar:
    """A catalogue's calendar, ready to count."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.zone = ZoneInfo(calendar.timezone)
        self._closures = frozenset(calendar.closures)
        self._worked = frozenset(calendar.working_days)
        self._years: dict[int, _Year] = {}

    def is_open(self, moment: datetime) -> bool:
        """Whether somebody works at this moment; the moment of closing is off."""
        year, at = self._place(moment)
        i = bisect_right(year.opens, at) - 1
        return i >= 0 and at < year.closes[i]

    def next_opening(self, moment: datetime) -> datetime:
        """The first moment at or after ``moment`` at which somebody works."""
        if self.is_open(moment):
            return moment.astimezone(UTC)
        at = _ticks(moment)
        for year in self._from(moment):
            i = bisect_left(year.opens, at)
            if i < len(year.opens):
                return _moment(year.opens[i])
        raise NeverOpen(calendar=self.calendar.key, moment=moment)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Working time from ``start`` to ``end``; negative when ``end`` is the earlier one."""
        if end < start:
            return -self.between(end, start)
        first, last = self._local(start).year, self._local(end).year
        whole = sum(self._year(y).worked for y in range(first, last))
        worked = (
            whole + self._year(last).elapsed(_ticks(end)) - self._year(first).elapsed(_ticks(start))
        )
        return worked * _TICK

    def add(self, moment: datetime, working: timedelta) -> datetime:
        """The deadline: the first moment by which so much working time has passed since ``moment``.

        With a negative ``working`` the last moment from which so much passes until ``moment``.
        """
        if not working:
            return moment.astimezone(UTC)
        year, at = self._place(moment)
        wanted = year.elapsed(at) + working // _TICK
        return (
            self._forward(moment, wanted) if working > timedelta() else self._back(moment, wanted)
        )

    def is_working_day(self, day: date) -> bool:
        return bool(self.frames(day))

    def frames(self, day: date) -> tuple[Frame, ...]:
        """The frames worked on a day of the calendar's zone."""
        hours = self.calendar.hours
        usual = hours.on(day.weekday())
        moved = hours.on_working_saturday()
        if day in self._closures:
            return ()
        if day in self._worked:
            return usual or moved or next(filter(None, map(hours.on, range(7))), ())
        days = _country(self.calendar.country, day.year)
        if day in days.worked_weekends:
            return moved
        return () if day in days.holidays else usual

    def _forward(self, moment: datetime, wanted: int) -> datetime:
        for year in self._from(moment):
            if wanted <= year.worked:
                return _moment(year.reached(wanted))
            wanted -= year.worked
        raise NeverOpen(calendar=self.calendar.key, moment=moment)

    def _back(self, moment: datetime, wanted: int) -> datetime:
        number = self._local(moment).year
        while wanted < 0:
            number -= 1
            wanted += self._known(number, moment).worked
        return _moment(self._year(number).left(wanted))

    def _local(self, moment: datetime) -> datetime:
        if moment.tzinfo is None:
            raise ValueError(f"{moment} has no time zone")
        return moment.astimezone(self.zone)

    def _place(self, moment: datetime) -> tuple[_Year, int]:
        return self._year(self._local(moment).year), _ticks(moment)

    def _from(self, moment: datetime) -> Iterator[_Year]:
        for number in range(self._local(moment).year, _YEARS.stop):
            yield self._year(number)

    def _known(self, number: int, since: date) -> _Year:
        if number not in _YEARS:
            raise NeverOpen(calendar=self.calendar.key, moment=since)
        return self._year(number)

    def _year(self, number: int) -> _Year:
        year = self._years.get(number)
        if year is None:
            year = self._years[number] = self._worked_out(number)
        return year

    def _worked_out(self, number: int) -> _Year:
        new_year = date(number, 1, 1).toordinal()
        on_the_wall: list[tuple[int, int]] = []
        for day in range(new_year, new_year + 365 + isleap(number)):
            midnight = (day - _EPOCH_DAY) * _DAY_TICKS
            for frame in self.frames(date.fromordinal(day)):
                on_the_wall.append(
                    (midnight + frame.opens * _MINUTE, midnight + frame.closes * _MINUTE)
                )
        return _year_of(_spans(on_the_wall, _offsets(self.zone, number)))


def _spans(
    on_the_wall: Sequence[tuple[int, int]], offsets: Iterable[tuple[int, int, int]]
) -> Iterator[tuple[int, int]]:
    """Openings and closings by the clock on the wall as moments; a change of the zone's distance
    within them parts them in two.
    """
    for start, end, offset in offsets:
        for opening, closing in on_the_wall:
            opens, closes = max(opening - offset, start), min(closing - offset, end)
            if opens < closes:
                yield opens, closes


def _year_of(spans: Iterable[tuple[int, int]]) -> _Year:
    opens: list[int] = []
    closes: list[int] = []
    before: list[int] = []
    worked = 0
    for opening, closing in spans:
        opens.append(opening)
        closes.append(closing)
        before.append(worked)
        worked += closing - opening
    return _Year(opens, closes, before, worked)


@lru_cache(maxsize=1024)
def work_calendar(calendar: Calendar) -> WorkCalendar:
    """The calendar ready to count; the same one is made once."""
    return WorkCalendar(calendar)


@lru_cache(maxsize=1024)
def reading_hours(
    country: str, timezone: str, hours: Frame, quiet: QuietHours | None = None
) -> WorkCalendar:
    """When somebody in that country and zone may be written to: its working days,
    within ``hours`` and outside of their ``quiet`` ones.
    """
    week = Hours(weekdays=quiet.outside(hours) if quiet else (hours,))
    return WorkCalendar(
        Calendar(key=country.lower(), country=country, timezone=timezone, hours=week)
    )


def is_country_working_day(country: str, day: date) -> bool:
    """Whether the country works on that day: no weekend, unless declared worked, and no public
    holiday.
    """
    return day.toordinal() in _country_working_days(country, day.year)


def next_country_working_day(country: str, day: date) -> date:
    """``day`` itself when the country works on it, else the first day after it on which it does."""
    while not is_country_working_day(country, day):
        day += _DAY
    return day


@dataclass(frozen=True, slots=True)
class _CountryYear:
    holidays: frozenset[date]
    worked_weekends: frozenset[date]


@cache
def _country(country: str, year: int) -> _CountryYear:
    days = holidays.country_holidays(country, years=year)
    return _CountryYear(frozenset(days), frozenset(days.weekend_workdays))


@cache
def _country_working_days(country: str, year: int) -> frozenset[int]:
    days = holidays.country_holidays(country, years=year)
    year_days = range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
    return frozenset(n for n in year_days if days.is_working_day(date.fromordinal(n)))


def _offsets(zone: ZoneInfo, year: int) -> Iterator[tuple[int, int, int]]:
    """The stretches of constant distance from UTC that cover a year: from, to, offset, in
    microseconds.
    """
    start = datetime(year, 1, 1, tzinfo=UTC) - 2 * _DAY
    for day in (start + n * _DAY for n in range(1, 371)):
        if _offset(zone, day) != _offset(zone, day - _DAY):
            change = _change(zone, day - _DAY, day)
            yield _ticks(start), _ticks(change), _offset(zone, start)
            start = change
    yield _ticks(start), _ticks(datetime(year + 1, 1, 3, tzinfo=UTC)), _offset(zone, start)


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The second at which the zone's distance from UTC changes."""
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if _offset(zone, middle) == _offset(zone, before):
            before = middle
        else:
            after = middle
    return after


def _offset(zone: ZoneInfo, moment: datetime) -> int:
    return (moment.astimezone(zone).utcoffset() or timedelta()) // _TICK


def _ticks(moment: datetime) -> int:
    return (moment - _EPOCH) // _TICK


def _moment(ticks: int) -> datetime:
    return _EPOCH + ticks * _TICK
