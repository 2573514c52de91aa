"""Slots on the days on which they turn: the gap, the week, the backlog of a day."""

from datetime import UTC, date, datetime

import pytest

from bot.kit.catalogue import Frame
from bot.kit.working_time import reading_hours
from handlers.reminders.model.slots import (
    MOST_OF_A_BACKLOG,
    after_gap,
    after_week,
    busiest,
    next_slot,
)
from tests.reminders.test_decision import HOURS, MONDAY, NOW, POLICY
from tests.reminders.test_decision_boundaries import TOMORROW, after

TUESDAY_AT_NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("gap", "contacts", "free"),
    [
        (3, (), MONDAY),
        (3, (MONDAY,), after(3)),
        (3, (after(-2),), after(1)),
        (3, (after(-3),), MONDAY),
        (3, (after(-9), after(-1)), after(2)),
        (0, (MONDAY,), after(1)),  # never on the same day
        (1, (MONDAY,), after(1)),
        (0, (after(-1),), MONDAY),
    ],
)
def test_the_gap_ends_on_its_day(gap: int, contacts: tuple[date, ...], free: date) -> None:
    policy = POLICY.model_copy(update={"min_gap_days": gap})
    assert after_gap(policy, contacts, MONDAY) == free


@pytest.mark.parametrize(
    ("most", "contacts", "free"),
    [
        (1, (), MONDAY),
        (1, (MONDAY,), after(7)),
        (1, (after(-6),), after(1)),
        (1, (after(-7),), MONDAY),
        (1, (after(1),), MONDAY),  # one of a later day is not of these seven days
        (2, (after(-5), after(-1)), after(2)),
        (2, (after(-6), after(-5), after(-1)), after(2)),
        (2, (after(-5), after(-1), after(2)), after(6)),
    ],
)
def test_a_week_has_room_on_the_first_day_that_has(
    most: int, contacts: tuple[date, ...], free: date
) -> None:
    policy = POLICY.model_copy(update={"max_per_week": most})
    assert after_week(policy, contacts, MONDAY) == free


def test_a_backlog_goes_on_the_first_day_that_is_not_full() -> None:
    full = {MONDAY: MOST_OF_A_BACKLOG, TOMORROW: MOST_OF_A_BACKLOG}
    wednesday = datetime(2026, 11, 25, 8, tzinfo=UTC)
    assert next_slot(HOURS, POLICY, (), NOW, full) == wednesday
    assert next_slot(HOURS, POLICY, (), NOW, {MONDAY: MOST_OF_A_BACKLOG}) == TUESDAY_AT_NINE
    assert next_slot(HOURS, POLICY, (), NOW, {MONDAY: MOST_OF_A_BACKLOG - 1}) == NOW
    assert next_slot(HOURS, POLICY, (), NOW, {}) == NOW
    assert next_slot(HOURS, POLICY, (after(-2),), NOW) == TUESDAY_AT_NINE


def test_a_day_is_that_of_the_reader() -> None:
    """On Monday evening it is Tuesday in Auckland, and what was sent then is of the same day."""
    there = reading_hours("NZ", "Pacific/Auckland", Frame(opens=9 * 60, closes=16 * 60))
    evening = datetime(2026, 11, 23, 21, tzinfo=UTC)
    assert next_slot(there, POLICY, (), evening) == evening
    daily = POLICY.model_copy(update={"min_gap_days": 1})
    next_morning = datetime(2026, 11, 24, 20, tzinfo=UTC)
    assert next_slot(there, daily, (TOMORROW,), evening) == next_morning


def test_a_day_is_as_busy_as_the_busiest_of_those_who_are_written_to() -> None:
    assert busiest([]) == {}
    assert busiest([{MONDAY: 0, TOMORROW: 1}]) == {MONDAY: 0, TOMORROW: 1}
    assert busiest([{MONDAY: 3, TOMORROW: 1}, {MONDAY: 2, TOMORROW: 4, after(2): 1}]) == {
        MONDAY: 3,
        TOMORROW: 4,
        after(2): 1,
    }
