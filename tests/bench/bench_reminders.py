"""``python -m tests.bench.bench_reminders [INVOICES] [postgresql] [due=N]``: who is due among a
million invoices, beside judging each one by itself; and the day's run, where one in fifty of a
million open ones is due. With ``due=N`` the day's run alone, where all are due, N of each customer.
"""

import resource
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from heapq import nlargest
from operator import attrgetter
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

from sqlalchemy import insert, select, text

from bot.catalogue import loader
from bot.edge.turns import Turns
from bot.garbage_collection import look_seldom
from bot.slack import HOME
from handlers.reminders.model.stages import schedule_of
from handlers.reminders.service.policy_context import active_policies
from handlers.reminders.service.tick import tick
from storage import bulk, schema
from storage.base import open_engine
from storage.invoices import customers, payments
from storage.invoices.instalments import instalments
from storage.invoices.invoices import invoices
from storage.reminders import reminders, switches
from storage.turn import Turn
from tests.bench.importing import clock
from tests.bench.office import PEOPLE, furnish
from tests.databases import postgres

MORNING = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = MORNING.date()
SWEPT = 20_000  # at once
KNOWN = MORNING - timedelta(days=500)  # before any of them was due
_COLUMNS = (
    "id",
    "workspace",
    "seller_tax",
    "number",
    "folded",
    "tail",
    "digest",
    "kind",
    "direction",
    "customer",
    "currency",
    "total",
    "to_pay",
    "outstanding",
    "marked_paid",
    "first_due_on",
    "document",
    "findings",
    "is_draft",
    "is_written_off",
    "known_at",
)


