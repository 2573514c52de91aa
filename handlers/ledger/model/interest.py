"""Late interest and compensation, as the law of the creditor's country has them. Pure.

Interest is amount × rate × days / 365, line by line: another half-year, another rate, a part
payment or a correction begins another line, and each line is rounded half up, forints to whole
ones, so that the lines of a note add up to its sum. It runs from the day
after the effective due day to the day of payment, both counted.

Sources: act of 8 March 2013 (PL) art. 4, 7, 10 and 11b; Civil Code (PL) art. 115 and 481;
Ptk. 6:48 and 6:155 and act IX of 2016 (HU); Directive 2011/7/EU art. 3 and 6.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from bot.kit.errors import Problem
from bot.kit.money import Money
from bot.kit.working_time import is_country_working_day
from handlers.ledger.model.rate_tables import table_name

Debtor = Literal["business", "medical", "consumer"]
"""Who owes: a business, a public body that heals (Poland), or a person as a consumer."""

VERIFIED = frozenset({"verified", "announced", "secondary", "derived", "entered"})
"""Statuses of a rate that count; one from memory waits until somebody enters it with a source."""

_DAY = timedelta(days=1)
_DAYS_OF_A_YEAR = 365
_CENT = Decimal("0.01")


class NoRate(Problem):
    """Past the last verified rate nothing is computed, and nothing is guessed."""

    sentence = (
        "No verified rate of late interest is known for {period} ({table}). Enter it with its "
        "source: on Home, or with zaplecze rates import."
    )


class PaidBeforeDue(Problem):
    sentence = "{paid} is not after the due day {due}: there is no late interest."


@dataclass(frozen=True, slots=True)
class Rate:
    """Per cent a year from one day to another, both counted, and who says so.

    ``table`` is a law and a kind of debtor: ``PL-business``, ``PL-medical``, ``PL-consumer``,
    ``HU-business``, ``HU-consumer``, ``EU-business``.
    """

    table: str
    first_day: date
    last_day: date
    percent: Decimal
    status: str
    source: str

    @property
    def is_verified(self) -> bool:
        return self.status in VERIFIED


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """What one euro cost on a day, as the country's central bank published it."""

    bank: str
    on: date
    value: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Change:
    """What lowers (or raises) the amount owed: interest on the old amount runs to this day."""

    on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class Line:
    """Interest on one amount at one rate, from ``first_day`` to ``last_day``, both counted."""

    first_day: date
    last_day: date
    rate: Decimal
    amount: Money
    interest: Money
    source: str

    @property
    def days(self) -> int:
        return (self.last_day - self.first_day).days + 1


@dataclass(frozen=True, slots=True)
class Compensation:
    """The fixed sum for one invoice: in euro, and in the country's money where it is converted."""

    euro: int
    converted: Money | None
    converted_on: date | None
    """The day whose exchange rate counts."""
    exchange_rate: Decimal | None


def law_of(country: str) -> str:
    """By which law a creditor of ``country`` claims: Poland, Hungary, else the directive."""
    return country if country in ("PL", "HU") else "EU"


def table_of(country: str, debtor: Debtor, currency: str) -> str:
    """The table of rates that holds. In Hungary another currency goes by its own central bank."""
    law = law_of(country)
    if debtor == "medical" and law != "PL":
        debtor = "business"
    if law == "HU" and currency != "HUF":
        return f"HU-{debtor}-{currency}"
    return f"{law}-{debtor}"


def interest(
    amount: Money,
    due_on: date,
    until: date,
    table: str,
    rates: Iterable[Rate],
    changes: Sequence[Change] = (),
) -> list[Line]:
    """The working of late interest on ``amount``, due effectively on ``due_on``, to ``until``.

    ``changes`` are payments and corrections (negative amounts lower what is owed); those up to the
    due day count at once. Raises :class:`NoRate` for the first day without a verified rate.
    """
    verified = _verified(table, rates)
    owed = amount
    day = first_day(due_on)
    lines: list[Line] = []
    for change in (*sorted(changes, key=lambda change: change.on), Change(until, -amount)):
        last_day = min(change.on, until)
        if owed.minor > 0 and last_day >= day:
            lines += _at_each_rate(owed, day, last_day, table, verified)
        owed += change.amount
        day = max(day, last_day + _DAY)
    return lines


