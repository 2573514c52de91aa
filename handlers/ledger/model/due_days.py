"""The day that counts: what is due on a free day may be paid on the next working day."""

from datetime import date, timedelta

from bot.kit.days import is_kept
from bot.kit.working_time import next_country_working_day

_A_DAY = timedelta(days=1)


def effective_due(due_on: date, country: str) -> date:
    """The last day on which paying is in time (PL: art. 115 KC; HU: as courts count). A day that
    stands for "never" stays, and every day does where no country is known.
    """
    if not country or not is_kept(due_on):
        return due_on
    return next_country_working_day(country, due_on)


def first_in_time(day: date, country: str) -> date:
    """The earliest due day that ``day`` still keeps; whatever is due before it is late by then."""
    first = day
    while is_kept(first) and effective_due(first - _A_DAY, country) >= day:
        first -= _A_DAY
    return first