@dataclass(frozen=True)
class _Books:
    """Invoices of which one in so many is open, and one in so many of the open ones due."""

    count: int
    open_in: int = 1
    due_in: int = 50
    each: int = 200
    """Invoices of a customer."""

    @property
    def customers(self) -> int:
        """How many there are: no divisor of what else is counted by."""
        return max(1, self.count // self.each - 1) if self.due_in > 1 else self.count // self.each


def main() -> None:
    count = next((int(word) for word in sys.argv[1:] if word.isdigit()), 1_000_000)
    each = next((int(word[4:]) for word in sys.argv[1:] if word.startswith("due=")), 0)
    is_on_postgres = "postgresql" in sys.argv
    books = _Books(count, due_in=1, each=each) if each else _Books(count)
    look_seldom(20_000)  # as the serving process does
    if not is_on_postgres and not each:
        with _turns(is_on_postgres) as turns:
            _fill(turns, _Books(count, open_in=20))
            _say(f"{count:,} invoices, 1 in 20 open, 1 in 1,000 due today", "ms", "ratio")
            with turns.turn(HOME) as turn:
                _compare(turn)
    with _turns(is_on_postgres) as turns:
        _fill(turns, books)
        _run_the_day(turns, books)


@contextmanager
def _turns(is_on_postgres: bool) -> Iterator[Turns]:
    """On an empty database with people and channels."""
    with ExitStack() as stack:
        if is_on_postgres:
            url = stack.enter_context(postgres(durable=True))
        else:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            url = f"sqlite:///{Path(folder) / 'zaplecze.sqlite3'}"
        engine = open_engine(url)
        stack.callback(engine.dispose)
        schema.upgrade(engine)
        rules = loader.load(None)
        turns = Turns(engine, lambda: MORNING, {"*": rules})
        furnish(turns, rules)
        yield turns


class _Measured(NamedTuple):
    """A turn: what it did, the seconds that passed, and those of the processor."""

    number: int
    looked_at: int
    sent: int
    passed: float
    at_work: float

    def __str__(self) -> str:
        return (
            f"{self.passed * 1000:,.0f} ms passed and {self.at_work * 1000:,.0f} at work in turn "
            f"{self.number:,}: {self.looked_at:,} instalments planned, {self.sent:,} messages sent"
        )


def _run_the_day(turns: Turns, books: _Books) -> None:
    """All that is due, in turns as the clock begins them; how long others wait for the longest, and
    how much of that is this process, and the server's that works for it, at work.
    """
    before = most = _megabytes()
    measured: list[_Measured] = []
    for each in _ticks(turns):
        measured.append(each)
        most = max(most, _megabytes())
    looked_at, sent = sum(each.looked_at for each in measured), sum(each.sent for each in measured)
    passed, works = [each.passed for each in measured], [each.at_work for each in measured]
    sys.stdout.write(
        f"the day's run on {turns.engine.dialect.name}: {looked_at:,} due among {books.count:,} "
        f"open of {books.customers:,} customers, {sent:,} messages, {len(measured):,} turns\n"
        f"  {sum(passed):,.1f} s passed, {sum(works):,.1f} at work; a turn "
        f"{median(passed) * 1000:,.0f} and {median(works) * 1000:,.0f} ms in the middle; "
        f"memory {before:,.0f} MB before, {most:,.0f} MB at most\n"
        f"  the longest turns: {_longest(measured)}\n"
        f"  after the first of its kind: {_longest(_used(measured))}\n"
    )


def _ticks(turns: Turns) -> Iterator[_Measured]:
    """Each turn until nothing is left."""
    processors = clock(turns.engine)
    number, is_more = 0, True
    while is_more:
        begun, at_work = perf_counter(), processors()
        with turns.turn(HOME) as turn:
            done = tick(turn)
        number, is_more = number + 1, done.is_more
        passed, work = perf_counter() - begun, processors() - at_work
        yield _Measured(number, done.looked_at, done.sent, passed, work)


def _used(measured: Sequence[_Measured]) -> list[_Measured]:
    """Without the first that planned and the first that sent: these load what the others have."""
    first_sent = next((each for each in measured if each.sent), None)
    return [each for each in measured[1:] if each is not first_sent]


def _longest(measured: Sequence[_Measured]) -> str:
    """The three that were most at work, a line each."""
    return "".join(f"\n    {each}" for each in nlargest(3, measured, attrgetter("at_work")))


def _megabytes() -> float:
    """What this process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def _compare(turn: Turn) -> None:
    tomorrow = TODAY + timedelta(days=1)
    all_at_once = _milliseconds(lambda: _take(turn, 100_000, tomorrow))
    taken = select(instalments.c.id).where(instalments.c.next_on == tomorrow)
    reset = dict.fromkeys(turn.db.execute(taken).scalars(), TODAY)
    reminders.put_off(turn, reset)
    first = _milliseconds(lambda: _take(turn, 500, tomorrow))
    sweep = _milliseconds(lambda: reminders.look_at_new(turn, ["receivable"], SWEPT))
    one_by_one = _milliseconds(lambda: _judge_each(turn))
    _say("every open invoice judged by itself", f"{one_by_one:,.1f}", "1.000")
    _say(
        "all that is due, taken by its day",
        f"{all_at_once:,.1f}",
        f"{all_at_once / one_by_one:.3f}",
    )
    _say("the first 500 of it", f"{first:,.1f}", f"{first / one_by_one:.3f}")

    _say("the sweep for what was booked since", f"{sweep:,.1f}", f"{sweep / one_by_one:.3f}")


def _take(turn: Turn, most: int, until: date) -> None:
    """What is due, put off."""
    due = reminders.take_due(turn, TODAY, most)
    reminders.put_off(turn, {each.instalment: until for each in due})


def _judge_each(turn: Turn) -> int:
    """What an engine without a next day does: load all that is open and ask of each whether its
    stage has come.
    """
    book = active_policies(turn)["receivable"]
    found = select(instalments.c.due_on).join(invoices).where(invoices.c.outstanding > 0)
    schedules = (
        schedule_of(book.policy, book.switch, due_on, TODAY, "PL")
        for due_on in turn.db.execute(found).scalars()
    )
    return sum(schedule.reached(TODAY) is not None for schedule in schedules)


def _fill(turns: Turns, books: _Books) -> None:
    with turns.turn(HOME) as turn:
        named = [
            {"name": f"C{n}", "owner": PEOPLE[n % len(PEOPLE)], "address": "ul. Długa 1, Gdańsk"}
            for n in range(books.customers)
        ]
        turn.db.execute(
            insert(customers.customers), [customers.row_of(turn, each) for each in named]
        )
        payments.note_known_until(turn, "bank", MORNING)
        switches.switch(turn, "customers", is_on=True, since=date(2020, 1, 1), overdue="done")
    for first in range(1, books.count + 1, 50_000):
        with turns.turn(HOME) as turn:
            _fill_some(turn, range(first, min(first + 50_000, books.count + 1)), books)
    if turns.engine.dialect.name == "postgresql":
        with turns.transaction() as db:
            db.execute(text("ANALYZE"))


def _fill_some(turn: Turn, numbers: range, books: _Books) -> None:
    at = bulk.moment(turn.db, KNOWN)
    existing: list[tuple[object, ...]] = []
    parts: list[tuple[object, ...]] = []
    for n in numbers:
        is_open, is_due = n % books.open_in == 0, n % (books.due_in * books.open_in) == 0
        due_on = _day(n, books, is_due=is_due).isoformat()
        customer = n % books.customers + 1
        existing.append(_invoice(n, turn.workspace, at, is_open, due_on, customer))
        parts.append((n, n, due_on, _amount(n), _next(n, is_due) if is_open else None))
    bulk.insert(turn.db, invoices, _COLUMNS, existing)
    bulk.insert(turn.db, instalments, ("id", "invoice", "due_on", "amount", "next_on"), parts)


def _invoice(
    n: int, workspace: str, at: str, is_open: bool, due_on: str, customer: int
) -> tuple[object, ...]:
    number, open_ = f"FV{n}", _amount(n) if is_open else 0
    return (
        n,
        workspace,
        "1",
        number,
        number,
        number,
        number,
        "invoice",
        "receivable",
        customer,
        "PLN",
        _amount(n),
        _amount(n),
        open_,
        False,
        due_on,
        "{}",
        "[]",
        False,
        False,
        at,
    )


def _amount(n: int) -> int:
    """Hardly any two are alike."""
    return 100_00 + n * 7919 % 900_000


def _spread(n: int) -> date:
    return TODAY + timedelta(days=n % 400 - 360)


def _day(n: int, books: _Books, *, is_due: bool) -> date:
    if books.open_in > 1:
        return _spread(n)
    return _late(n) if books.due_in == 1 else _due(n, is_due)


def _late(n: int) -> date:
    """On each of sixty days up to one of which a first stage has come."""
    return TODAY + timedelta(days=3 - n % 60)


def _due(n: int, is_due: bool) -> date:
    """Today or in three days, which are stages; or in some weeks."""
    return TODAY + timedelta(days=n % 4 // 2 * 3 if is_due else 10 + n % 60)


def _next(n: int, is_due: bool) -> str:
    """Open invoices have their next day: one in fifty of them today."""
    return (TODAY if is_due else TODAY + timedelta(days=1 + n % 30)).isoformat()


def _milliseconds(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return (perf_counter() - begun) * 1000


def _say(what: str, value: str, ratio: str) -> None:
    sys.stdout.write(f"{what:<62}{value:>14}{ratio:>10}\n")


if __name__ == "__main__":
    main()
