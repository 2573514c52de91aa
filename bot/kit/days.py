"""The days that the books keep: what is written for "no day" or "never" is none of them."""

from datetime import date, timedelta

FIRST_DAY = date(1990, 1, 1)
LAST_DAY = date(2100, 12, 31)


def is_kept(day: date) -> bool:
    """Whether the books keep this day: one can count on from it, and back, without leaving the
    calendar.
    """
    return FIRST_DAY <= day <= LAST_DAY


def day_after(day: date) -> date:
    """The next day; the end of the calendar, which never comes, after a day that is not kept."""
    return day + timedelta(1) if is_kept(day) else date.max