def first_day(due_on: date) -> date:
    """From which day interest runs on what is due effectively on ``due_on``."""
    return due_on + _DAY


def _verified(table: str, rates: Iterable[Rate]) -> list[Rate]:
    return [rate for rate in rates if rate.table == table and rate.is_verified]


def _at_each_rate(
    owed: Money, first_day: date, last_day: date, table: str, rates: Sequence[Rate]
) -> list[Line]:
    lines: list[Line] = []
    day = first_day
    while day <= last_day:
        rate = _rate_on(day, table, rates)
        end = min(last_day, rate.last_day, _half_year_end(day))
        days = (end - day).days + 1
        lines.append(
            Line(day, end, rate.percent, owed, _earned(owed, rate.percent, days), rate.source)
        )
        day = end + _DAY
    return lines


def _rate_on(day: date, table: str, rates: Sequence[Rate]) -> Rate:
    for rate in rates:
        if rate.first_day <= day <= rate.last_day:
            return rate
    raise NoRate(period=half_year(day), table=table_name(table))


def _earned(owed: Money, percent: Decimal, days: int) -> Money:
    exact = owed.amount * percent * days / (100 * _DAYS_OF_A_YEAR)
    return Money.worked_out(exact, owed.currency)


def half_year(day: date) -> str:
    """``2027 I``: how people name a half-year."""
    return f"{day.year} {'I' if day.month <= 6 else 'II'}"


def _half_year_end(day: date) -> date:
    return date(day.year, 6, 30) if day.month <= 6 else date(day.year, 12, 31)


def last_known_day(table: str, rates: Iterable[Rate], today: date) -> date | None:
    """The last day of the unbroken run of verified rates that holds today, or of the latest one
    before; None where no verified rate has begun.
    """
    last_day = None
    for rate in sorted(_verified(table, rates), key=lambda rate: rate.first_day):
        goes_on = last_day is not None and (rate.first_day - last_day).days <= 1
        if not goes_on and rate.first_day > today:
            break
        last_day = max(rate.last_day, last_day or rate.last_day)
    return last_day


def compensation(
    country: str,
    debtor: Debtor,
    amount: Money,
    due_on: date,
    exchange_rates: Iterable[ExchangeRate] = (),
) -> Compensation | None:
    """The fixed sum for the costs of recovery; consumers owe none.

    ``amount`` is the invoice's (or instalment's), ``due_on`` its effective due day. Poland: 40, 70
    or 100 euro by the amount in złoty; where the amount is in another currency it is not told
    which, so the lowest. Hungary and the directive: 40 euro.
    """
    if debtor == "consumer":
        return None
    law = law_of(country)
    euro = _polish_euro(amount) if law == "PL" else 40
    on = _exchange_day(law, due_on)
    if on is None:
        return Compensation(euro, None, None, None)
    bank, currency = ("NBP", "PLN") if law == "PL" else ("MNB", "HUF")
    for rate in exchange_rates:
        if rate.bank == bank and rate.on == on:
            converted = Money.worked_out(Decimal(euro) * rate.value, currency)
            return Compensation(euro, converted, on, rate.value)
    return Compensation(euro, None, on, None)


def _polish_euro(amount: Money) -> int:
    if amount.currency != "PLN" or amount.amount <= 5_000:
        return 40
    return 70 if amount.amount < 50_000 else 100


def _exchange_day(law: str, due_on: date) -> date | None:
    """Poland: the last working day of the month before the one in which it fell due. Hungary: the
    first day of late interest.
    """
    if law == "HU":
        return first_day(due_on)
    if law != "PL":
        return None
    day = due_on.replace(day=1) - _DAY
    while not is_country_working_day("PL", day):
        day -= _DAY
    return day


def rounded(percent: Decimal) -> Decimal:
    """A rate as it is written: two decimals."""
    return percent.quantize(_CENT, ROUND_HALF_UP)
