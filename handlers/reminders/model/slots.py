"""When somebody may be written to next: their hours, the gap since the last message, how many a
week.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from bot.kit.catalogue import ReminderPolicy
from bot.kit.working_time import WorkCalendar

MOST_OF_A_BACKLOG = 20
"""Messages a day to one addressee about what was overdue at the first sight of it: no flood,
whatever is imported.
"""

_WEEK = timedelta(days=7)


def after_gap(policy: ReminderPolicy, contacts: Sequence[date], day: date) -> date:
    """The first day from ``day`` on that is far enough from the last message; never the
    same day.
    """
    if not contacts:
        return day
    return max(day, max(contacts) + timedelta(days=max(policy.min_gap_days, 1)))


def after_week(policy: ReminderPolicy, contacts: Sequence[date], day: date) -> date:
    """The first day from ``day`` on in whose seven days there is room for one more message."""
    while True:
        week = sorted(contact for contact in contacts if day - _WEEK < contact <= day)
        if len(week) < policy.max_per_week:
            return day
        day = week[-policy.max_per_week] + _WEEK


def busiest(loads: Sequence[Mapping[date, int]]) -> dict[date, int]:
    """Of each day the most that anybody has of those to whom a message goes."""
    busiest_: dict[date, int] = {}
    for load in loads:
        for day, count in load.items():
            busiest_[day] = max(count, busiest_.get(day, 0))
    return busiest_


def next_slot(
    hours: WorkCalendar,
    policy: ReminderPolicy,
    contacts: Sequence[date],
    now: datetime,
    load: Mapping[date, int] | None = None,
) -> datetime:
    """The first moment from ``now`` on at which a message may go. ``load`` (messages a day) is
    given
    for a backlog.
    """
    moment = hours.next_opening(now)
    while True:
        day = moment.astimezone(hours.zone).date()
        free = after_week(policy, contacts, after_gap(policy, contacts, day))
        while load is not None and load.get(free, 0) >= MOST_OF_A_BACKLOG:
            free += timedelta(days=1)
        if free == day:
            return moment
        moment = hours.next_opening(datetime.combine(free, time(), hours.zone))
