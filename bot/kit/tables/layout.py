"""A layout: what a table holds and which column means what; one value that is guessed, shown,
confirmed and kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from bot.kit.folding import fold
from bot.kit.tables.amounts import DecimalSign
from bot.kit.tables.days import DayOrder


@dataclass(frozen=True)
class Layout:
    """``columns`` gives each field the numbers of its columns, from 0; ``constants`` what no column
    tells.

    ``sample`` is a few of the rows below the headings, to be shown and not to be remembered.
    ``asks`` is what the table itself leaves open: how its ``days`` or its ``decimal`` are written,
    its ``currency``, or which words of its ``direction`` mean what.
    """

    kind: str
    headings: tuple[str, ...]
    columns: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    decimal: DecimalSign = ","
    days: DayOrder = "ymd"
    constants: Mapping[str, str] = field(default_factory=dict)
    sample: tuple[tuple[str, ...], ...] = ()
    asks: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return key_of(self.headings)

    def places(self, name: str) -> tuple[int, ...]:
        return self.columns.get(name, ())

    def heading(self, name: str) -> str:
        """The heading of a field's first column, in one line."""
        places = self.places(name)
        return " ".join(self.headings[places[0]].split()) if places else name

    def as_json(self) -> dict[str, Any]:
        """For keeping, with the sample; :meth:`from_json` gives the same layout back."""
        return {
            **vars(self),
            "headings": list(self.headings),
            "columns": {name: list(places) for name, places in self.columns.items()},
            "constants": dict(self.constants),
            "sample": [list(row) for row in self.sample],
            "asks": list(self.asks),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Layout":
        columns = {name: tuple(places) for name, places in kept["columns"].items()}
        facts = {
            "headings": tuple(kept["headings"]),
            "columns": columns,
            "sample": tuple(map(tuple, kept["sample"])),
            "asks": tuple(kept.get("asks", ())),
        }
        return cls(**{**kept, **facts})

    def remembered(self) -> dict[str, Any]:
        """What is worth keeping for the next table with these headings: nothing of this
        one's rows.
        """
        return replace(self, sample=(), asks=()).as_json()


def key_of(headings: Sequence[object]) -> str:
    """By which a row of headings is known again: letters and digits, whatever the capitals, accents
    and blanks.
    """
    folded = [fold("" if heading is None else str(heading)) for heading in headings]
    while folded and not folded[-1]:
        folded.pop()
    return sha256("\x1f".join(folded).encode()).hexdigest()
