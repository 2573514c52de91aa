"""Opening a table: its first rows, the row that heads them, and what its columns seem to mean."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain, islice

from bot.kit.errors import Problem
from bot.kit.files.encodings import decode
from bot.kit.tables import delimited, guesser
from bot.kit.tables.amounts import signs_of, taken_apart
from bot.kit.tables.days import order_of
from bot.kit.tables.layout import Layout, key_of
from bot.kit.tables.values import Row
from bot.kit.tables.vocabulary import is_continental, texts
from handlers.invoices.columns.layout import KINDS, Kind, asked_of, asked_when_unclear
from handlers.invoices.formats.source import Source
from handlers.invoices.formats.tables import table as invoices
from handlers.invoices.formats.tables.vocabulary import INVOICES
from handlers.ledger.statements import camt, mt940
from handlers.ledger.statements import tables as statements

_ROWS = 60  # within which the headings are
_SHOWN = 3
_LONGEST = 80  # of a cell that is shown
_FEWEST = 3  # cells in a row of headings that nobody knows
_SIZE = 64_000  # of what is looked at


def is_table(source: Source) -> bool:
    """A workbook, or text that is neither a statement of another form nor an invoice."""
    if invoices.is_workbook(source):
        return True
    if source.shape != "text":
        return False
    head = decode(source.head[:_SIZE])
    return not camt.fits(head) and not mt940.fits(head)


def headed(source: Source) -> dict[str, Sequence[object]]:
    """Every row that could be the headings, by its key."""
    headed: dict[str, Sequence[object]] = {}
    for row in chain.from_iterable(_sheets(source)):
        if sum(map(_says, texts(row))) >= _FEWEST - 1:
            headed[key_of(row)] = row
    return headed


def guesses(source: Source) -> list[Layout]:
    """What the table may be, the likelier first: a table of invoices, or a statement, whichever the
    more of its headings say.

    None where it is no table at all.
    """
    layouts = [*_payments(source), *_invoices(source)]
    layouts.sort(key=lambda item: -KINDS[item.kind].sureness(item.headings))
    unknown = _unknown(list(_sheets(source)))
    kinds: tuple[Kind, ...] = ("invoices", "payments")
    guessed = {layout.kind for layout in layouts}
    for kind in kinds:
        if unknown and kind not in guessed:
            layouts.append(replace(unknown, kind=kind))
    return layouts


def asking(source: Source, layout: Layout) -> Layout:
    """A layout that was confirmed for other rows, with what this table's rows leave open."""
    same = next((item for item in guesses(source) if item.kind == layout.kind), layout)
    if layout.kind == "payments" and (wider := statements.with_direction(source.content, layout)):
        return replace(wider, sample=same.sample)
    asks = same.asks if same.key == layout.key and asked_of(same) else asked_when_unclear(layout)
    return replace(layout, sample=same.sample, asks=asks)


def asking_currency(source: Source, layout: Layout) -> Layout:
    """A layout that was confirmed, of a table whose account does not tell the currency either."""
    return replace(asking(source, layout), asks=("currency",))


def _sheets(source: Source) -> Iterator[list[Row]]:
    """The first rows of each sheet of a workbook that is shown; of text, split by each of the signs
    that part cells.
    """
    if invoices.is_workbook(source):
        for sheet in invoices.sheets(source):
            yield [row for _, row in islice(sheet.rows(), _ROWS)]
        return
    yield from delimited.sheets(source.open)


def _payments(source: Source) -> list[Layout]:
    with suppress(Problem):
        return [statements.guess(source.content)]
    return []


def _invoices(source: Source) -> list[Layout]:
    layouts = []
    for sheet in invoices.sheets(source):
        with suppress(Problem):
            layouts.append(guesser.guess(sheet, INVOICES))
    return sorted((layout for layout in layouts if layout), key=lambda item: -len(item.columns))[:1]


def _shortened(row: Row) -> tuple[str, ...]:
    return tuple(text[:_LONGEST] for text in texts(row))


def _unknown(sheets: Sequence[Sequence[Row]]) -> Layout | None:
    """The first row with the most cells heads the table, if there is anything below it."""
    candidates: list[tuple[tuple[str, ...], Sequence[Row]]] = []
    for rows in sheets:
        for place, row in enumerate(rows[:20]):
            headings, below = texts(row), rows[place + 1 :]
            if below and sum(map(_says, headings)) >= _FEWEST:
                candidates.append((headings, below))
    if not candidates:
        return None
    headings, below = max(candidates, key=lambda item: sum(map(_says, item[0])))
    cells = list(chain.from_iterable(map(texts, below)))
    money = [text for text in cells if taken_apart(text) and ("," in text or "." in text)]
    return Layout(
        "invoices",
        headings,
        decimal=signs_of(money).decimal() or ",",
        days=order_of(cells).of(is_continental(headings)) or "dmy",
        sample=tuple(_shortened(row) for row in below[:_SHOWN]),
    )


def _says(text: str) -> bool:
    return bool(text.strip())
