"""``python -m tests.bench.bench_reminders``: who is due among a million invoices, beside judging
each one by itself.
"""

import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter

from sqlalchemy import insert, select

from bot.catalogue import loader
from bot.edge.turns import Turns
from bot.slack import HOME
from handlers.reminders.model.stages import schedule_of
from handlers.reminders.service.tick import active_policies
from storage import bulk, schema
from storage.base import open_engine
from storage.invoices import customers, payments
from storage.invoices.instalments import instalments
from storage.invoices.invoices import invoices
from storage.reminders import reminders, switches
from storage.turn import Turn

MORNING = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = MORNING.date()
CUSTOMERS = 2_000
SWEPT = 20_000  # at once
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
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'zaplecze.sqlite3'}")
        schema.upgrade(engine)
        turns = Turns(engine, lambda: MORNING, {"*": loader.load(None)})
        with turns.turn(HOME) as turn:
            _fill(turn, count)
        _say(f"{count:,} invoices, 1 in 20 open, 1 in 1,000 due today", "ms", "ratio")
        with turns.turn(HOME) as turn:
            _compare(turn)
        engine.dispose()


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


def _fill(turn: Turn, count: int) -> None:
    turn.db.execute(
        insert(customers.customers),
        [customers.row_of(turn, {"name": f"C{n}"}) for n in range(CUSTOMERS)],
    )
    at = bulk.moment(turn.db, MORNING)
    bulk.insert(
        turn.db, invoices, _COLUMNS, [_invoice(n, turn.workspace, at) for n in range(1, count + 1)]
    )
    parts = [(n, n, _due(n).isoformat(), 100_00, _next(n)) for n in range(1, count + 1)]
    bulk.insert(turn.db, instalments, ("id", "invoice", "due_on", "amount", "next_on"), parts)
    payments.note_known_until(turn, "bank", MORNING)
    switches.switch(turn, "customers", is_on=True, since=date(2020, 1, 1), overdue="done")


def _invoice(n: int, workspace: str, at: str) -> tuple[object, ...]:
    number, open_ = f"FV{n}", 100_00 if n % 20 == 0 else 0
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
        n % CUSTOMERS + 1,
        "PLN",
        100_00,
        100_00,
        open_,
        False,
        _due(n).isoformat(),
        "{}",
        "[]",
        False,
        False,
        at,
    )


def _due(n: int) -> date:
    return TODAY + timedelta(days=n % 400 - 360)


def _next(n: int) -> str | None:
    """Open invoices have their next day: one in fifty of them today."""
    if n % 20:
        return None
    return (TODAY if n % 1000 == 0 else TODAY + timedelta(days=1 + n % 30)).isoformat()


def _milliseconds(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return (perf_counter() - begun) * 1000


def _say(what: str, value: str, ratio: str) -> None:
    sys.stdout.write(f"{what:<62}{value:>14}{ratio:>10}\n")


if __name__ == "__main__":
    main()
