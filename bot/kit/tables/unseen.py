"""What a workbook holds beside what was read of it, and what was read that nobody sees who opens
it: told by every reader alike.

A sheet that is hidden is a draft or a copy, and is not read. A row or a column that is hidden
belongs to a table that is shown, most often behind a filter: its balances and sums count it.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from bot.kit.errors import Problem
from bot.kit.tables import guesser
from bot.kit.tables.layout import Layout
from bot.kit.tables.values import Sheet

_RANGES = 10


class SheetUnread(Problem):
    sentence = "The sheet “{sheet}” was not read: none of its first rows heads such a table."


class SheetHidden(Problem):
    sentence = "The sheet “{sheet}” is hidden and was not read."


class RowsHidden(Problem):
    sentence = "Hidden rows were read too: {count}, at line {lines}."


class ColumnsHidden(Problem):
    sentence = "Hidden columns were read too: {headings}."


NOT_READ = (SheetUnread, SheetHidden)


def remarks(
    every: Iterable[Sheet], read: Iterable[tuple[Sheet, Layout]]
) -> Iterator[tuple[Sheet, Problem]]:
    """What is to be told of each sheet of a file, of which some were read."""
    layouts = {id(sheet): layout for sheet, layout in read}
    for sheet in every:
        layout = layouts.get(id(sheet))
        if layout:
            yield from ((sheet, remark) for remark in _hidden_in(sheet, layout))
        elif guesser.is_wide(sheet):
            problem = SheetHidden if sheet.is_hidden else SheetUnread
            yield sheet, problem(sheet=sheet.title)


def _hidden_in(sheet: Sheet, layout: Layout) -> Iterator[Problem]:
    if sheet.hidden_rows:
        lines = [line for line, _ in guesser.below(sheet, layout) if line in sheet.hidden_rows]
        if lines:
            yield RowsHidden(count=len(lines), lines=sheet.line(_ranges(lines)))
    used = {place for places in layout.columns.values() for place in places}
    if unseen := sorted(used & sheet.hidden_columns):
        headings = (" ".join(layout.headings[place].split()) for place in unseen)
        yield ColumnsHidden(headings=", ".join(headings))


def _ranges(lines: Sequence[int]) -> str:
    """``3–7, 9``: the first of them, where they are many."""
    runs = list(islice(_runs(lines), _RANGES + 1))
    told = ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
    return told if len(runs) <= _RANGES else f"{told.rpartition(', ')[0]} …"


def _runs(lines: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = last = lines[0]
    for line in lines[1:]:
        if line != last + 1:
            yield first, last
            first = line
        last = line
    yield first, last
