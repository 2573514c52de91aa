"""Which way the money of a bank's table went: by signs, by words, or by two columns, decided over
the whole table.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import chain, pairwise

from bot.kit.folding import fold
from bot.kit.tables import amounts
from bot.kit.tables.days import day
from bot.kit.tables.directions import INWARDS, OUTWARDS, sign_of, with_words
from bot.kit.tables.guesser import below
from bot.kit.tables.layout import Layout
from bot.kit.tables.sums import is_sum, says_sum
from bot.kit.tables.values import Cell, DirectionUnclear, Numbered, Row, Sheet, text_of
from handlers.ledger.statements.vocabulary import STATEMENTS

AMOUNTS = ("amount", "credit", "debit")
_LONGEST_WORD = 30
_MOST_WORDS = 4  # of a column of directions: in, out, and what the bank says of neither
AmountOf = Callable[["Line"], Decimal]


class Line:
    """One row of the table, asked by field; ``title`` is its sheet's, where there are several."""

    __slots__ = ("balance", "day", "layout", "number", "row", "title")

    def __init__(self, row: Row, layout: Layout, number: int, title: str = "") -> None:
        self.row, self.layout, self.number, self.title = row, layout, number, title
        self.day: date | None = day(self._cell("booked_on"), layout.days)
        self.balance = amounts.amount(self._cell("balance"), layout.decimal)

    @property
    def place(self) -> str:
        """Where people find it."""
        return f"{self.title} {self.number}".strip()

    def text(self, name: str) -> str:
        return " ".join(" ".join(self.cells(name)).split())

    def cells(self, name: str) -> list[str]:
        return [
            text_of(self.row[n]).strip().strip("'").strip()
            for n in self.layout.places(name)
            if n < len(self.row)
        ]

    def money(self, name: str) -> Decimal | None:
        return amounts.amount(self._cell(name), self.layout.decimal)

    @property
    def has_amount(self) -> bool:
        return any(self.money(name) is not None for name in AMOUNTS)

    @property
    def first_amount(self) -> str:
        return next(filter(self.layout.places, AMOUNTS))

    @property
    def unit(self) -> tuple[str, str] | None:
        """The field of an amount with a currency beside it, and that currency."""
        units = ((name, amounts.unit_of(self._cell(name))) for name in AMOUNTS)
        return next(((name, unit) for name, unit in units if unit), None)

    @property
    def is_told(self) -> bool:
        """Whether the row is a booking: a day, or money, on a row that is none of sums."""
        amounts_told = "".join(map(self.text, AMOUNTS))
        has_digits = any(map(str.isdigit, amounts_told))
        if self.day is None:
            return has_digits and not is_sum(self.row)
        return has_digits or not any(map(says_sum, map(text_of, self.row)))

    def _cell(self, name: str) -> Cell:
        places = self.layout.places(name)
        if not places or places[0] >= len(self.row):
            return None
        cell = self.row[places[0]]
        if isinstance(cell, str):
            return cell.strip().strip("'")
        return cell


def directions(layout: Layout, sheet: Sheet) -> Layout:
    """The layout with its column of directions, and whether a word of it must be asked about.

    A column that is headed *type*, or by no heading that is known, is one where its words say so
    and no amount has a minus.
    """
    columns = dict(layout.columns)
    perhaps = columns.pop("perhaps_direction", ())
    if "direction" not in columns:
        if perhaps and not _says_directions(_lines(layout, sheet), layout, perhaps):
            perhaps = ()
        perhaps = perhaps or _under_unknown_heading(replace(layout, columns=columns), sheet)
        if not perhaps:
            return replace(layout, columns=columns)
        columns["direction"] = perhaps
    layout = replace(layout, columns=columns)
    return replace(layout, asks=(*layout.asks, *_asks(_lines(layout, sheet), layout)))


def _lines(layout: Layout, sheet: Sheet) -> list[Line]:
    return [Line(row, layout, number) for number, row in below(sheet, layout)]


def _under_unknown_heading(layout: Layout, sheet: Sheet) -> tuple[int, ...]:
    """The first column without a meaning in which few words stand, one of them for money out, else
    the first that parts the rows in two by words that nobody knows, unless balances say that all
    came in; none where an amount says so by a minus.
    """
    if not layout.places("amount"):
        return ()
    taken = set(chain.from_iterable(layout.columns.values()))
    words: dict[int, Counter[str]] = {
        n: Counter() for n in range(len(layout.headings)) if n not in taken
    }
    lines: list[Line] = []
    for line in _lines(layout, sheet):
        if not words or (line.money("amount") or 0) < 0:
            return ()
        if line.money("amount"):
            lines.append(line)
        for place in words.keys() & range(len(line.row)):
            words[place][text_of(line.row[place]).strip()] += 1
            if len(words[place]) > _MOST_WORDS:
                del words[place]
    for place, each in words.items():
        if -1 in map(sign_of, each):
            return (place,)
    return _parting(words, lines)


def _parting(words: Mapping[int, Counter[str]], lines: Sequence[Line]) -> tuple[int, ...]:
    if _runs(lines, _one_column(_as_signed, _two_columns(-1))):
        return ()
    for place, each in words.items():
        if _parts_in_two(each):
            return (place,)
    return ()


