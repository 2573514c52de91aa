"""One import, and the processor time that it took.

Run as a script, in a process of its own and by the code of any worktree that stands first in
PYTHONPATH; so it imports nothing of the tests.
"""

import gc
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from time import process_time

from sqlalchemy import Engine, text

from bot.catalogue import loader
from bot.demo import company
from bot.edge.turns import Turns
from bot.slack import HOME
from handlers.invoices.service import document_import, statement_import
from handlers.invoices.service.document_reader import read_path
from handlers.ledger.statements import reader
from storage import schema
from storage.base import open_engine

MORNING = datetime(2026, 11, 23, 9, tzinfo=UTC)


def main(what: str, url: str, path: Path, account: str) -> None:
    """``upgrade`` a database, or read ``invoices`` or ``statement`` of a path and then book them."""
    engine = open_engine(url)
    if what == "upgrade":
        schema.upgrade(engine)
        engine.dispose()
        return
    gc.freeze()  # as the command does
    gc.set_threshold(200_000)
    turns = Turns(engine, lambda: MORNING, {"*": company.demo_catalogue(loader.load(None))})

    def book() -> int:
        if what == "invoices":
            return document_import.import_paths(lambda: turns.turn(HOME), [path]).imported
        done = statement_import.import_paths(lambda: turns.turn(HOME), [path], account)
        return done[0].booked

    def read() -> int:
        if what == "invoices":
            return sum(1 for _ in read_path(path))
        return sum(len(statement.entries) for statement in reader.read(path))

    with engine.connect() as db:
        db.execute(text("SELECT 1"))
    processor = clock(engine)
    measured = {"read": _took(process_time, read), "booked": _took(processor, book)}
    engine.dispose()
    megabytes = getrusage(RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps(measured | {"megabytes": megabytes}))


def _took(processor: Callable[[], float], work: Callable[[], int]) -> tuple[float, int]:
    """Seconds of the processor, and how many were read or booked."""
    begun = processor()
    count = work()
    return processor() - begun, count


def clock(engine: Engine) -> Callable[[], float]:
    """Processor time of this process, and of the server's where the database has one of its own."""
    if engine.dialect.name != "postgresql":
        return process_time
    with (
        engine.connect() as db
    ):  # the pool gives the same connection again, as long as one at a time is asked for
        backend = Path(
            f"/proc/{db.execute(text('SELECT pg_backend_pid()')).scalar_one()}/schedstat"
        )
    return lambda: process_time() + int(backend.read_text().split()[0]) / 1e9


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), sys.argv[4])
