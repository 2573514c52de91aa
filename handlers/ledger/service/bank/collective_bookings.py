"""Collective bookings: the same one comes whole in one file and taken apart in another, and is
money once.

The parts take the place of a whole that waits. Where the whole was booked or set aside by then, or
where the parts came first, the later one is known already. The two are one when the bank's
reference, account, day, sum and currency are the same; where one of them came without a reference,
when account, day, sum, currency and the number of transfers are.

Where another file has the transfers as entries of their own, nothing that the bank writes binds
them to the whole. That as many of them make its sum is no proof, so nothing is dropped: what is
told later is never booked without a person, who is told what it may be.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import comb

from handlers.ledger.model.matching.proposals import only_likely
from handlers.ledger.model.matching.values import Level, Match, Reason
from handlers.ledger.statements.identity import Identity, Whole
from storage.bank import statements
from storage.bank.statements import Line
from storage.turn import Turn

_MOST_SINGLES = 100
_MOST_TRIED = 5_000


@dataclass(frozen=True)
class Collectives:
    """What is kept of the collective bookings that a file tells of: wholes by their keys, and the
    keys of parts.
    """

    by_reference: Mapping[str, Line]
    by_count: Mapping[str, Line]
    parts_references: frozenset[str]
    parts_counts: frozenset[str]
    counts_alone: frozenset[str]
    """Of parts whose whole came without a reference."""

    def is_known_in_parts(self, identity: Identity) -> bool:
        """Whether this line, told as one, is kept as its parts."""
        if identity.by_reference:
            return (
                identity.by_reference in self.parts_references
                or identity.by_count in self.counts_alone
            )
        return identity.by_count in self.parts_counts

    def whole_of(self, whole: Whole) -> Line | None:
        """The line that is kept of the collective booking of which a part is told."""
        named = self.by_reference.get(whole.by_reference or "")
        if named:
            return named
        alike = self.by_count.get(whole.by_count)
        return None if alike and alike.has_reference and whole.by_reference else alike


def kept(turn: Turn, identities: Iterable[Identity]) -> Collectives:
    """What is kept, told whole or in parts, of what these lines may be or be parts of."""
    wholes, ones = _Keys(), _Keys()
    for line in identities:
        if line.whole:
            wholes.add(line.whole)
        else:
            ones.add(line)
    result = statements.collectives(turn, wholes.references, wholes.counts)
    parts, alone = _Keys(), _Keys()
    for part in statements.parts(turn, ones.references, ones.counts):
        parts.note(part.whole_key, part.count_key)
        if not part.whole_key:
            alone.note(None, part.count_key)
    return Collectives(
        by_reference={line.key: line for line in result if line.has_reference},
        by_count={line.count_key: line for line in result if line.count_key},
        parts_references=frozenset(parts.references),
        parts_counts=frozenset(parts.counts),
        counts_alone=frozenset(alone.counts),
    )


@dataclass
class _Keys:
    """By what lines are found again: the bank's references, and the numbers of transfers."""

    references: set[str] = field(default_factory=set)
    counts: set[str] = field(default_factory=set)

    def add(self, told: Identity | Whole) -> None:
        self.note(told.by_reference, told.by_count)

    def note(self, reference: str | None, count: str | None) -> None:
        if reference:
            self.references.add(reference)
        if count:
            self.counts.add(count)


def make_way(turn: Turn, whole: Line) -> bool:
    """The parts of a line are told: it gives them its place. False where somebody has dealt with it
    as it is.
    """
    if statements.settle(turn, whole.id, "taken_apart", from_=("waiting",)):
        turn.record("line.taken_apart", f"line:{whole.id}")
        return True
    statement = statements.get(turn, whole.id)
    return statement is not None and statement.state == "taken_apart"


def lowered(turn: Turn, line: Line, verdict: Match, wholes: Sequence[Line]) -> Match:
    """A sure match is only likely where the same money may be here already, as one sum or one by
    one.
    """
    if verdict.level is not Level.SURE:
        return verdict
    if one_by_one(turn, line) or booked_whole(turn, line, wholes):
        return only_likely(verdict, Reason.TOLD_OTHERWISE)
    return verdict


def one_by_one(turn: Turn, line: Line) -> int:
    """How many transfers of its day, told one by one in other files, make a collective booking's
    sum; 0 if none do.
    """
    if not line.transfers:
        return 0
    singles = statements.told_apart(turn, line, _MOST_SINGLES)
    amounts = [single.amount for single in singles]
    return line.transfers if _make(amounts, line.transfers, line.amount) else 0


def booked_whole(turn: Turn, line: Line, wholes: Sequence[Line]) -> Line | None:
    """That of the collective bookings that stand on invoices among whose transfers a line of
    another file may be.
    """
    if line.count_key is not None:
        return None
    for whole in wholes:
        is_of_the_day = (line.account, line.booked_on) == (whole.account, whole.booked_on)
        if is_of_the_day and _may_be_one_of(turn, line, whole):
            return whole
    return None


def _may_be_one_of(turn: Turn, line: Line, whole: Line) -> bool:
    """Whether the line and others of its day, told one by one, make the collective booking."""
    others = (whole.transfers or 0) - 1
    if others <= 0:
        return False
    singles = statements.told_apart(turn, whole, _MOST_SINGLES)
    rest = [single.amount for single in singles if single.id != line.id]
    is_among_them = len(rest) < len(singles)
    return is_among_them and _make(rest, others, whole.amount - line.amount)


def _make(amounts: Sequence[int], count: int, sum_: int) -> bool:
    """Whether so many of the amounts make the sum; where too many ways would have to be tried,
    nobody knows.
    """
    is_tried = 0 < comb(len(amounts), count) <= _MOST_TRIED
    return is_tried and any(sum(some) == sum_ for some in combinations(amounts, count))
