"""``python -m tests.bench.bench_invoices [ROWS] [sqlite|postgresql]``: importing invoices and
finding one among many.

What counts is processor time: of this process, and with PostgreSQL of the server's process that
works for it.
"""

import csv
import gc
import os
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from sqlalchemy import Engine, event, text

from bot.catalogue import loader
from bot.demo import company
from bot.edge.turns import Turns
from bot.slack import HOME
from handlers.invoices.service.document_import import import_paths, import_reads
from handlers.invoices.service.document_reader import Read, read_path
from handlers.ledger.service import lookup as ledger
from storage import schema
from storage.base import open_engine
from storage.invoices import search
from storage.invoices.invoices import Gate
from storage.turn import Turn
from tests.bench.importing import clock
from tests.bench.invoice_tables import HEADINGS, documents, purchases, sales
from tests.databases import postgres

MORNING = datetime(2026, 11, 23, 9, tzinfo=UTC)
EVERYBODY = Gate(True, "")
_TIMES = 50
_MEMORY_AT = 100_000


def main() -> None:
    count = next(
        (int(word.replace("_", "")) for word in sys.argv[1:] if word[0].isdigit()), 200_000
    )
    gc.freeze()  # as the command does
    gc.set_threshold(200_000)
    with tempfile.TemporaryDirectory() as folder:
        opened = _on_postgresql() if "postgresql" in sys.argv else _on_sqlite(Path(folder))
        with opened as engine:
            schema.upgrade(engine)
            _run(engine, Path(folder), count)
            engine.dispose()


@contextmanager
def _on_sqlite(folder: Path) -> Iterator[Engine]:
    yield open_engine(f"sqlite:///{folder / 'zaplecze.sqlite3'}")


@contextmanager
def _on_postgresql() -> Iterator[Engine]:
    with postgres(durable=True) as url:
        yield open_engine(url)