def _parts_in_two(words: Counter[str]) -> bool:
    """Whether a column says one of two words in each row, and one of them again and again."""
    return len(words) == 2 and words.total() > 2 and all(map(_is_word, words))


def _is_word(text: str) -> bool:
    return any(map(str.isalpha, text)) and len(text) <= _LONGEST_WORD


def _says_directions(lines: Sequence[Line], layout: Layout, perhaps: tuple[int, ...]) -> bool:
    if not perhaps or not layout.places("amount"):
        return False
    place, says_one = perhaps[0], False
    for line in lines:
        if (line.money("amount") or 0) < 0:
            return False
        if place < len(line.row) and sign_of(text_of(line.row[place])):
            says_one = True
    return says_one


def _asks(lines: Sequence[Line], layout: Layout) -> list[str]:
    if not layout.places("direction") or not layout.places("amount"):
        return []
    for line in lines:
        if line.is_told and line.money("amount") and not _sign(line):
            return ["direction"]
    return []


def unknown_word(layout: Layout, rows: Sequence[Row]) -> str | None:
    """The first word in the column of directions that says of money neither that it came in nor
    that it went out; None where all are known.
    """
    if not layout.places("direction") or not layout.places("amount"):
        return None
    for number, row in enumerate(rows, start=1):
        line = Line(row, layout, number)
        if line.is_told and line.money("amount") and not _sign(line):
            return line.text("direction")
    return None


def _sign(line: Line) -> int:
    word = line.text("direction")
    constants = line.layout.constants
    words = with_words(constants.get(INWARDS, ""), constants.get(OUTWARDS, ""))
    return words.get(fold(word), sign_of(word))


def overlooked(layout: Layout, rows: Numbered) -> Layout | None:
    """A confirmed layout that names no direction, with the column of the table that tells one: its
    words say that money went out, and no amount says so by a minus. None where all is known.
    """
    if layout.places("direction") or not layout.places("amount"):
        return None
    known = STATEMENTS.columns(layout.headings)
    perhaps = known.get("direction") or known.get("perhaps_direction") or ()
    lines: list[Line] = []
    for number, row in rows:
        line = Line(row, layout, number)
        if line.is_told:
            lines.append(line)
    if not _says_directions(lines, layout, perhaps):
        return None
    wider = replace(layout, columns={**layout.columns, "direction": perhaps}, asks=("direction",))
    for line in lines:
        if _sign(Line(line.row, wider, line.number)) < 0:
            return wider
    return None


def convention(lines: Sequence[Line], layout: Layout) -> AmountOf:
    """How the amounts of this table are signed: the first of the ways in which its cells can be
    meant whose balances follow from one another, else the likeliest.
    """
    ways = list(_ways(lines, layout))
    for way in ways:
        if _runs(lines, way):
            return way
    return ways[0]


def _ways(lines: Sequence[Line], layout: Layout) -> Iterator[AmountOf]:
    """Two columns: a debit is written plain, with its minus taking it back, or always with a minus.
    One column: with signs, or beside a direction.
    """
    ways = [_two_columns(-1)]
    debits = [line.money("debit") or Decimal(0) for line in lines]
    if min(debits, default=0) < 0 and max(debits) <= 0:
        ways.insert(0, _two_columns(1))
    if not layout.places("amount"):
        yield from ways
    elif not layout.places("direction"):
        yield _one_column(_as_signed, ways[0])
    else:
        told = {_plus_or_minus(line) for line in lines if line.money("amount")}
        if (True, -1) in told and told.isdisjoint({(True, 1), (False, -1)}):
            yield _one_column(_as_signed, ways[0])
        yield _one_column(_as_directed, ways[0])


def _plus_or_minus(line: Line) -> tuple[bool, int]:
    """Whether the amount has a minus, and which way the word beside it says."""
    return (line.money("amount") or 0) < 0, _directed(line)


def _two_columns(sign: int) -> AmountOf:
    """``sign`` is that of a debit; a minus in the column of credits takes them back."""

    def amount_of(line: Line) -> Decimal:
        credit, debit = line.money("credit"), line.money("debit")
        return (credit or Decimal(0)) + sign * (debit or Decimal(0))

    return amount_of


def _one_column(way: Callable[[Line, Decimal], Decimal], otherwise: AmountOf) -> AmountOf:
    """A row may leave the column empty and tell its amount in the two others."""

    def amount_of(line: Line) -> Decimal:
        value = line.money("amount")
        return otherwise(line) if value is None else way(line, value)

    return amount_of


def _as_signed(_: Line, value: Decimal) -> Decimal:
    return value


def _as_directed(line: Line, value: Decimal) -> Decimal:
    """A minus beside a direction takes it back."""
    return value * _directed(line) if value else value


def _directed(line: Line) -> int:
    sign = _sign(line)
    if not sign:
        raise unclear_in(line)
    return sign


def unclear_in(line: Line) -> DirectionUnclear:
    text, heading = line.text("direction")[:40], line.layout.heading("direction")
    return DirectionUnclear(line=line.place, text=text, column=heading)


def _runs(lines: Sequence[Line], way: AmountOf) -> bool:
    told = [(line.balance, way(line)) for line in lines if line.balance is not None]
    forwards = backwards = len(told) > 1
    for (before, amount_before), (after, amount_after) in pairwise(told):
        forwards = forwards and after == before + amount_after
        backwards = backwards and before == after + amount_before
    return forwards or backwards
