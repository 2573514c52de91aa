"""Rates that end: past the last verified day nothing is computed, so it is said before."""

from collections.abc import Container, Iterable
from datetime import date, timedelta
from typing import NamedTuple

from bot.kit.words import N_, Phrase
from handlers.ledger.model.interest import Debtor, Rate, last_known_day, table_of
from handlers.ledger.model.rate_tables import table_name

BUSINESS: Debtor = "business"
NOTICE = timedelta(days=30)
ENDS = N_(
    "The rate of late interest ({table}) is known until {day}. Enter the next with its source."
)
ENDED = N_(
    "The rate of late interest ({table}) was known until {day}: notes are refused, and demands "
    "name no sum. Enter it with its source."
)
NEVER = N_(
    "No verified rate of late interest ({table}) is known: notes are refused, and demands name no "
    "sum. Enter it with its source."
)


class Ending(NamedTuple):
    """A table whose last verified day is near or past; ``last_day`` is None where there is none."""

    table: str
    last_day: date | None
    is_over: bool

    @property
    def sentence(self) -> str:
        if self.last_day is None:
            return NEVER
        return ENDED if self.is_over else ENDS

    @property
    def name(self) -> Phrase:
        """The table in words."""
        return table_name(self.table)


def endings(
    countries: Iterable[str],
    rates: Iterable[Rate],
    today: date,
    debtors: Iterable[Debtor] = (BUSINESS,),
) -> list[Ending]:
    """What ends within 30 days, or has ended, of the tables that creditors of these countries need
    for such debtors; by table.
    """
    last_days = _last_days(rates, today)
    kinds = set(debtors)
    needed: set[str] = set()
    for country in countries:
        needed |= _needed(country, last_days, kinds)
    near: list[Ending] = []
    for table in sorted(needed):
        last_day = last_days.get(table)
        if last_day is None or last_day - today <= NOTICE:
            near.append(Ending(table, last_day, last_day is None or last_day < today))
    return near


def _needed(country: str, last_days: Container[str], kinds: Iterable[Debtor]) -> set[str]:
    """The tables of the country's own money; one of another, once somebody began to enter it."""
    tables: set[str] = set()
    for kind in kinds:
        tables.add(table_of(country, kind, "HUF"))  # only Hungary's law parts currencies
        other = table_of(country, kind, "EUR")
        if other in last_days:
            tables.add(other)
    return tables


def _last_days(rates: Iterable[Rate], today: date) -> dict[str, date]:
    known = list(rates)
    days: dict[str, date] = {}
    for table in {rate.table for rate in known}:
        last_day = last_known_day(table, known, today)
        if last_day is not None:
            days[table] = last_day
    return days
