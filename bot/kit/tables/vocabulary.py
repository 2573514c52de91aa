"""What the columns of one kind of table can mean, and the headings by which each is known.

Headings are folded once, on both sides: a dictionary is written as people write, and *Währung*,
*wahrung* and *WÄHRUNG* are one; so are ``invoice number`` and ``InvoiceNumber``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.kit.folding import fold
from bot.kit.tables.values import Cell, Row

Columns = Mapping[str, tuple[int, ...]]
_EXACT = 1_000
_SHORTEST_WITHIN = 5
_LONGEST_HEADING = 80
_MOST_KEPT = 10_000
# Words of Polish, Hungarian and German headings: who writes them writes the day before the month.
_CONTINENTAL = frozenset(
    word
    for words in (
        "data|kwota|numer|tytul|waluta|nabywca|brutto|netto|saldo|nip|wartosc|termin|nazwa|opis",
        "osszeg|datuma|kelte|penznem|szamlaszam|kozlemeny",
        "betrag|buchungstag|datum|verwendungszweck",
    )
    for word in words.split("|")
)


@dataclass(frozen=True)
class Vocabulary:
    """``words`` gives each field its headings, parted by bars or lines, the surest first.

    Of each of ``needed`` one field must be there. ``amounts`` and ``days`` are the fields whose
    whole columns tell how they are written. ``several`` may stand in more than one column;
    ``within`` says that words inside a longer heading count (``Wartość brutto [PLN]``).
    """

    kind: str
    words: Mapping[str, str]
    needed: tuple[tuple[str, ...], ...]
    amounts: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    several: frozenset[str] = frozenset()
    within: bool = False
    fewest: int = 1
    """Columns that must be known for a row to head such a table."""
    needed_constants: frozenset[str] = frozenset()
    """What must be told for the whole table where no column tells it."""
    own: tuple[str, ...] = field(default=())
    """Fields that only guessing knows, and nobody is asked for."""
    broad: str = ""
    """Headings among ``words`` that may head other things too: never within a longer one."""

    @cached_property
    def headings(self) -> Mapping[str, tuple[str, ...]]:
        """Each field's headings as they are written."""
        return {name: tuple(_parted(words)) for name, words in self.words.items()}

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(name for name in self.words if name not in self.own)

    @cached_property
    def _fields_of(self) -> Mapping[str, tuple[str, int]]:
        return {
            _squeezed(word): (name, _EXACT - rank)
            for name, words in reversed(list(self.headings.items()))
            for rank, word in reversed(list(enumerate(words)))
        }

    @cached_property
    def _inner(self) -> Sequence[tuple[str, str]]:
        folded = ((fold(word), name) for name, words in self.headings.items() for word in words)
        long = ((word, name) for word, name in folded if len(word) >= _SHORTEST_WITHIN)
        return [(word, name) for word, name in long if not self.is_broad(word)]

    @cached_property
    def _broad(self) -> frozenset[str]:
        return frozenset(_squeezed(word) for word in _parted(self.broad))

    def is_broad(self, heading: str) -> bool:
        """Whether a heading may head other things too."""
        return _squeezed(heading) in self._broad

    def columns(self, headings: Row) -> dict[str, tuple[int, ...]]:
        """Each field its best heading and each heading one field, the surest pairs first."""
        pairs = sorted(self._pairs(headings), key=lambda pair: (-pair[0], pair[1], pair[2]))
        columns: dict[str, tuple[int, ...]] = {}
        taken: set[int] = set()
        for fit, name, place in pairs:
            more = name in self.several and fit > _EXACT // 2
            if place not in taken and (name not in columns or more):
                columns[name] = tuple(sorted((*columns.get(name, ()), place)))
                taken.add(place)
        return {name: columns[name] for name in self.words if name in columns}

    def _pairs(self, headings: Row) -> Iterator[tuple[int, str, int]]:
        for place, cell in enumerate(headings):
            if isinstance(cell, str) and 0 < len(cell) <= _LONGEST_HEADING:
                for fit, name in self._fits(cell):
                    yield fit, name, place

    def _fits(self, cell: str) -> Sequence[tuple[int, str]]:
        """What a heading can mean, and how surely; the same cells are looked at again and again."""
        if cell not in self._fitting:
            if len(self._fitting) > _MOST_KEPT:
                self._fitting.clear()
            self._fitting[cell] = list(self._meanings(cell))
        return self._fitting[cell]

    @cached_property
    def _fitting(self) -> dict[str, list[tuple[int, str]]]:
        return {}

    def _meanings(self, cell: str) -> Iterator[tuple[int, str]]:
        if exact := self._fields_of.get(_squeezed(cell)):
            yield exact[1], exact[0]
        elif self.within:
            padded = f" {fold(cell)} "
            for word, name in self._inner:
                if word in padded and f" {word} " in padded:
                    yield len(word), name

    def sureness(self, row: Row) -> int:
        """How much of such a table a row heads; nothing where what is needed is not there."""
        columns = self.columns(row)
        return len(columns) if not self.missing(columns) and len(columns) >= self.fewest else 0

    def missing(self, columns: Mapping[str, object]) -> tuple[str, ...]:
        """The fields of which one is needed and none is there."""
        return next((names for names in self.needed if not columns.keys() & set(names)), ())


def is_continental(headings: Row) -> bool:
    words = {word for cell in headings if isinstance(cell, str) for word in fold(cell).split()}
    return bool(words & _CONTINENTAL)


def texts(row: Sequence[Cell]) -> tuple[str, ...]:
    return tuple("" if cell is None else str(cell) for cell in row)


def _parted(words: str) -> Iterator[str]:
    return (word.strip() for line in words.split("\n") for word in line.split("|") if word.strip())


def _squeezed(text: str) -> str:
    return fold(text).replace(" ", "")
