"""``python -m tests.bench.bench_open [ROWS] [postgresql]``: what is open of one customer with
10,000
open items among ROWS invoices, beside the plainest SQL of the same; ``/invoice`` and Home.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from time import perf_counter

from sqlalchemy import ColumnElement, Engine, Executable, case, func, or_, select

from bot.catalogue import loader
from bot.edge.turns import Turns
from bot.kit.words import Words
from bot.slack import HOME
from handlers.invoices.service.waiting import payment_board
from handlers.ledger.service import balances, booking
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.bank import reconciliation
from handlers.ledger.service.bank.reconciliation import Sums
from handlers.ledger.statements.values import Entry, Statement, StatementFile, statement
from storage import schema
from storage.bank import statements
from storage.invoices import customers
from storage.invoices.booking import NewInvoice, learn
from storage.invoices.invoices import corrections, invoices
from storage.turn import Turn
from tests.bench.bench_invoices import _on_postgresql, _on_sqlite
from tests.bench.importing import clock

MORNING = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = date(2026, 11, 23)
OPEN, OWNED, OWNER = 10_000, 20, "U0PIOTR"
_TIMES = 7
_NEAR = (date(2026, 11, 21), date(2026, 11, 24), date(2026, 12, 1))
_COLUMNS = (
    *(invoices.c.id, invoices.c.customer, invoices.c.number, invoices.c.kind),
    *(invoices.c.issued_on, invoices.c.first_due_on, invoices.c.currency, invoices.c.outstanding),
)


def main() -> None:
    count = next((int(word) for word in sys.argv[1:] if word.isdigit()), 100_000)
    with tempfile.TemporaryDirectory() as folder:
        opened = _on_postgresql() if "postgresql" in sys.argv else _on_sqlite(Path(folder))
        with opened as engine:
            schema.upgrade(engine)
            rules = loader.load(None)
            _run(engine, Turns(engine, lambda: MORNING, {"*": rules, HOME: rules}), count)
            engine.dispose()


def _run(engine: Engine, turns: Turns, count: int) -> None:
    with turns.turn(HOME) as turn:
        big = customers.save(turn, {"name": "Big Customer"})
        others = [
            customers.save(turn, {"name": f"Other {n}", "owner": OWNER if n < OWNED else ""})
            for n in range(1_000)
        ]
    for some in _chunks(_documents(count, big, others)):
        with turns.turn(HOME) as turn:
            booking.book(turn, some)
    with turns.turn(HOME) as turn:
        learn(turn)
        reconciliation.take(turn, StatementFile("waiting.sta", [_waiting()]), Sums())
    processor = clock(engine)
    with turns.turn(HOME) as turn:
        for name, ask in _questions(big).items():
            passed, worked = _timed(turn, ask, perf_counter), _timed(turn, ask, processor)
            told = f"{passed:9.1f} ms {worked:9.1f} ms of the processor"
            sys.stdout.write(f"{count:>9,}  {name:<40} {told}\n")


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


def _waiting() -> Statement:
    """Thirty payments that no invoice surely takes."""
    lines = [
        Entry(DAY, Decimal(n), "PLN", f"transfer {n}", f"Payer {n}", None, f"R{n}")
        for n in range(1, 31)
    ]
    return statement(
        format="mt940",
        account=None,
        currency="PLN",
        opening=None,
        closing=None,
        entries=tuple(lines),
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
    whose = [big]
    return {
        "sums": lambda turn: balances.balance(
            turn, direction="receivable", day=DAY, customers=whose
        ),
        "sums, the plainest SQL of the same": _plain(_plain_sums(big)),
        "one total alone, the plainest SQL": _plain(_plain_total(big)),
        "items": lambda turn: balances.items(
            turn, direction="receivable", day=DAY, customers=whose
        ),
        "items, the plainest SQL of the same": _plain(_plain_items(big)),
        "rows alone, the plainest SQL": _plain(_plain_rows(big)),
        "sums of everybody (Home of finance)": lambda turn: [
            balances.balance(turn, direction=direction, day=DAY, customers=None)
            for direction in balances.DIRECTIONS
        ],
        "what /invoice CUSTOMER looks up": lambda turn: ledger.look_up(turn, "Big Customer"),
        "what /invoice without words looks up": lambda turn: ledger.open_of(
            turn, customers.search(turn, "", owner=OWNER, most=None)
        ),
        "six waiting payments of the board": lambda turn: payment_board.sights(
            turn, statements.waiting(turn, 6), Words("en")
        ),
    }


def _plain(query: Executable) -> Callable[[Turn], object]:
    return lambda turn: turn.db.execute(query).all()


def _theirs(big: int) -> tuple[ColumnElement[bool], ...]:
    return invoices.c.customer == big, invoices.c.outstanding != 0


def _plain_total(big: int) -> Executable:
    query = select(func.sum(invoices.c.outstanding), func.count())
    return query.where(*_theirs(big))


def _plain_sums(big: int) -> Executable:
    """Parted by currency, by what is late, due or owed by us, and by what is held."""
    near = case(
        (invoices.c.outstanding < 0, 0),
        *((invoices.c.first_due_on < day, place) for place, day in enumerate(_NEAR, 1)),
        else_=4,
    )
    is_held = or_(invoices.c.disputed.isnot(None), invoices.c.promised_until >= DAY)
    keys = (invoices.c.currency, near.label("near"), is_held.label("is_held"))
    sums = select(*keys, func.count(), func.sum(invoices.c.outstanding))
    return sums.where(*_theirs(big)).group_by(*keys)


def _plain_rows(big: int) -> Executable:
    query = select(*_COLUMNS, invoices.c.to_pay)
    return query.where(*_theirs(big))


def _plain_items(big: int) -> Executable:
    """With what corrections change of them, the earliest due first."""
    netted, spent = (
        select(func.coalesce(func.sum(corrections.c.amount), 0))
        .where(which == invoices.c.id)
        .scalar_subquery()
        for which in (corrections.c.invoice, corrections.c.by_invoice)
    )
    query = select(*_COLUMNS, invoices.c.to_pay + netted - spent)
    return query.where(*_theirs(big)).order_by(
        invoices.c.outstanding < 0, invoices.c.first_due_on, invoices.c.id
    )


def _timed(turn: Turn, ask: Callable[[Turn], object], now: Callable[[], float]) -> float:
    times = []
    for _ in range(_TIMES):
        begun = now()
        ask(turn)
        times.append(now() - begun)
    return min(times) * 1_000


if __name__ == "__main__":
    main()
