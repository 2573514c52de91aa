"""``python -m tests.bench.bench_invoices``: importing a table of invoices and finding one among many, side by side."""

import csv
import gc
import io
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from time import process_time

from bot import catalogue, demo_company
from bot.slack import HOME
from bot.turns import Turns
from handlers.invoices.importing import import_reads
from handlers.invoices.reading import read_path
from handlers.ledger import service as ledger
from storage import invoice_search, schema
from storage.base import open_engine
from storage.invoices import Gate
from storage.turn import Turn

MORNING = datetime(2026, 11, 23, 9, tzinfo=UTC)
HEADINGS = "number,issued_on,due_on,seller_name,seller_tax_id,buyer_name,buyer_tax_id,currency,net,tax,total,account"
EVERYBODY = Gate(True, "")
CUSTOMERS = 5_000
_TIMES = 50


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with tempfile.TemporaryDirectory() as folder:
        _run(Path(folder), count)


def _run(folder: Path, count: int) -> None:
    table = folder / "invoices.csv"
    with table.open("w") as written:
        written.writelines(_rows(count))
    engine = open_engine(f"sqlite:///{folder / 'zaplecze.sqlite3'}")
    schema.upgrade(engine)
    rules = demo_company.demo_catalogue(catalogue.load(None))
    turns = Turns(engine, lambda: MORNING, {"*": rules})
    gc.freeze()
    _say(f"{count:,} rows", "rows/s on one core", "of the whole import")
    whole = _rate(lambda: import_reads(lambda: turns.turn(HOME), read_path(table)), count)
    for what, work in _beside(table, folder):
        rate = _rate(work, count)
        _say(what, f"{rate:,.0f}", f"{whole / rate:.2f}")
    _say("read, checked and booked", f"{whole:,.0f}", "1.00")
    _find(turns, count)
    engine.dispose()


def _beside(table: Path, folder: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    yield "csv.reader alone", lambda: sum(1 for _ in csv.reader(io.StringIO(table.read_text())))
    yield "read and checked, not booked", lambda: sum(1 for _ in read_path(table))
    yield "SQLite's own bulk insert of the bare columns", lambda: _bulk(table, folder)


def _bulk(table: Path, folder: Path) -> None:
    """One table with the invoice's unique key and nothing else."""
    db = sqlite3.connect(folder / "bare.sqlite3")
    columns = ", ".join(HEADINGS.split(","))
    db.execute(f"CREATE TABLE bare ({columns}, UNIQUE (seller_tax_id, number))")
    rows = csv.reader(io.StringIO(table.read_text()))
    next(rows)
    db.executemany(f"INSERT INTO bare VALUES ({', '.join('?' * 12)})", rows)
    db.commit()
    db.close()


def _find(turns: Turns, count: int) -> None:
    number = f"fv.2026.{(count // 2) % 12 + 1}.{count // 2}"
    asked: dict[str, Callable[[Turn], object]] = {
        "by number": lambda turn: invoice_search.by_number(turn, EVERYBODY, [number]),
        "by its end": lambda turn: invoice_search.by_part(turn, EVERYBODY, number.rpartition(".")[2]),
        "by its beginning": lambda turn: invoice_search.by_part(turn, EVERYBODY, number[:-2]),
        "with a slip": lambda turn: invoice_search.by_typo(turn, EVERYBODY, number.replace("26", "62")),
        "the whole answer to /invoice": lambda turn: ledger.look_up(turn, number),
    }
    _say(f"found among {count:,}", "milliseconds", "")
    for what, ask in asked.items():
        with turns.turn(HOME) as turn:
            ask(turn)
            begun = process_time()
            for _ in range(_TIMES):
                ask(turn)
            _say(what, f"{(process_time() - begun) / _TIMES * 1000:.2f}", "")


def _rate(work: Callable[[], object], count: int) -> float:
    begun = process_time()
    work()
    return count / (process_time() - begun)


def _rows(count: int) -> Iterator[str]:
    """Of our own to 5,000 customers, with valid numbers and accounts, a due date of their own and sums that add up."""
    yield HEADINGS + "\n"
    buyers = list(islice(_tax_numbers(), CUSTOMERS))
    for n in range(count):
        net, issued_on = n * 7919 % 9_000_000 + 1000, date(2026, 1, 1) + timedelta(days=n * 300 // count)
        tax = (net * 23 + 50) // 100
        yield (
            f"FV/2026/{issued_on.month:02}/{n:07},{issued_on},{issued_on + timedelta(days=14 + n % 3 * 8)},BBT,"
            f"{demo_company.POLISH_NUMBER},Customer {n * 31 % CUSTOMERS},{buyers[n * 31 % CUSTOMERS]},PLN,"
            f"{_amount(net)},{_amount(tax)},{_amount(net + tax)},PL61109010140000071219812874\n"
        )


def _tax_numbers() -> Iterator[str]:
    """Polish ones, with their check digits."""
    for digits in map(str, range(526_000_000, 527_000_000)):
        check = sum(weight * int(digit) for weight, digit in zip((6, 5, 7, 2, 3, 4, 5, 6, 7), digits, strict=True)) % 11
        if check < 10:
            yield f"{digits}{check}"


def _amount(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02}"


def _say(*cells: str) -> None:
    sys.stdout.write(f"{cells[0]:50} {cells[1]:>22} {cells[2]:>22}\n")


if __name__ == "__main__":
    main()
