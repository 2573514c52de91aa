"""Files of bank statements into the ledger, one file a turn."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path

from bot.kit.errors import Problem
from bot.kit.folders import files_below
from handlers.invoices import board
from handlers.ledger import reconciling
from handlers.ledger.reconciling import Sums
from handlers.ledger.statements import csv, reading
from handlers.ledger.statements.csv import Mapping
from storage.turn import Turn

Turning = Callable[[], AbstractContextManager[Turn]]


def import_paths(turning: Turning, paths: Iterable[Path]) -> tuple[Sums, list[tuple[str, Problem]]]:
    """Book every statement below the paths; what a file could not be read for stands beside the sums."""
    done, refused = Sums(), []
    for path in files_below(paths):
        try:
            read = reading.read(path)
        except Problem as problem:
            refused.append((str(path), problem))
            continue
        with turning() as turn:
            reconciling.take(turn, read, done)
            board.show(turn)
    return done, refused


def import_bytes(turn: Turn, content: bytes, mapping: Mapping | None = None) -> Sums:
    """The statements of a file that somebody sent; of a bank's CSV by a mapping of its columns.

    Raises what :func:`reading.read` raises.
    """
    done = Sums()
    reconciling.take(turn, csv.read(content, mapping) if mapping else reading.read(content), done)
    board.show(turn)
    return done
