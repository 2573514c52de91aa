"""A layout: what a table holds and which column means what; one value for invoices and for banks'
statements.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, Literal, cast

from bot.kit.folding import fold
from handlers.invoices.formats import mapping
from handlers.invoices.formats.mapping import ColumnMapping, DayOrder
from handlers.ledger.statements import csv_headings

Kind = Literal["invoices", "payments"]

FIELDS: Mapping[Kind, tuple[str, ...]] = {
    "invoices": mapping.FIELDS,
    "payments": tuple(csv_headings.HEADINGS),
}
"""What a column can mean, by what the table holds."""
NEEDED: Mapping[Kind, tuple[tuple[str, ...], ...]] = {
    "invoices": (("number",), ("total", "to_pay")),
    "payments": (("booked_on",), ("amount", "debit", "credit")),
}
"""Of each of these one must be there."""
SEVERAL = {"payments": csv_headings.SEVERAL, "invoices": frozenset[str]()}
"""Fields that may stand in more than one column."""


@dataclass(frozen=True)
class Layout:
    """``columns`` gives each field the numbers of its columns, from 0; ``constants`` what no column
    tells.

    ``sample`` is a few of the rows below the headings, to be shown and not to be remembered.
    """

    kind: Kind
    headings: tuple[str, ...]
    columns: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    decimal: Literal[".", ","] = ","
    days: DayOrder = "ymd"
    constants: Mapping[str, str] = field(default_factory=dict)
    sample: tuple[tuple[str, ...], ...] = ()

    @property
    def key(self) -> str:
        return key_of(self.headings)

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields of which one is needed and none is there; empty where the table
        can be read.
        """
        return next(
            (fields for fields in NEEDED[self.kind] if not self.columns.keys() & set(fields)), ()
        )

    def as_json(self) -> dict[str, Any]:
        """For keeping, with the sample; :meth:`from_json` gives the same layout back."""
        columns = {name: list(places) for name, places in self.columns.items()}
        return {
            **vars(self),
            "headings": list(self.headings),
            "columns": columns,
            "constants": dict(self.constants),
            "sample": [list(row) for row in self.sample],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Layout":
        columns = {name: tuple(places) for name, places in kept["columns"].items()}
        sample = tuple(map(tuple, kept["sample"]))
        return cls(
            **{**kept, "headings": tuple(kept["headings"]), "columns": columns, "sample": sample}
        )

    def remembered(self) -> dict[str, Any]:
        """What is worth keeping for the next table with these headings: nothing of this
        one's rows.
        """
        return replace(self, sample=()).as_json()

    def for_invoices(self) -> ColumnMapping:
        """As the readers of tables of invoices take it."""
        named = {name: self.headings[places[0]] for name, places in self.columns.items() if places}
        return ColumnMapping(named, self.decimal, self.days, self.constants)


def key_of(headings: Sequence[object]) -> str:
    """By which a row of headings is known again: letters and digits, whatever the capitals, accents
    and blanks.
    """
    folded = [fold("" if heading is None else str(heading)) for heading in headings]
    while folded and not folded[-1]:
        folded.pop()
    return sha256("\x1f".join(folded).encode()).hexdigest()


def of_mapping(found: ColumnMapping, headings: Sequence[str]) -> Layout:
    """The layout that a mapping of invoices gives a row of headings."""
    columns = {name: (list(headings).index(heading),) for name, heading in found.columns.items()}
    return Layout("invoices", tuple(headings), columns, found.decimal, found.days, found.constants)


def days_of(order: str) -> DayOrder:
    """An order of a day's parts that somebody chose."""
    return cast(DayOrder, order if order in ("ymd", "dmy", "mdy") else "ymd")
