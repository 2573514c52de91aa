"""The book of rates: ``interest.csv`` with a source for each row, and what finance entered.

What is entered takes the place of a shipped rate that begins on the same day. A rate whose status
is not verified stands in the list and counts for nothing.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from io import StringIO
from pathlib import Path

from bot.kit.errors import Problem
from bot.kit.files.encodings import decode
from bot.kit.words import N_
from handlers.ledger.model.interest import ExchangeRate, Rate
from handlers.people.service import roles
from storage.invoices import rates
from storage.turn import BOT, Turn

SHIPPED = Path(__file__).with_name("interest.csv")
TABLES = (
    "PL-business",
    "PL-medical",
    "PL-consumer",
    "HU-business",
    "HU-business-EUR",
    "HU-consumer",
    "EU-business",
    "EU-consumer",
)
BANKS = {"NBP-EUR": "NBP", "MNB-EUR": "MNB"}
_HEADINGS = ("table", "from", "to", "rate", "source")
_MOST_PERCENT = Decimal(100)
_MOST_EXCHANGE = Decimal(100_000)


class NotARateList(Problem):
    sentence = N_("The list of rates needs the headings {headings} in its first line.")


class NoSuchTable(Problem):
    sentence = N_("There is no table of rates “{text}”. There are: {tables}.")


class NotADay(Problem):
    sentence = N_("“{text}” in the column “{column}” is not a day. Write it as 2026-07-01.")


class NotARate(Problem):
    sentence = N_("“{text}” is not a rate. Write it with a dot or a comma: 13.75.")


class SourceMissing(Problem):
    sentence = N_("The rate has no source. Say who announced it, and where.")


class EndsBeforeItBegins(Problem):
    sentence = N_("The rate ends on {last_day}, before it begins on {first_day}.")


class FinanceEntersRates(Problem):
    sentence = N_("Rates are entered by finance.")


@dataclass
class Imported:
    """What became of a list: counts, and each line that was not taken with the reason."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[tuple[int, Problem]] = field(default_factory=list)

    @property
    def failed(self) -> int:
        return len(self.problems)


@cache
def shipped() -> tuple[Rate, ...]:
    """The rates of ``interest.csv``, by table and first day."""
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        return tuple(_shipped_rate(row) for row in csv.DictReader(file))


def _shipped_rate(row: Mapping[str, str]) -> Rate:
    return Rate(
        table=row["table"],
        first_day=date.fromisoformat(row["from"]),
        last_day=date.fromisoformat(row["to"]),
        percent=Decimal(row["rate"]),
        status=row["status"],
        source=row["source"],
    )


def interest_rates(turn: Turn) -> list[Rate]:
    """Every rate that is known here, by table and first day."""
    book = {(rate.table, rate.first_day): rate for rate in shipped()}
    for row in rates.entered(turn):
        rate = Rate(
            table=row["table"],
            first_day=row["first_day"],
            last_day=row["last_day"],
            percent=row["percent"],
            status="entered",
            source=row["source"],
        )
        book[rate.table, rate.first_day] = rate
    return [book[key] for key in sorted(book)]


def exchange_rates(turn: Turn) -> list[ExchangeRate]:
    """What one euro cost on which day, as it was entered."""
    return [
        ExchangeRate(row["bank"], row["on"], row["value"], row["source"])
        for row in rates.exchanges(turn)
    ]


def enter(turn: Turn, rate: Rate | ExchangeRate) -> bool:
    """Enter a rate with its source; false when it stands there like this already."""
    if turn.actor != BOT and not roles.may(turn, "rate", "enter"):
        raise FinanceEntersRates()
    if isinstance(rate, ExchangeRate):
        return _enter_exchange(turn, rate)
    return _enter_interest(turn, rate)


def _enter_interest(turn: Turn, rate: Rate) -> bool:
    if rate in interest_rates(turn):
        return False
    row = {
        "table": rate.table,
        "first_day": rate.first_day,
        "last_day": rate.last_day,
        "percent": rate.percent,
        "source": rate.source,
    }
    rates.enter_interest(turn, row)
    turn.record("interest_rate.entered", f"rate:{rate.table}", first_day=rate.first_day.isoformat())
    return True


def _enter_exchange(turn: Turn, rate: ExchangeRate) -> bool:
    if rate in exchange_rates(turn):
        return False
    row = {"bank": rate.bank, "on": rate.on, "value": rate.value, "source": rate.source}
    rates.enter_exchange(turn, row)
    turn.record("exchange_rate.entered", f"rate:{rate.bank}", on=rate.on.isoformat())
    return True


def import_list(turn: Turn, content: bytes) -> Imported:
    """Enter every rate of a CSV; a line that is wrong is named, the others are taken."""
    done = Imported()
    keys = _keys(turn)
    for line, row in _rows(content):
        try:
            rate = read_rate(row)
        except Problem as problem:
            done.problems.append((line, problem))
            continue
        if not enter(turn, rate):
            done.unchanged += 1
        elif _key(rate) in keys:
            done.changed += 1
        else:
            done.added += 1
    return done


def _keys(turn: Turn) -> set[tuple[str, date]]:
    interest = {_key(rate) for rate in interest_rates(turn)}
    return interest | {_key(rate) for rate in exchange_rates(turn)}


def _key(rate: Rate | ExchangeRate) -> tuple[str, date]:
    if isinstance(rate, ExchangeRate):
        return rate.bank, rate.on
    return rate.table, rate.first_day


def _rows(content: bytes) -> Iterator[tuple[int, Mapping[str, str]]]:
    text = decode(content)
    first_line = text.partition("\n")[0]
    delimiter = ";" if ";" in first_line else ","
    reader = csv.DictReader(StringIO(text), delimiter=delimiter)
    headings = [heading.strip().lower() for heading in reader.fieldnames or ()]
    if not set(_HEADINGS) <= set(headings):
        raise NotARateList(headings=", ".join(_HEADINGS))
    reader.fieldnames = headings
    for row in reader:
        yield reader.line_num, {key: (value or "").strip() for key, value in row.items() if key}


def read_rate(row: Mapping[str, str]) -> Rate | ExchangeRate:
    """A rate as somebody wrote it: ``table``, ``from``, ``to``, ``rate``, ``source``.

    Of an exchange rate (``NBP-EUR``) the day is ``from``. Raises a Problem that says what is wrong.
    """
    table = row["table"]
    if table not in (*TABLES, *BANKS):
        raise NoSuchTable(text=table, tables=", ".join((*TABLES, *BANKS)))
    first_day = _day(row, "from")
    if not row["source"]:
        raise SourceMissing()
    if table in BANKS:
        value = _number(row["rate"], _MOST_EXCHANGE)
        return ExchangeRate(BANKS[table], first_day, value, row["source"])
    last_day = _day(row, "to")
    if last_day < first_day:
        raise EndsBeforeItBegins(first_day=first_day, last_day=last_day)
    percent = _number(row["rate"], _MOST_PERCENT)
    return Rate(table, first_day, last_day, percent, "entered", row["source"])


def _day(row: Mapping[str, str], column: str) -> date:
    try:
        return date.fromisoformat(row[column])
    except ValueError:
        raise NotADay(text=row[column], column=column) from None


def _number(text: str, most: Decimal) -> Decimal:
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        raise NotARate(text=text) from None
    if not number.is_finite() or not 0 <= number <= most:
        raise NotARate(text=text)
    return number
