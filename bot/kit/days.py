"""The days that the books keep: what is written for "no day" or "never" is none of them."""

from datetime import date

FIRST_DAY = date(1990, 1, 1)
LAST_DAY = date(2100, 12, 31)


def is_kept(day: date) -> bool:
    """Whether the books keep this day: one can count on from it, and back, without leaving the calendar."""
    return FIRST_DAY <= day <= LAST_DAY
