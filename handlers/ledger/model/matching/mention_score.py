"""How well a group of digits in a title agrees with an invoice's number: its letters, its shape,
its introduction.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from handlers.ledger.model.matching import vocabulary as words
from handlers.ledger.model.matching.index import Index
from handlers.ledger.model.matching.mentions import Mention, Weight
from handlers.ledger.model.matching.numbers import Number, has_year, without_year
from handlers.ledger.model.matching.titles import Introduction, Title

LONG_ENOUGH = 5
"""Digits that a number without a year must have to be no quantity, when it is introduced."""
_LONG_DIGITS = 7
_SERIES_WORDS = frozenset(word for word in words.SERIES if len(word) > 1)
_PADDED = 4


@dataclass(frozen=True, slots=True)
class Scale:
    """One title against one index."""

    title: Title
    index: Index

    def weighed(
        self,
        first: int,
        last: int,
        places: Iterable[int],
        *,
        capped: Iterable[int] = (),
        in_part: bool = False,
    ) -> Mention | None:
        """The candidates whose letters and shape agree best with the title, with that agreement's
        strength.

        ``capped`` ones are weak at best; ``in_part``: the digits are only a part of the candidates'
        numbers.
        """
        introduction = self.title.introduction(first)
        weights: dict[int, Weight] = {}
        for place in sorted(places):
            weights[place] = self._weight(first, last, place, introduction, in_part)
        for place in sorted(capped):
            weight = self._weight(first, last, place, introduction, in_part)
            weights[place] = min(Weight.WEAK, weight)
        best = max(weights.values(), default=Weight.NOT)
        if not best:
            return None
        kept: list[int] = []
        others: list[int] = []
        for place, weight in weights.items():
            if weight == best:
                kept.append(place)
            elif weight:
                others.append(place)
        introduced = introduction is Introduction.INVOICE or self._bears_letters(first, last, kept)
        return Mention(first, last, tuple(kept), best, introduced, others=tuple(others))

    def _bears_letters(self, first: int, last: int, places: Iterable[int]) -> bool:
        """Whether letters of one of these numbers stand there."""
        for place in places:
            number = self.index.numbers[place]
            if self._own_letters(first, last, number):
                return True
        return False

    def _weight(
        self, first: int, last: int, place: int, introduction: Introduction, in_part: bool
    ) -> Weight:
        number = self.index.numbers[place]
        joined, apart = self.title.letters_around(first, last)
        if number.prefix in joined:
            joined = (joined - {number.prefix}) | number.letters
        near = joined | apart
        foreign = joined - number.letters - words.GENERIC - words.AFTER_NUMBER
        special = number.letters & words.OTHER_DOCUMENTS
        named_special = bool(special) and special <= near
        is_of_another = introduction is Introduction.OTHER and not named_special
        if is_of_another or foreign & words.OTHER_DOCUMENTS:
            return Weight.NOT
        if introduction is Introduction.DATE and self.looks_like_date(first, last):
            return Weight.NOT
        other_series = (apart - number.letters) & _SERIES_WORDS
        if foreign or (other_series and number.letters) or (special and not named_special):
            kin = not in_part and self._are_kin(foreign | other_series, number)
            return Weight.WEAK if kin else Weight.DOUBTFUL
        series_elsewhere = bool(other_series & self.index.letters)
        if series_elsewhere or self._risky(first, last, number, introduction):
            return Weight.WEAK
        if number.letters:
            return Weight.FULL if number.letters <= near else Weight.WEAK
        return Weight.STRONG

    def _are_kin(self, strange: frozenset[str], number: Number) -> bool:
        """``FV`` for ``FVS``; before a number without letters any abbreviation that is no series of
        its own.
        """
        if not number.letters:
            return strange <= words.SERIES and strange.isdisjoint(self.index.letters)
        return all(_is_kin(word, number.letters) for word in strange)

    def _own_letters(self, first: int, last: int, number: Number) -> bool:
        joined, apart = self.title.letters_around(first, last)
        return bool(number.letters & (joined | apart))

    def _risky(self, first: int, last: int, number: Number, introduction: Introduction) -> bool:
        """Short numbers are also months, dates, quantities: they need a word that says what they
        are.
        """
        parts = self.title.bare(first, last)
        own = self._own_letters(first, last, number)
        introduced = own or introduction is Introduction.INVOICE
        length = len("".join(parts))
        if len(parts) == 1:
            return length < (LONG_ENOUGH if introduced else _LONG_DIGITS)
        if self.looks_like_date(first, last):
            return not introduced or (not own and self.title.signs(first, last) != {"/"})
        rest = without_year(parts)
        if len(rest) == 1 and len(parts) == 2:
            padded = self._is_padded(first, last)
            is_like_month = int(rest[0]) <= 12 and not padded
            if is_like_month:
                return not own
            return not (introduced or padded)
        return not introduced and not has_year(parts) and length < _LONG_DIGITS

    def _is_padded(self, first: int, last: int) -> bool:
        for digits in self.title.digits[first : last + 1]:
            if len(digits.raw) >= _PADDED and digits.raw[0] == "0":
                return True
        return False

    def looks_like_date(self, first: int, last: int) -> bool:
        """A day, or a month and a year, when no part is padded wider than a date's."""
        parts: list[int] = []
        for digits in self.title.digits[first : last + 1]:
            if len(digits.raw) not in (1, 2, 4) or (len(digits.raw) == 4 and digits.raw[0] == "0"):
                return False
            parts.append(int(digits.raw))
        if len(parts) == 2:
            return _is_month(*parts) or _is_month(*parts[::-1])
        return len(parts) == 3 and (_is_day(*parts) or _is_day(*parts[::-1]))


def _is_kin(word: str, letters: Iterable[str]) -> bool:
    return any(letter.startswith(word) or word.startswith(letter) for letter in letters)


def _is_month(month: int, year: int) -> bool:
    return 1 <= month <= 12 and 2000 <= year < 2050


def _is_day(year: int, month: int, day: int) -> bool:
    """As people write days: a period may end on a 30th of February."""
    return 2000 <= year < 2050 and 1 <= month <= 12 and 1 <= day <= 31
