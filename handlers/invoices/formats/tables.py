"""A table of invoices: where its headings are, and the rows below them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from bot.kit.errors import Problem
from bot.kit.folding import fold
from handlers.invoices.formats.guessing import Row, guessed, sureness
from handlers.invoices.formats.mapping import ColumnMapping

_LOOKED_AT = 50
_HEADINGS_WITHIN = 20


class ColumnsNotRecognised(Problem):
    sentence = (
        "The columns of {name} were not recognised: one must be the invoice number and one the "
        "total or the amount "
        "to pay. Its first row reads: {headings}"
    )


class ColumnsMissing(Problem):
    sentence = "The table {name} lacks the columns that its mapping names: {headings}."


@dataclass(frozen=True)
class Table:
    """``rows`` are those below the headings, each with its line number; they can be gone through
    once.
    """

    headings: Row
    mapping: ColumnMapping
    rows: Iterator[tuple[int, Row]]


def table(numbered: Iterator[tuple[int, Row]], name: str, confirmed: ColumnMapping | None) -> Table:
    """Finds the headings among the first rows: those that ``confirmed`` names, or those that tell
    most.

    Raises :class:`ColumnsNotRecognised` or :class:`ColumnsMissing`.
    """
    first = list(islice(numbered, _LOOKED_AT))
    place, mapping = _confirmed(first, name, confirmed) if confirmed else _guessed(first, name)
    headings = ["" if cell is None else str(cell) for cell in first[place][1]]
    return Table(headings, mapping, chain(first[place + 1 :], numbered))


def _guessed(first: list[tuple[int, Row]], name: str) -> tuple[int, ColumnMapping]:
    candidates = [
        (place, mapping)
        for place, (_, row) in enumerate(first[:_HEADINGS_WITHIN])
        if (mapping := guessed(row, [below for _, below in first[place + 1 :]]))
    ]
    if not candidates:
        shown = (
            ", ".join(str(cell) for cell in first[0][1][:20] if cell is not None) if first else ""
        )
        raise ColumnsNotRecognised(name=name, headings=shown[:300])
    return max(candidates, key=lambda candidate: sureness(candidate[1]))


def _confirmed(
    first: list[tuple[int, Row]], name: str, mapping: ColumnMapping
) -> tuple[int, ColumnMapping]:
    """Headings may come in another order or spelling of capitals, but each must be there."""
    missing: list[str] = []
    for place, (_, row) in enumerate(first[:_HEADINGS_WITHIN]):
        there = {fold(str(cell)): str(cell) for cell in row if cell is not None}
        absent = [heading for heading in mapping.columns.values() if fold(heading) not in there]
        if not absent:
            columns = {field: there[fold(heading)] for field, heading in mapping.columns.items()}
            return place, ColumnMapping(columns, mapping.decimal, mapping.days, mapping.constants)
        missing = absent if not missing or len(absent) < len(missing) else missing
    raise ColumnsMissing(name=name, headings=", ".join(missing))
