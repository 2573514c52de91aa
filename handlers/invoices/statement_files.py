"""Files of bank statements into the ledger, one file a turn."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path

from bot.kit.errors import Problem
from bot.kit.folders import files_below
from handlers.invoices import board
from handlers.invoices.columns import memory, opening
from handlers.invoices.formats.source import Source
from handlers.ledger import reconciling
from handlers.ledger.reconciling import Sums
from handlers.ledger.statements import csv, reading
from handlers.ledger.statements.csv import Mapping
from handlers.ledger.statements.values import Statement
from storage.turn import Turn

Turning = Callable[[], AbstractContextManager[Turn]]


def import_paths(turning: Turning, paths: Iterable[Path]) -> tuple[Sums, list[tuple[str, Problem]]]:
    """Book every statement below the paths; what a file could not be read for stands beside the sums."""
    done, refused = Sums(), []
    for path in files_below(paths):
        try:
            read = _read(turning, path)
        except Problem as problem:
            refused.append((str(path), problem))
            continue
        with turning() as turn:
            reconciling.take(turn, read, done)
            board.show(turn)
    return done, refused


def _read(turning: Turning, path: Path) -> list[Statement]:
    """A bank's CSV whose headings somebody confirmed is read as it was confirmed, any other file as it seems."""
    try:
        source = Source.file(path)
        recalled = memory.recall_for(turning, source)
    except OSError:
        return reading.read(path)  # which says why not
    if recalled is None or recalled.layout.kind != "payments":
        return reading.read(path)
    return csv.read(source.content, opening.for_payments(recalled.layout, source.content))


def import_bytes(turn: Turn, content: bytes, mapping: Mapping | None = None) -> Sums:
    """The statements of a file that somebody sent; of a bank's CSV by a mapping of its columns.

    Raises what :func:`reading.read` raises.
    """
    done = Sums()
    reconciling.take(turn, csv.read(content, mapping) if mapping else reading.read(content), done)
    board.show(turn)
    return done
