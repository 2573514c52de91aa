"""Lists that an office hands in to be kept (customers, people, rates): a text or a workbook whose
headings stand in one of its first rows, read by one layout, row by row.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Literal, NamedTuple

from bot.kit.errors import Problem
from bot.kit.tables import amounts, days, guesser, table_file, unseen
from bot.kit.tables.layout import Layout
from bot.kit.tables.sums import says_sum
from bot.kit.tables.values import Cell, Row, Sheet, text_of
from bot.kit.tables.vocabulary import Vocabulary

Taken = Literal["added", "changed", "unchanged"]
TYPED = "typed"
"""The kind of layout that a form has."""


class HeadingMissing(Problem):
    sentence = "The list {name} lacks a column, headed with one of: {headings}."


class CellUnreadable(Problem):
    sentence = "“{text}” in the column “{column}” cannot be read. Write it as {example}."


class FieldUnreadable(Problem):
    """The same of a form's field, which Slack shows beneath it."""

    sentence = "“{text}” cannot be read. Write it as {example}."

    def __init__(self, field: str, **facts: object) -> None:
        super().__init__(**facts)
        self.field = field


class Refused(NamedTuple):
    """A row that was not taken: its line, why, and its sheet where the workbook has several."""

    line: int
    problem: Problem
    sheet: str = ""


@dataclass
class Outcome:
    """What became of a list."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[Refused] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    """What else is to be told of the list, of which nothing was refused."""

    @property
    def failed(self) -> int:
        return len(self.problems)

    def count(self, taken: Taken) -> None:
        setattr(self, taken, getattr(self, taken) + 1)


@dataclass(frozen=True)
class Record:
    """One row of a list, asked by field."""

    line: int
    row: Row
    layout: Layout

    @classmethod
    def typed(cls, facts: Mapping[str, str]) -> "Record":
        """What somebody typed into a form, asked as a row of such a list."""
        columns = {name: (place,) for place, name in enumerate(facts)}
        return cls(0, tuple(facts.values()), Layout(TYPED, tuple(facts), columns))

    def text(self, name: str) -> str:
        """The cell as it is written, empty where there is none."""
        return text_of(self._cell(name)).replace("\0", "").strip()

    def texts(self) -> dict[str, str]:
        """Every field that the list has a column for and the row reaches."""
        within = (n for n, places in self.layout.columns.items() if places[0] < len(self.row))
        return {name: self.text(name) for name in within}

    def day(self, name: str) -> date:
        """Raises :class:`CellUnreadable`, of a form :class:`FieldUnreadable`."""
        read = days.day(self._cell(name), self.layout.days)
        if read is None:
            raise self.unreadable(name, "2026-07-01")
        return read

    def amount(self, name: str) -> Decimal:
        """Raises as :meth:`day` does."""
        read = amounts.amount(self._cell(name), self.layout.decimal)
        if read is None:
            raise self.unreadable(name, "9400.00")
        return read

    def unreadable(self, name: str, example: str) -> CellUnreadable | FieldUnreadable:
        """What to raise of a cell, naming it and how it should be written."""
        text = self.text(name)[:80]
        if self.layout.kind == TYPED:
            return FieldUnreadable(name, text=text, example=example)
        return CellUnreadable(text=text, column=self.layout.heading(name), example=example)

    def _cell(self, name: str) -> Cell:
        places = self.layout.places(name)
        return self.row[places[0]] if places and places[0] < len(self.row) else None


def take(
    name: str, content: bytes, vocabulary: Vocabulary, save: Callable[[Record], Taken]
) -> Outcome:
    """Save every row; one that cannot be is named with the reason, the others are taken.

    Raises :class:`HeadingMissing`, the problems of workbooks and texts, and of what the whole table
    leaves open.
    """
    done = Outcome()
    for sheet, layout in _laid_out(name, content, vocabulary, done):
        for record in _records(sheet, layout):
            try:
                done.count(save(record))
            except Problem as problem:
                done.problems.append(Refused(record.line, problem, sheet.title))
    return done


def records(name: str, content: bytes, vocabulary: Vocabulary) -> Iterator[Record]:
    """The rows of a list that is ours; raises what :func:`take` raises."""
    for sheet, layout in _laid_out(name, content, vocabulary, Outcome()):
        yield from _records(sheet, layout)


def _laid_out(
    name: str, content: bytes, vocabulary: Vocabulary, done: Outcome
) -> list[tuple[Sheet, Layout]]:
    """The sheets that are such lists, with their layouts; the others are said."""
    every = _sheets(name, content, vocabulary)
    shown = [sheet for sheet in every if not sheet.is_hidden]
    guessed = [(sheet, guesser.guess(sheet, vocabulary)) for sheet in shown]
    laid_out = [(sheet, layout) for sheet, layout in guessed if layout]
    if not laid_out:
        raise _lacking(name, shown, vocabulary)
    for sheet, remark in unseen.remarks(every, laid_out):
        if isinstance(remark, unseen.NOT_READ):
            done.problems.append(Refused(1, remark, sheet.title))
        else:
            done.remarks.append(remark)
    for sheet, layout in laid_out:
        if unclear := guesser.unclear(sheet, layout, vocabulary):
            raise unclear
    return laid_out


def _sheets(name: str, content: bytes, vocabulary: Vocabulary) -> list[Sheet]:
    def opened() -> BytesIO:
        return BytesIO(content)

    return table_file.sheets(name, len(content), opened, vocabulary.sureness)


def _lacking(name: str, sheets: list[Sheet], vocabulary: Vocabulary) -> HeadingMissing:
    """What the likeliest row of headings lacks."""
    rows = [row for sheet in sheets for row in guesser.first_rows(sheet)]
    likeliest = max(map(vocabulary.columns, rows), key=len, default={})
    fields = vocabulary.missing(likeliest)
    headings = tuple(f"“{word}”" for field_ in fields for word in vocabulary.headings[field_])
    return HeadingMissing(name=name, headings=headings)


def _records(sheet: Sheet, layout: Layout) -> Iterator[Record]:
    for line, row in guesser.below(sheet, layout):
        record = Record(line, row, layout)
        if any(text_of(cell).strip() for cell in row) and not _is_sum(record):
            yield record


def _is_sum(record: Record) -> bool:
    """A row below the list that says it is a sum and tells nothing but amounts of other columns."""
    told = [text for text in record.texts().values() if text]
    if len(told) != 1 or not says_sum(told[0]):
        return False
    cells = [text for cell in record.row if (text := text_of(cell).strip())]
    others = [text for text in cells if text != told[0]]
    return bool(others) and not any(map(str.isalpha, "".join(others)))
