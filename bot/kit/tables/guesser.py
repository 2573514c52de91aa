"""The one guesser: where the headings are, what they mean, and how the cells of whole columns are
written.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain, islice

from bot.kit.folding import fold
from bot.kit.tables.amounts import Signs
from bot.kit.tables.currencies import named_in
from bot.kit.tables.days import Order
from bot.kit.tables.layout import Layout, key_of
from bot.kit.tables.values import (
    AmountUnclear,
    Cell,
    CellUnclear,
    CurrencyMissing,
    DayUnclear,
    HeadingTwice,
    Numbered,
    Row,
    RowTooWide,
    Sheet,
    TableBroken,
    text_of,
)
from bot.kit.tables.vocabulary import Vocabulary, is_continental, texts

_HEAD_ROWS = 60
_SAMPLE = 500
_SHOWN = 3
_LONGEST = 80
_LONGEST_CELL = 40
_NARROWEST = 3  # cells in a row


def guess(sheet: Sheet, vocabulary: Vocabulary, unlike: Vocabulary | None = None) -> Layout | None:
    """A layout for a table; None where no row heads one of this kind, or one that is ``unlike`` it
    more surely. What the whole table leaves open is in its ``asks``.
    """
    rows = sheet.rows()
    head = list(islice(rows, _HEAD_ROWS))
    scores = [vocabulary.sureness(row) for _, row in head]
    if not any(scores) or (unlike and is_rather(unlike, vocabulary, head)):
        return None
    place = scores.index(max(scores))
    headings = head[place][1]
    layout = Layout(vocabulary.kind, texts(headings), vocabulary.columns(headings))
    return complete(layout, chain(head[place + 1 :], rows), vocabulary)


def is_rather(one: Vocabulary, other: Vocabulary, head: Iterable[tuple[int, Row]]) -> bool:
    """Whether headings among these rows say more of the one kind of table than of the other."""
    rows = [row for _, row in head]
    surely = max(map(one.sureness, rows), default=0)
    return surely > max(map(other.sureness, rows), default=0)


def complete(layout: Layout, rows: Numbered, vocabulary: Vocabulary) -> Layout:
    """How amounts and days are written, by the first rows and, where these leave it open, by all
    the others.
    """
    seen = _Seen(layout, vocabulary)
    sample = _some(rows)
    seen.see(sample)
    while not seen.is_decided and (more := _some(rows)):
        seen.see(more)
    currency = seen.currency()
    decimal, days = seen.signs.decimal(currency), seen.order.of(seen.is_continental)
    asks = [
        *(["decimal"] if decimal is None else []),
        *(["days"] if days is None else []),
        *(["currency"] if _needs_currency(layout, vocabulary, currency) else []),
    ]
    constants = {"currency": currency} if currency and not layout.places("currency") else {}
    shown = [tuple(text_of(cell)[:_LONGEST] for cell in row) for _, row in sample[:_SHOWN]]
    return replace(
        layout,
        decimal=decimal or ",",
        days=days or "dmy",
        constants={**constants, **layout.constants},
        sample=tuple(shown),
        asks=tuple(asks),
    )


def _some(rows: Numbered) -> list[tuple[int, Row]]:
    """The next rows; where the table breaks off is told when it is read."""
    some: list[tuple[int, Row]] = []
    with suppress(TableBroken):
        for row in islice(rows, _SAMPLE):
            some.append(row)
    return some


def _needs_currency(layout: Layout, vocabulary: Vocabulary, currency: str | None = None) -> bool:
    if "currency" not in vocabulary.needed_constants:
        return False
    return not (layout.places("currency") or layout.constants.get("currency") or currency)


class _Seen:
    """What has been seen of the columns so far."""

    def __init__(self, layout: Layout, vocabulary: Vocabulary) -> None:
        self.layout, self.signs, self.order = layout, Signs(), Order()
        self.amounts = [p for name in vocabulary.amounts for p in layout.places(name)]
        self.days = [p for name in vocabulary.days for p in layout.places(name)]
        self.units: list[str] = [layout.headings[place] for place in self.amounts]
        self.codes: set[str] = set()

    def see(self, rows: Iterable[tuple[int, Row]]) -> None:
        for _, row in rows:
            for cell in _cells(row, self.amounts):
                self.signs.see(cell)
                if _has_unit(cell):
                    self.units.append(str(cell)[:_LONGEST])
            for cell in _cells(row, self.days):
                self.order.see(cell)
            for cell in _cells(row, self.layout.places("currency")):
                self.codes.add(text_of(cell).strip().upper())

    @property
    def is_decided(self) -> bool:
        return self.order.is_decided and (not self.signs.unclear or any(self.signs.votes.values()))

    @property
    def is_continental(self) -> bool:
        return is_continental(self.layout.headings) or self.signs.votes[","] > 0

    def currency(self) -> str | None:
        codes = self.codes - {""}
        if codes:
            return next(iter(codes)) if len(codes) == 1 else None
        return named_in(dict.fromkeys(self.units[:2_000]))


def _cells(row: Row, places: Sequence[int]) -> Iterator[Cell]:
    return (row[place] for place in places if place < len(row))


def _has_unit(cell: Cell) -> bool:
    return isinstance(cell, str) and any(sign.isalpha() or sign in "€$£" for sign in cell)


def unclear(
    sheet: Sheet, layout: Layout, vocabulary: Vocabulary, *, is_confirmed: bool = False
) -> CellUnclear | None:
    """What a layout leaves open, naming the first cell; None where all is known, by the table or by
    whoever confirmed it.
    """
    if "days" in layout.asks:
        return _first(sheet, layout, vocabulary.days, Order(), DayUnclear)
    if "decimal" in layout.asks:
        return _first(sheet, layout, vocabulary.amounts, Signs(), AmountUnclear)
    if _needs_currency(layout, vocabulary):
        return _without_currency(sheet, layout, vocabulary.amounts)
    return None if is_confirmed else _twice(sheet, layout, vocabulary)


def _twice(sheet: Sheet, layout: Layout, vocabulary: Vocabulary) -> HeadingTwice | None:
    """Of two columns under one heading that say different things nobody knows which is meant."""
    folded = [fold(heading) for heading in layout.headings]
    names = (*vocabulary.amounts, *vocabulary.days)
    pairs = [
        (place, other)
        for name in names
        for place in layout.places(name)
        for other in range(place + 1, len(folded))
        if folded[other] == folded[place] and other not in layout.places(name)
    ]
    for line, row in below(sheet, layout) if pairs else ():
        texts_ = [text_of(cell).strip() for cell in row] + [""] * len(folded)
        for place, other in pairs:
            if texts_[place] != texts_[other]:
                text = (texts_[place] or texts_[other])[:_LONGEST_CELL]
                heading = " ".join(layout.headings[place].split())
                return HeadingTwice(line=sheet.line(line), column=heading, text=text)
    return None


def _without_currency(sheet: Sheet, layout: Layout, names: Iterable[str]) -> CurrencyMissing | None:
    for line, name, cell in _each(sheet, layout, names):
        if text := text_of(cell).strip()[:_LONGEST_CELL]:
            where = {"line": sheet.line(line), "column": layout.heading(name), "text": text}
            return CurrencyMissing(name=sheet.name, **where)
    return None


def _first(
    sheet: Sheet,
    layout: Layout,
    names: Iterable[str],
    seen: Order | Signs,
    problem: type[CellUnclear],
) -> CellUnclear | None:
    for line, name, cell in _each(sheet, layout, names):
        seen.see(cell)
        if seen.unclear:
            text, column = text_of(cell)[:_LONGEST_CELL], layout.heading(name)
            return problem(line=sheet.line(line), text=text, column=column)
    return None


def _each(sheet: Sheet, layout: Layout, names: Iterable[str]) -> Iterator[tuple[int, str, Cell]]:
    """The cells of these fields, row by row, each with its line and field."""
    fields = tuple(names)
    for line, row in below(sheet, layout):
        for name in fields:
            for cell in _cells(row, layout.places(name)):
                yield line, name, cell


def is_wide(sheet: Sheet) -> bool:
    """Whether a sheet could hold a table, so that one that is not read must be said."""
    return any(
        sum(bool(text_of(cell).strip()) for cell in row) >= _NARROWEST for row in first_rows(sheet)
    )


def first_rows(sheet: Sheet) -> list[Row]:
    """Those within which the headings are."""
    return [row for _, row in islice(sheet.rows(), _HEAD_ROWS)]


def below(sheet: Sheet, layout: Layout) -> Numbered:
    """The rows below the headings of a layout; none where they are not among the first rows."""
    rows, key = sheet.rows(), layout.key
    for number, (_, row) in enumerate(rows):
        if key_of(row) == key:
            return _within(sheet, layout, rows) if sheet.is_text else rows
        if number >= _HEAD_ROWS:
            break
    return iter(())


def _within(sheet: Sheet, layout: Layout, rows: Numbered) -> Numbered:
    """The same rows, none of them wider than the headings."""
    width = len(layout.headings)
    for number, row in rows:
        if len(row) > width and (more := "".join(map(text_of, row[width:])).strip()):
            where = {"line": sheet.line(number), "column": layout.headings[-1].strip()}
            raise RowTooWide(**where, text=more[:_LONGEST_CELL])
        yield number, row