def _run(engine: Engine, folder: Path, count: int) -> None:
    rules = company.demo_catalogue(loader.load(None))
    turns = Turns(engine, lambda: MORNING, {"*": rules})
    processor = clock(engine)
    table, bought = (
        sales(folder / "sales.csv", count),
        purchases(folder / "purchases.csv", max(count // 10, 1000)),
    )
    _say(f"{count:,} rows on {engine.dialect.name}", "a second on one core", "of what we do")
    whole = _rate(processor, lambda: import_reads(lambda: turns.turn(HOME), _watched(table)), count)
    _say("read, checked and booked", f"{whole:,.0f}", "1.00")
    beside: dict[str, Callable[[], object]] = {
        "csv.reader alone": lambda: _count(csv.reader(table.open())),
        "read and checked, not booked": lambda: _count(read_path(table)),
        "the database's own bulk load, bare columns": lambda: _bulk(engine, table, folder),
    }
    for what, work in beside.items():
        rate = _rate(processor, work, count)
        _say(what, f"{rate:,.0f}", f"{whole / rate:.2f}")
    again = _rate(
        processor,
        lambda: import_reads(lambda: turns.turn(HOME), islice(read_path(table), 50_000)),
        50_000,
    )
    _say("the first 50,000 once more: nothing changes", f"{again:,.0f}", f"{whole / again:.2f}")
    rate = _rate(
        processor, lambda: import_paths(lambda: turns.turn(HOME), [bought]), max(count // 10, 1000)
    )
    _say("suppliers' invoices: accounts compared", f"{rate:,.0f}", f"{whole / rate:.2f}")
    papers = documents(folder / "documents", 2_000)
    rate = _rate(processor, lambda: import_paths(lambda: turns.turn(HOME), [papers]), 2_000)
    _say("XML documents (2,000) read, checked and booked", f"{rate:,.0f}", f"{whole / rate:.2f}")
    _find(turns, count)


def _watched(table: Path) -> Iterator[Read]:
    """The documents of a table; says how much memory is taken at 100,000 of them and at the end."""
    for place, read in enumerate(read_path(table), 1):
        if place == _MEMORY_AT:
            _say(f"memory at {place:,} rows", f"{_memory():,.0f} MB", "")
        yield read
    _say("memory at the end", f"{_memory():,.0f} MB", "")


def _memory() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def _bulk(engine: Engine, table: Path, folder: Path) -> None:
    """One table with the invoice's unique key and nothing else."""
    with table.open() as lines:
        rows = csv.reader(lines)
        next(rows)
        _copy(engine, rows) if engine.dialect.name == "postgresql" else _insert(folder, rows)


def _insert(folder: Path, rows: Iterator[list[str]]) -> None:
    with closing(sqlite3.connect(folder / "bare.sqlite3")) as db:
        db.execute(f"CREATE TABLE bare ({HEADINGS}, UNIQUE (seller_tax_id, number))")
        db.executemany(f"INSERT INTO bare VALUES ({', '.join('?' * 12)})", rows)
        db.commit()


def _copy(engine: Engine, rows: Iterator[list[str]]) -> None:
    columns = ", ".join(f"{heading} text" for heading in HEADINGS.split(","))
    with engine.begin() as db:
        db.execute(text(f"CREATE TABLE bare ({columns}, UNIQUE (seller_tax_id, number))"))
        driver: Any = db.connection.driver_connection
        with driver.cursor() as cursor, cursor.copy("COPY bare FROM STDIN") as copying:
            for row in rows:
                copying.write_row(row)


def _find(turns: Turns, count: int) -> None:
    number = _number_in(turns, count // 2)
    folded = number.lower().replace("/", ".").replace(".0", ".")
    end = folded.rpartition(".")[2].lstrip("0")
    asked: dict[str, Callable[[Turn], object]] = {
        "by number": lambda turn: ledger.look_up(turn, number),
        "by its end": lambda turn: ledger.look_up(turn, end),
        "by the end of its end": lambda turn: search.by_part(turn, EVERYBODY, end[1:]),
        "by its beginning": lambda turn: ledger.look_up(turn, number[:-2]),
        "by its beginning without the letters": lambda turn: ledger.look_up(turn, number[3:-2]),
        "with a slip": lambda turn: search.by_typo(turn, EVERYBODY, number.replace("26", "62")),
        "by what is nowhere": lambda turn: search.by_part(turn, EVERYBODY, "9.9.9"),
    }
    at_database = _timed_statements(turns.engine)
    _say(f"found among {count:,}", "ms at the database", "ms in all")
    for what, ask in asked.items():
        with turns.turn(HOME) as turn:
            ask(turn)
            taken, whole = [], []
            for _ in range(_TIMES):
                at_database.clear()
                begun = perf_counter()
                ask(turn)
                whole.append(perf_counter() - begun)
                taken.append(sum(at_database))
            _say(what, f"{median(taken) * 1000:.2f}", f"{median(whole) * 1000:.2f}")


def _number_in(turns: Turns, place: int) -> str:
    with turns.turn(HOME) as turn:
        return str(
            turn.db.execute(
                text("SELECT number FROM invoices WHERE id = :id"), {"id": place}
            ).scalar_one()
        )


def _timed_statements(engine: Engine) -> list[float]:
    """How long each statement takes from here on, on the wall; the list is the caller's
    to clear.
    """
    taken: list[float] = []

    @event.listens_for(engine, "before_cursor_execute")
    def _begin(db: Any, *_: object) -> None:
        db.info["begun"] = perf_counter()

    @event.listens_for(engine, "after_cursor_execute")
    def _end(db: Any, *_: object) -> None:
        taken.append(perf_counter() - db.info["begun"])

    return taken


def _rate(clock: Callable[[], float], work: Callable[[], object], count: int) -> float:
    begun = clock()
    work()
    return count / (clock() - begun)


def _count(things: Iterator[object]) -> int:
    return sum(1 for _ in things)


def _say(*cells: str) -> None:
    sys.stdout.write(f"{cells[0]:52} {cells[1]:>22} {cells[2]:>16}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
