"""The book of rates: ``interest.csv`` with a source for each row, and what finance entered.

What is entered takes the place of a shipped rate that begins on the same day. A rate whose status
is not verified stands in the list and counts for nothing.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from bot.kit.errors import Problem
from bot.kit.tables import lists
from bot.kit.tables.amounts import amount
from bot.kit.tables.lists import Outcome, Record, Taken
from bot.kit.tables.vocabulary import Vocabulary
from bot.kit.words import N_
from handlers.ledger.model.interest import ExchangeRate, Rate
from handlers.people.service import roles
from storage.invoices import rates
from storage.turn import Turn

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
RATES = Vocabulary(
    kind="rates",
    words={
        "table": "table|tabela|táblázat",
        "from": "from|valid from|od|od dnia|obowiązuje od|kezdete|kezdő nap",
        "to": "to|valid to|do|do dnia|obowiązuje do|vége|utolsó nap",
        "rate": "rate|percent|stopa|stawka|kurs|kamatláb|mérték|árfolyam",
        "source": "source|źródło|forrás",
        "status": "status",
    },
    needed=(("table",), ("from",), ("rate",), ("source",)),
    days=("from", "to"),
)
"""The headings of a list of rates."""
_PERCENTS = (Decimal(0), Decimal(100))
_EXCHANGES = (Decimal(0), Decimal(100_000))


class NoSuchTable(Problem):
    sentence = N_("There is no table of rates “{text}”. There are: {tables}.")


class SourceMissing(Problem):
    sentence = N_("The rate has no source. Say who announced it, and where.")
    field = "source"


class ShareOrPercent(Problem):
    sentence = N_(
        "“{text}” may be a part of one, as spreadsheets keep percents. Write {percent} % or "
        "{text} %, whichever is meant."
    )
    field = "rate"


class EndsBeforeItBegins(Problem):
    sentence = N_("The rate ends on {last_day}, before it begins on {first_day}.")
    field = "to"


class FinanceEntersRates(Problem):
    sentence = N_("Rates are entered by finance.")


@cache
def shipped() -> tuple[Rate, ...]:
    """The rates of ``interest.csv``, by table and first day."""
    rows = lists.records(SHIPPED.name, SHIPPED.read_bytes(), RATES)
    return tuple(_interest(record, record.text("status")) for record in rows)


def interest_rates(turn: Turn) -> list[Rate]:
    """Every rate that is known here, by table and first day."""
    return with_entered(rates.entered(turn))


def with_entered(rows: Iterable[Mapping[Any, Any]]) -> list[Rate]:
    """The shipped rates and those of the rows that people entered, by table and first day."""
    book = {(rate.table, rate.first_day): rate for rate in shipped()}
    for row in rows:
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
    if not roles.may(turn, "rate", "enter"):
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


def import_list(turn: Turn, content: bytes, name: str = "rates") -> Outcome:
    """Enter every rate of a list; a line that is wrong is named, the others are taken. Raises what
    :func:`bot.kit.tables.lists.take` raises.
    """
    keys = _keys(turn)

    def save(record: Record) -> Taken:
        rate = rate_of(record)
        if not enter(turn, rate):
            return "unchanged"
        return "changed" if _key(rate) in keys else "added"

    return lists.take(name, content, RATES, save)


def _keys(turn: Turn) -> set[tuple[str, date]]:
    keys = set(map(_key, interest_rates(turn)))
    keys.update(map(_key, exchange_rates(turn)))
    return keys


def _key(rate: Rate | ExchangeRate) -> tuple[str, date]:
    if isinstance(rate, ExchangeRate):
        return rate.bank, rate.on
    return rate.table, rate.first_day


def read_rate(row: Mapping[str, str]) -> Rate | ExchangeRate:
    """A rate as somebody typed it: ``table``, ``from``, ``to``, ``rate``, ``source``.

    Of an exchange rate (``NBP-EUR``) the day is ``from``. Raises a Problem that says what is wrong.
    """
    return rate_of(Record.typed(row))


def rate_of(record: Record) -> Rate | ExchangeRate:
    """The rate of one row; raises as :func:`read_rate` does."""
    table = record.text("table")
    if table not in (*TABLES, *BANKS):
        raise NoSuchTable(text=table, tables=", ".join((*TABLES, *BANKS)))
    if not record.text("source"):
        raise SourceMissing()
    if table in BANKS:
        value = _number(record, _EXCHANGES)
        return ExchangeRate(BANKS[table], record.day("from"), value, record.text("source"))
    return _interest(record, "entered")


def _interest(record: Record, status: str) -> Rate:
    table, source = record.text("table"), record.text("source")
    first_day, last_day = record.day("from"), record.day("to")
    if last_day < first_day:
        raise EndsBeforeItBegins(first_day=first_day, last_day=last_day)
    return Rate(table, first_day, last_day, _percent(record), status, source)


def _percent(record: Record) -> Decimal:
    """Of what is less than one, the sign alone says that percents are meant: a spreadsheet keeps
    ``13.75 %`` as 0.1375.
    """
    percent, text = _number(record, _PERCENTS), record.text("rate")
    if 0 < percent < 1 and not text.endswith("%"):
        raise ShareOrPercent(text=text, percent=(percent * 100).normalize())
    return percent


def _number(record: Record, bounds: tuple[Decimal, Decimal]) -> Decimal:
    """No rate has thousands to part, so a comma or a point alone always parts decimals."""
    text = record.text("rate").removesuffix("%").strip()
    least, most = bounds
    number = amount(text, "," if "," in text else ".")
    if number is None or not least <= number <= most:
        raise record.unreadable("rate", "13.75")
    return number
