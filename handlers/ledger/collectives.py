"""Collective bookings: the same one comes whole in one file and taken apart in another, and is money once.

The parts take the place of a whole that waits. Where the whole was booked or set aside by then, or where the parts came
first, the later one is known already. The two are one when the bank's reference, account, day, sum and currency are the
same; where one of them came without a reference, when account, day, sum, currency and the number of transfers are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from handlers.ledger.statements.identity import Identity, Whole
from storage import statements
from storage.statements import Line
from storage.turn import Turn


@dataclass(frozen=True)
class Collectives:
    """What is kept of the collective bookings that a file tells of: wholes by their keys, and the keys of parts."""

    by_reference: Mapping[str, Line]
    by_count: Mapping[str, Line]
    parts_references: frozenset[str]
    parts_counts: frozenset[str]
    counts_alone: frozenset[str]
    """Of parts whose whole came without a reference."""

    def is_known_in_parts(self, told: Identity) -> bool:
        """Whether this line, told as one, is kept as its parts."""
        if told.by_reference:
            return told.by_reference in self.parts_references or told.by_count in self.counts_alone
        return told.by_count in self.parts_counts

    def whole_of(self, told: Whole) -> Line | None:
        """The line that is kept of the collective booking of which a part is told."""
        named = self.by_reference.get(told.by_reference or "")
        if named:
            return named
        alike = self.by_count.get(told.by_count)
        return None if alike and alike.has_reference and told.by_reference else alike


def kept(turn: Turn, told: Iterable[Identity]) -> Collectives:
    """What is kept, told whole or in parts, of what these lines may be or be parts of."""
    lines = list(told)
    wholes = {line.whole for line in lines if line.whole}
    ones = [line for line in lines if not line.whole]
    found = statements.collectives(turn, _named(w.by_reference for w in wholes), _named(w.by_count for w in wholes))
    parts = statements.parts(turn, _named(one.by_reference for one in ones), _named(one.by_count for one in ones))
    return Collectives(
        by_reference={line.key: line for line in found if line.has_reference},
        by_count={line.count_key: line for line in found if line.count_key},
        parts_references=frozenset(_named(part.whole_key for part in parts)),
        parts_counts=frozenset(_named(part.count_key for part in parts)),
        counts_alone=frozenset(_named(part.count_key for part in parts if not part.whole_key)),
    )


def _named(keys: Iterable[str | None]) -> list[str]:
    return [key for key in keys if key]


def make_way(turn: Turn, whole: Line) -> bool:
    """The parts of a line are told: it gives them its place. False where somebody has dealt with it as it is."""
    if statements.settle(turn, whole.id, "taken_apart", from_=("waiting",)):
        turn.record("line.taken_apart", f"line:{whole.id}")
        return True
    found = statements.get(turn, whole.id)
    return found is not None and found.state == "taken_apart"
