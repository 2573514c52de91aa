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
        kept = tuple(place for place, weight in weights.items() if weight == best)
        others = tuple(place for place, weight in weights.items() if 0 < weight < best)
        own = any(self._own_letters(first, last, self.index.numbers[place]) for place in kept)
        return Mention(
            first, last, kept, best, own or introduction is Introduction.INVOICE, others=others
        )

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
        other_series = {word for word in apart - number.letters if len(word) > 1} & words.SERIES
        if foreign or (other_series and number.letters) or (special and not named_special):
            kin = not in_part and all(self._kin(word, number) for word in foreign | other_series)
            return Weight.WEAK if kin else Weight.DOUBTFUL
        series_elsewhere = bool(other_series & self.index.letters)
        if series_elsewhere or self._risky(first, last, number, introduction):
            return Weight.WEAK
        if number.letters:
            return Weight.FULL if number.letters <= near else Weight.WEAK
        return Weight.STRONG

    def _kin(self, word: str, number: Number) -> bool:
        """``FV`` for ``FVS``; before a number without letters any abbreviation that is no series of
        its own.
        """
        if not number.letters:
            return word in words.SERIES and word not in self.index.letters
        return any(letter.startswith(word) or word.startswith(letter) for letter in number.letters)

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
        length = sum(len(part) for part in parts)
        if len(parts) == 1:
            return length < (LONG_ENOUGH if introduced else _LONG_DIGITS)
        if self.looks_like_date(first, last):
            signs = {self.title.sign(n) for n in range(first, last)}
            return not introduced or (not own and signs != {"/"})
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


def _is_month(month: int, year: int) -> bool:
    return 1 <= month <= 12 and 2000 <= year < 2050


def _is_day(year: int, month: int, day: int) -> bool:
    """As people write days: a period may end on a 30th of February."""
    return 2000 <= year < 2050 and 1 <= month <= 12 and 1 <= day <= 31
