"""``python -m tests.bench.bench_reminders [INVOICES] [postgresql]``: who is due among a million
invoices, beside judging each one by itself; and the day's run, where one in fifty of a million open
ones is due.
"""

import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import insert, select, text

from bot.catalogue import loader
from bot.edge.turns import Turns
from bot.slack import HOME
from handlers.reminders.model.stages import schedule_of
from handlers.reminders.service.tick import active_policies, tick_until_done
from storage import bulk, schema
from storage.base import open_engine
from storage.invoices import customers, payments
from storage.invoices.instalments import instalments
from storage.invoices.invoices import invoices
from storage.reminders import reminders, switches
from storage.turn import Turn
from tests.bench.bench_invoices import clock
from tests.bench.office import PEOPLE, furnish
from tests.databases import postgres

MORNING = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = MORNING.date()
SWEPT = 20_000  # at once
KNOWN = MORNING - timedelta(days=500)  # before any of them was due
INVOICES_EACH = 200  # of a customer
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


def main() -> None:
    count = next((int(word) for word in sys.argv[1:] if word.isdigit()), 1_000_000)
    is_on_postgres = "postgresql" in sys.argv
    if not is_on_postgres:
        with _turns(is_on_postgres) as turns:
            _fill(turns, count, 20)
            _say(f"{count:,} invoices, 1 in 20 open, 1 in 1,000 due today", "ms", "ratio")
            with turns.turn(HOME) as turn:
                _compare(turn)
    with _turns(is_on_postgres) as turns:
        _fill(turns, count, 1)
        _run_the_day(turns, count)


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


def _run_the_day(turns: Turns, count: int) -> None:
    """All that is due, in turns as the clock begins them; how long others wait for the longest, and
    how much of that is this process, and the server's that works for it, at work.
    """
    processors = clock(turns.engine)
    spans: list[float] = []
    works: list[float] = []
    memory: list[float] = [_megabytes()]

    @contextmanager
    def begin() -> Iterator[Turn]:
        begun, at_work = perf_counter(), processors()
        with turns.turn(HOME) as turn:
            yield turn
        spans.append(perf_counter() - begun)
        works.append(processors() - at_work)
        memory.append(_megabytes())

    done = tick_until_done(begin)
    longest, middle = max(spans) * 1000, median(spans) * 1000
    longest_work, middle_work = max(works) * 1000, median(works) * 1000
    engine = turns.engine.dialect.name
    sys.stdout.write(
        f"the day's run on {engine}: {done.looked_at:,} due among {count:,} open, "
        f"{done.sent:,} messages, {len(spans):,} turns\n"
        f"  {sum(spans):,.1f} s, {sum(works):,.1f} s of the processor; "
        f"a turn {middle:,.0f} and {middle_work:,.0f} ms, "
        f"the longest {longest:,.0f} and {longest_work:,.0f} ms; "
        f"memory {memory[0]:,.0f} MB before, {max(memory):,.0f} MB at most\n"
    )


def _megabytes() -> float:
    """What this process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def _compare(turn: Turn) -> None:
    tomorrow = TODAY + timedelta(days=1)
    all_at_once = _milliseconds(lambda: len(reminders.take_due(turn, TODAY, tomorrow, 100_000)))
    taken = select(instalments.c.id).where(instalments.c.next_on == tomorrow)
    reset = dict.fromkeys(turn.db.execute(taken).scalars(), TODAY)
    reminders.put_off(turn, reset)
    first = _milliseconds(lambda: len(reminders.take_due(turn, TODAY, tomorrow, 500)))
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


def _judge_each(turn: Turn) -> int:
    """What an engine without a next day does: load all that is open and ask of each whether its
    stage has come.
    """
    book = active_policies(turn)["receivable"]
    found = select(instalments.c.due_on).join(invoices).where(invoices.c.outstanding > 0)
    courses = (
        schedule_of(book.policy, book.switch, due_on, TODAY, "PL")
        for due_on in turn.db.execute(found).scalars()
    )
    return sum(course.reached(TODAY) is not None for course in courses)


def _fill(turns: Turns, count: int, one_open_in: int) -> None:
    with turns.turn(HOME) as turn:
        named = [
            {"name": f"C{n}", "owner": PEOPLE[n % len(PEOPLE)], "address": "ul. Długa 1, Gdańsk"}
            for n in range(_customers(count))
        ]
        turn.db.execute(
            insert(customers.customers), [customers.row_of(turn, each) for each in named]
        )
        payments.note_known_until(turn, "bank", MORNING)
        switches.switch(turn, "customers", is_on=True, since=date(2020, 1, 1), overdue="done")
    for first in range(1, count + 1, 50_000):
        with turns.turn(HOME) as turn:
            numbers = range(first, min(first + 50_000, count + 1))
            _fill_some(turn, numbers, one_open_in, _customers(count))
    if turns.engine.dialect.name == "postgresql":
        with turns.transaction() as db:
            db.execute(text("ANALYZE"))


def _customers(count: int) -> int:
    """How many there are: no divisor of what else is counted by."""
    return max(1, count // INVOICES_EACH - 1)


def _fill_some(turn: Turn, numbers: range, one_open_in: int, customers_: int) -> None:
    at = bulk.moment(turn.db, KNOWN)
    existing: list[tuple[object, ...]] = []
    parts: list[tuple[object, ...]] = []
    for n in numbers:
        is_open, is_due = n % one_open_in == 0, n % (50 * one_open_in) == 0
        due_on = (_due(n, is_due) if one_open_in == 1 else _spread(n)).isoformat()
        existing.append(_invoice(n, turn.workspace, at, is_open, due_on, n % customers_ + 1))
        parts.append((n, n, due_on, 100_00, _next(n, is_due) if is_open else None))
    bulk.insert(turn.db, invoices, _COLUMNS, existing)
    bulk.insert(turn.db, instalments, ("id", "invoice", "due_on", "amount", "next_on"), parts)


def _invoice(
    n: int, workspace: str, at: str, is_open: bool, due_on: str, customer: int
) -> tuple[object, ...]:
    number, open_ = f"FV{n}", 100_00 if is_open else 0
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
        100_00,
        100_00,
        open_,
        False,
        due_on,
        "{}",
        "[]",
        False,
        False,
        at,
    )


def _spread(n: int) -> date:
    return TODAY + timedelta(days=n % 400 - 360)


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
