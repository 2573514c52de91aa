"""Rates that end: past the last verified day nothing is computed, so it is said before."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from bot.kit.words import N_
from handlers.ledger.model.interest import Rate, last_known_day, law_of
from handlers.ledger.rates import book

NOTICE = timedelta(days=30)
ENDS = N_("The rate of late interest {table} is known until {day}. Enter the next with its source.")
ENDED = N_(
    "The rate of late interest {table} was known until {day}: notes are refused, and demands "
    "name no sum. Enter it with its source."
)
NEVER = N_(
    "No verified rate of late interest {table} is known: notes are refused, and demands name no "
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


def endings(
    country: str, rates: Iterable[Rate], today: date, debtors: Iterable[str] = ("business",)
) -> Iterator[Ending]:
    """What ends within 30 days, or has ended, of the tables that a creditor of ``country`` needs
    for such debtors.
    """
    known = list(rates)
    law = law_of(country)
    kinds = set(debtors)
    if law != "PL" and "medical" in kinds:
        kinds = (kinds - {"medical"}) | {"business"}
    for kind in sorted(kinds):
        table = f"{law}-{kind}"
        last_day = last_known_day(table, known)
        if last_day is None or last_day - today <= NOTICE:
            yield Ending(table, last_day, last_day is None or last_day < today)


def soon(countries: Iterable[str], entered: Mapping[str, date], today: date) -> list[Ending]:
    """The same for businesses by the shipped rates and the last day of each table that people
    entered.
    """
    results = {each for country in countries for each in endings(country, book.shipped(), today)}
    return sorted(each for each in results if entered.get(each.table, date.min) - today <= NOTICE)
