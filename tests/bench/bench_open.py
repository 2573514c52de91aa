"""``python -m tests.bench.bench_open [ROWS] [postgresql]``: what is open of one customer with
10,000
open items among ROWS invoices, beside the plainest SQL of the same; ``/invoice`` and Home.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import func, select

from bot.catalogue import loader
from bot.edge.turns import Turns
from bot.slack import HOME
from handlers.home.service import money
from handlers.ledger.service import balances, booking
from handlers.ledger.service import lookup as ledger
from storage import schema
from storage.invoices import customers
from storage.invoices.booking import NewInvoice, learn
from storage.invoices.invoices import invoices
from storage.turn import Turn
from tests.bench.bench_invoices import _on_postgresql, _on_sqlite

MORNING = datetime(2026, 11, 23, 9, tzinfo=UTC)
OPEN = 10_000
_TIMES = 7


def main() -> None:
    count = next((int(word) for word in sys.argv[1:] if word.isdigit()), 100_000)
    with tempfile.TemporaryDirectory() as folder:
        opened = _on_postgresql() if "postgresql" in sys.argv else _on_sqlite(Path(folder))
        with opened as engine:
            schema.upgrade(engine)
            rules = loader.load(None)
            _run(Turns(engine, lambda: MORNING, {"*": rules, HOME: rules}), count)
            engine.dispose()


def _run(turns: Turns, count: int) -> None:
    with turns.turn(HOME) as turn:
        big = customers.save(turn, {"name": "Big Customer", "owner": "U0PIOTR"})
        others = [customers.save(turn, {"name": f"Other {n}"}) for n in range(100)]
    for some in _chunks(_documents(count, big, others)):
        with turns.turn(HOME) as turn:
            booking.book(turn, some)
    with turns.turn(HOME) as turn:
        learn(turn)
        for name, ask in _questions(big).items():
            sys.stdout.write(f"{count:>9,}  {name:<40} {_timed(turn, ask):9.1f} ms\n")


def _documents(count: int, big: int, others: list[int]) -> Iterator[NewInvoice]:
    """The customer's open ones among all, of which one in twenty is open."""
    step = max(1, count // OPEN)
    for n in range(count):
        is_big = n % step == 0 and n // step < OPEN
        who = big if is_big else others[n % len(others)]
        yield _document(n, who, is_paid=not is_big and n % 20 != 1)


def _document(n: int, who: int, *, is_paid: bool) -> NewInvoice:
    issued_on, amount = date(2026, 1, 1) + timedelta(days=n % 300), 10_000 + n % 977
    return NewInvoice(
        seller_tax="5261040828",
        number=f"FV/{n}",
        folded=f"fv.{n}",
        digest=str(n),
        kind="invoice",
        direction="receivable",
        customer=who,
        issued_on=issued_on.isoformat(),
        currency="PLN",
        total=amount,
        to_pay=amount,
        marked_paid=int(is_paid),
        account=None,
        ksef_number=None,
        document="{}",
        instalments=[((issued_on + timedelta(days=14)).isoformat(), amount)],
    )


def _chunks(documents: Iterator[NewInvoice]) -> Iterator[list[NewInvoice]]:
    some: list[NewInvoice] = []
    for one in documents:
        some.append(one)
        if len(some) == 10_000:
            yield some
            some = []
    if some:
        yield some


def _questions(big: int) -> dict[str, Callable[[Turn], object]]:
    day, whose = date(2026, 11, 23), [big]
    theirs = (invoices.c.customer == big, invoices.c.outstanding != 0)
    plain_sum = select(func.sum(invoices.c.outstanding), func.count()).where(*theirs)
    columns = (
        *(invoices.c.id, invoices.c.number, invoices.c.kind, invoices.c.issued_on),
        *(invoices.c.first_due_on, invoices.c.currency, invoices.c.to_pay),
        invoices.c.outstanding,
    )
    plain_items = select(*columns).where(*theirs)
    return {
        "sums": lambda turn: balances.balance(
            turn, direction="receivable", day=day, customers=whose
        ),
        "sums, the plainest SQL": lambda turn: turn.db.execute(plain_sum).all(),
        "items": lambda turn: balances.items(
            turn, direction="receivable", day=day, customers=whose
        ),
        "items, the plainest SQL": lambda turn: turn.db.execute(plain_items).all(),
        "sums of everybody (Home of finance)": lambda turn: balances.balance(
            turn, direction="receivable", day=day, customers=None
        ),
        "purses of Home": money.purses,
        "what /invoice CUSTOMER looks up": lambda turn: ledger.look_up(turn, "Big Customer"),
    }


def _timed(turn: Turn, ask: Callable[[Turn], object]) -> float:
    times = []
    for _ in range(_TIMES):
        begun = perf_counter()
        ask(turn)
        times.append(perf_counter() - begun)
    return median(times) * 1_000


if __name__ == "__main__":
    main()
