"""``python -m tests.bench.bench_statements [INVOICES [FILES]]``: a folder of bank statements, among
open invoices.

As many invoices again are paid already. Of 50 lines a file most name an invoice, or a part of its
number.
"""

import gc
import sys
import tempfile
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from time import process_time

from sqlalchemy import text

from bot.catalogue import loader
from bot.demo import company
from bot.edge.turns import Turns
from bot.slack import HOME
from handlers.invoices.service import statement_import
from handlers.invoices.service.document_import import import_reads
from handlers.invoices.service.document_reader import read_path
from handlers.ledger.model.matching.index import Index
from handlers.ledger.service.bank import matching_items
from storage import schema
from storage.base import open_engine
from tests.bench.invoice_tables import sales

MORNING = datetime(2026, 11, 23, 9, tzinfo=UTC)
LINES = 50
_HEADINGS = "Data księgowania;Kwota;Waluta;Tytuł;Kontrahent;Rachunek kontrahenta\n"
_SETTLED = text("UPDATE invoices SET outstanding = 0, marked_paid = :yes WHERE id % 2 = 1")
_OPEN = text(
    "SELECT i.number, i.to_pay, c.name FROM invoices i JOIN customers c ON c.id = i.customer "
    "WHERE i.outstanding <> 0 ORDER BY i.id % 7919, i.id"
)


def main() -> None:
    count, files = (
        *(int(word.replace("_", "")) for word in sys.argv[1:]),
        *(100_000, 100)[len(sys.argv) - 1 :],
    )
    gc.freeze()  # as the command does
    gc.set_threshold(200_000)
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'zaplecze.sqlite3'}")
        schema.upgrade(engine)
        rules = company.demo_catalogue(loader.load(None))
        _run(Turns(engine, lambda: MORNING, {"*": rules}), Path(folder), count, files)
        engine.dispose()


def _run(turns: Turns, folder: Path, count: int, files: int) -> None:
    import_reads(lambda: turns.turn(HOME), read_path(sales(folder / "sales.csv", 2 * count)))
    with turns.turn(HOME) as turn:
        turn.db.execute(_SETTLED, {"yes": True})
        begun = process_time()
        Index(matching_items.every(turn))
        _say(f"{count:,} open invoices arranged, and as many that are paid", process_time() - begun)
        rows = iter(turn.db.execute(_OPEN).all())
    one, many = folder / "one", folder / "many"
    one.mkdir()
    many.mkdir()
    for n in range(files + 1):
        told = (_line(place, *row) for place, row in enumerate(islice(rows, LINES)))
        ((many if n else one) / f"{n:04}.csv").write_text(_HEADINGS + "".join(told))
    for what, path, each in (("one file", one, 1), (f"{files} files, each", many, files)):
        begun = process_time()
        done = statement_import.import_paths(lambda: turns.turn(HOME), [path]).sums
        _say(
            f"{what}: {done.matched} of {done.entries} lines booked",
            (process_time() - begun) / each,
        )


def _line(place: int, number: str, to_pay: int, name: str) -> str:
    title = (number, number, f"faktura {number[3:]}", f"fv {number[-7:]}", "przelew", "abonament")[
        place % 6
    ]
    return f"2026-11-20;{to_pay / 100:.2f};PLN;{title};{name.upper()};\n".replace(".", ",")


def _say(what: str, seconds: float) -> None:
    sys.stdout.write(f"{what:64} {seconds:8.2f} s\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
