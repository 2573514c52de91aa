"""The memory of columns: what headings mean, as somebody of finance or the command line confirmed
it.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime

from bot.kit.tables.layout import Layout
from handlers.invoices.columns import preview
from handlers.invoices.formats.source import Source
from storage.invoices import column_mappings
from storage.turn import Turn

Turning = Callable[[], AbstractContextManager[Turn]]


@dataclass(frozen=True)
class Recalled:
    """A layout, who confirmed it, and when."""

    layout: Layout
    by_person: str
    at: datetime


def recall(turn: Turn, headed: Mapping[str, Sequence[object]]) -> Recalled | None:
    """What is remembered of the first of these rows that is known as headings; the rows by their
    keys.
    """
    existing = column_mappings.known(turn, headed)
    for key, row in headed.items():
        if key in existing:
            headings = tuple("" if cell is None else str(cell) for cell in row)
            layout = replace(Layout.from_json(existing[key].layout), headings=headings)
            return Recalled(layout, existing[key].by_person, existing[key].at)
    return None


def recall_for(turning: Turning, source: Source) -> Recalled | None:
    """What is remembered of a file's columns; None where it is no table, or one with headings that
    nobody confirmed.
    """
    if not preview.is_table(source):
        return None
    headed = preview.headed(source)
    with turning() as turn:
        return recall(turn, headed)


def remember(turn: Turn, layout: Layout) -> None:
    """The next table with these headings is read so, without a question."""
    column_mappings.keep(turn, layout.key, layout.remembered())
    turn.record("columns.confirmed", f"columns:{layout.key[:16]}", kind=layout.kind)
