"""What a title may say of open items: a mention of one, and how well it agrees."""

from dataclasses import dataclass, replace
from enum import IntEnum

from handlers.ledger.model.matching.values import Reason


class Weight(IntEnum):
    """How well a number in the title agrees with an invoice's."""

    NOT = 0
    """Another document, or a date."""
    DOUBTFUL = 1
    """The digits agree, the letters speak of another series: never certain."""
    WEAK = 2
    """A part is missing, its letters are, or it is short enough to be something else: needs the
    exact amount.
    """
    STRONG = 3
    """All digits, and letters that it does not have are not missed."""
    FULL = 4
    """All digits and all letters."""


@dataclass(frozen=True, slots=True)
class Mention:
    """The digits ``first`` to ``last`` of the title name one of the items at ``places``, with this
    weight.

    ``introduced``: a word for invoice or the number's own letters stand before it. ``listed``:
    completed from its neighbour in a list. ``together``: a letter's reference or a range, which
    speaks of all its places at once. ``whole``: no part is missing, and it is no date. ``others``:
    what it would mean to a payer who cannot mean ``places``.
    """

    first: int
    last: int
    places: tuple[int, ...]
    weight: Weight
    introduced: bool = False
    listed: bool = False
    together: bool = False
    whole: bool = False
    others: tuple[int, ...] = ()
    reference: bool = False

    @property
    def by(self) -> Reason:
        if self.reference:
            return Reason.REFERENCE
        return (
            Reason.NUMBER if self.weight >= Weight.STRONG or self.whole else Reason.PART_OF_NUMBER
        )

    def at_most(self, weight: Weight) -> "Mention":
        return replace(self, weight=min(weight, self.weight))


@dataclass(frozen=True, slots=True)
class Found:
    mentions: tuple[Mention, ...]
    other_numbers: bool
    """The title introduces invoice numbers that no open item has."""
