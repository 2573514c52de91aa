"""Files of bank statements into the ledger: small ones several in a turn, a large one in a turn of
its own.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from bot.kit.errors import Problem
from bot.kit.folders import files_below
from bot.kit.tables.layout import Layout
from handlers.invoices import board
from handlers.invoices.columns import memory
from handlers.invoices.formats.source import Source
from handlers.ledger import reconciling
from handlers.ledger.reconciling import Sums
from handlers.ledger.statements import reading, tables
from handlers.ledger.statements.values import Statement
from storage.turn import Turn

Turning = Callable[[], AbstractContextManager[Turn]]
LINES_A_TURN = 1_000


def import_paths(turning: Turning, paths: Iterable[Path]) -> tuple[Sums, list[tuple[str, Problem]]]:
    """Book every statement below the paths; what a file could not be read for stands beside the
    sums.
    """
    done, refused = Sums(), list[tuple[str, Problem]]()
    for files in together(_read_all(turning, paths, refused)):
        with turning() as turn:
            reconciling.take_all(turn, files, done)
            board.show(turn)
    return done, refused


def _read_all(
    turning: Turning, paths: Iterable[Path], refused: list[tuple[str, Problem]]
) -> Iterator[Sequence[Statement]]:
    """What can be read; adds to ``refused`` what cannot."""
    for path in files_below(paths):
        try:
            yield _read(turning, path)
        except Problem as problem:
            refused.append((str(path), problem))


def together(files: Iterable[Sequence[Statement]]) -> Iterator[list[Sequence[Statement]]]:
    """Files in the order in which they come, so many at once as have :data:`LINES_A_TURN`, but one
    at least.
    """
    some, lines = list[Sequence[Statement]](), 0
    for read in files:
        more = sum(len(one.entries) for one in read)
        if some and lines + more > LINES_A_TURN:
            yield some
            some, lines = [], 0
        some.append(read)
        lines += more
    if some:
        yield some


def _read(turning: Turning, path: Path) -> list[Statement]:
    """A bank's CSV whose headings somebody confirmed is read as it was confirmed, any other file as
    it seems.
    """
    try:
        source = Source.file(path)
        recalled = memory.recall_for(turning, source)
    except OSError:
        return reading.read(path)  # which says why not
    if recalled is None or recalled.layout.kind != "payments":
        return reading.read(path)
    return tables.read(source.content, recalled.layout)


def import_bytes(turn: Turn, content: bytes, layout: Layout | None = None) -> Sums:
    """The statements of a file that somebody sent; of a bank's table by a layout.

    Raises what :func:`reading.read` raises.
    """
    done = Sums()
    reconciling.take(turn, tables.read(content, layout) if layout else reading.read(content), done)
    board.show(turn)
    return done
