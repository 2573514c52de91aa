"""Working time against a count by the minute: across departments, calendars, priorities, waits and
the hour that jumps.

``ZAPLECZE_STORIES=1000`` tells more of them.
"""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from bot.kit.catalogue import Calendar, Catalogue, Frame
from bot.kit.errors import Problem
from bot.slack import HOME
from handlers.tickets.service import requester
from handlers.tickets.service.work import actions, changes, service_levels, snooze
from storage.tickets import deadlines, tickets
from storage.tickets.deadlines import Deadline
from storage.tickets.tickets import Ticket
from storage.turn import Turn
from tests.tickets.catalogues import with_department
from tests.tickets.small import AGENTS, REQUESTERS, Small

MINUTE = timedelta(minutes=1)
STARTS = (
    datetime(2026, 3, 27, 13, 11, tzinfo=UTC),  # Friday; on Sunday Warsaw and Budapest lose an hour
    datetime(
        2026, 10, 23, 13, 11, tzinfo=UTC
    ),  # Friday; they repeat one, and it is a holiday in Hungary
    datetime(2026, 12, 11, 13, 11, tzinfo=UTC),  # the day before Hungary works on a Saturday
)
AGENT, REQUESTER = AGENTS[0], REQUESTERS[0]
DEEDS: dict[str, Callable[[Turn, int], object]] = {
    "ask": lambda turn, id: actions.answer(turn, id, f"a:{turn.now}", "?", "requester"),
    "outside": lambda turn, id: actions.answer(turn, id, f"b:{turn.now}", "?", "third_party"),
    "go on": actions.go_on,
    "add": lambda turn, id: requester.add(turn, id, f"c:{turn.now}", "!", []),
    "resolve": actions.resolve,
    "reopen": requester.reopen,
    "snooze": lambda turn, id: snooze.snooze(turn, id, None),
    "it": lambda turn, id: changes.retype(turn, id, "it_help", "normal"),
    "it, urgent": lambda turn, id: changes.retype(turn, id, "it_help", "urgent"),
    "logistics": lambda turn, id: changes.retype(turn, id, "shipping", "high"),
}
ITS_OWN = ("add", "reopen")
STORY = st.lists(
    st.tuples(st.sampled_from(sorted(DEEDS)), st.integers(1, 20 * 60)), min_size=2, max_size=9
)
many = settings(
    max_examples=int(os.environ.get("ZAPLECZE_STORIES", "12")),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def rules(rules: Catalogue) -> Catalogue:
    """IT works in Poland, logistics in Hungary, with frames at night too, where the hour jumps."""
    night = tuple(
        Frame(opens=opens, closes=closes) for opens, closes in ((90, 240), (480, 720), (780, 990))
    )
    calendars = {
        key: each.model_copy(
            update={"hours": each.hours.model_copy(update={"sunday": night[:1], "weekdays": night})}
        )
        for key, each in rules.calendars.items()
    }
    changed = with_department(
        rules, "logistics", calendar="hungary", lead="tomasz@baltyk-balaton.example"
    )
    return changed.model_copy(update={"calendars": calendars})


@pytest.fixture
def small(engine: Engine, rules: Catalogue) -> Small:
    return Small(engine, rules)


@many
@given(st.sampled_from(STARTS), STORY)
def test_working_time_is_what_a_count_by_the_minute_says(
    small: Small, start: datetime, story: list[tuple[str, int]]
) -> None:
    small.now = start
    ticket = small.asks(REQUESTER)
    counted = timedelta()
    for deed, minutes in story:
        counted += slowly(small.rules, ticket, small.now, minutes)
        small.later(minutes=minutes)
        ticket = after(small, ticket.id, deed)
        spent, clock = stands(small, ticket)
        assert spent == counted
    assert_due(small, ticket, clock, counted)


def after(small: Small, id: int, deed: str) -> Ticket:
    try:
        with small.turns.turn(HOME, REQUESTER if deed in ITS_OWN else AGENT) as turn:
            DEEDS[deed](turn, id)
    except Problem:
        pass
    with small.turns.turn(HOME) as turn:
        return tickets.of_system(turn, id)


def stands(small: Small, ticket: Ticket) -> tuple[timedelta, Deadline]:
    with small.turns.turn(HOME) as turn:
        clock = deadlines.of(turn, ticket)[1]
        return service_levels.spent(turn, ticket, clock), clock


def assert_due(small: Small, ticket: Ticket, clock: Deadline, counted: timedelta) -> None:
    """A clock that runs falls due when what is left has been worked; one that stands still does
    not.
    """
    promised = small.rules.request_types[ticket.request_type].resolution.of(ticket.priority)
    runs = ticket.state in ("new", "in_progress")
    assert clock.target == promised
    assert (clock.running_since is not None) == runs
    assert (clock.due_at is not None) == (runs and promised is not None)
    if clock.due_at and promised and clock.due_at < small.now + timedelta(days=9):
        minutes = int((clock.due_at - small.now) / MINUTE)
        left = max(promised - counted, timedelta())
        assert slowly(small.rules, ticket, small.now, minutes) == left


def slowly(rules: Catalogue, ticket: Ticket, since: datetime, minutes: int) -> timedelta:
    """Each minute is looked at: was it worked in the ticket's department, and was nobody waited
    for?
    """
    if ticket.state not in ("new", "in_progress"):
        return timedelta()
    calendar = rules.calendar_of(ticket.department)
    return sum(
        (MINUTE for n in range(minutes) if is_worked(calendar, since + n * MINUTE)), timedelta()
    )


def is_worked(calendar: Calendar, moment: datetime) -> bool:
    wall = moment.astimezone(ZoneInfo(calendar.timezone))
    return any(
        frame.opens <= wall.hour * 60 + wall.minute < frame.closes
        for frame in frames_of(calendar, wall.date())
    )


@cache
def frames_of(calendar: Calendar, day: date) -> tuple[Frame, ...]:
    country = holidays.country_holidays(calendar.country, years=day.year)
    if day in country.weekend_workdays:
        return calendar.hours.on_working_saturday()
    return () if day in country else calendar.hours.on(day.weekday())
