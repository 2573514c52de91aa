"""``python -m tests.bench.bench_readers [LINES]``: one bank statement in each format, read and
booked.

What counts is processor time. Two commits are compared by running each in its own checkout, turn by
turn, and taking the least.
"""

import gc
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

from bot.catalogue import loader
from bot.demo import company
from bot.edge.turns import Turns
from bot.slack import HOME
from handlers.invoices.service import statement_import
from handlers.ledger.statements import reader
from storage import schema
from storage.base import open_engine
from tests.bench.statement_files import ACCOUNT, files

MORNING = datetime(2026, 11, 23, 9, tzinfo=UTC)


def main() -> None:
    lines = int(sys.argv[1].replace("_", "")) if len(sys.argv) > 1 else 15_000
    gc.freeze()  # as the command does
    gc.set_threshold(200_000)
    sys.stdout.write(f"{lines:,} lines{'read, s':>20}{'booked, s':>12}\n")
    for ending, content in files(lines).items():
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / f"statement.{ending}"
            file.write_bytes(content)
            sys.stdout.write(f"{ending:12}{_read(file):20.2f}{_booked(file, lines):12.2f}\n")
            sys.stdout.flush()


def _read(file: Path) -> float:
    begun = process_time()
    reader.read(file)
    return process_time() - begun


def _booked(file: Path, lines: int) -> float:
    engine = open_engine(f"sqlite:///{file.parent / 'zaplecze.sqlite3'}")
    schema.upgrade(engine)
    turns = Turns(engine, lambda: MORNING, {"*": company.demo_catalogue(loader.load(None))})
    begun = process_time()
    done = statement_import.import_paths(lambda: turns.turn(HOME), [file], ACCOUNT)
    passed = process_time() - begun
    engine.dispose()
    assert done.sums.booked == lines, done
    return passed


if __name__ == "__main__":
    main()
