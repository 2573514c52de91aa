"""Which open items a title names, and how well: in full, in part, in a list, by a letter's reference."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from handlers.ledger.matching import vocabulary as words
from handlers.ledger.matching.index import Index, reference_key
from handlers.ledger.matching.numbers import Number, bare, has_year, without_year, year_forms
from handlers.ledger.matching.titles import Introduction, Link, Title
from handlers.ledger.matching.values import Reason

_LONGEST = 6
_WITHIN = (Link.TIGHT, Link.LETTERS)
_LONGEST_RANGE = 30
_LONG_DIGITS = 7
_LONG_ENOUGH = 5
_PADDED = 4
_FEW = 50


@dataclass(frozen=True, slots=True)
class Mention:
    """The digits ``first`` to ``last`` of the title name one of the items at ``places``.

    ``strong``: all of the number stands there and is not likely to be anything else. ``introduced``: a word
    for invoice or the number's own letters stand before it. ``listed``: completed from its neighbour in a
    list. ``together``: a letter's reference or a range, which speaks of all its places at once. ``whole``: no
    part is missing, and it is no date. ``others``: what it would mean to a payer who cannot mean ``places``.
    """

    first: int
    last: int
    places: tuple[int, ...]
    strong: bool
    introduced: bool = False
    listed: bool = False
    together: bool = False
    whole: bool = False
    others: tuple[int, ...] = ()
    by: Reason = Reason.NUMBER


@dataclass(frozen=True, slots=True)
class Found:
    mentions: tuple[Mention, ...]
    other_numbers: bool
    """The title introduces invoice numbers that no open item has."""


def find(title: Title, index: Index, customers: frozenset[str]) -> Found:
    """What a title names, in the order in which it does. ``customers`` are those who may have paid: among the
    many items that a short number could mean, only theirs are looked at."""
    search = _Search(title, index, customers)
    search.references()
    search.ranges()
    search.whole_numbers()
    search.lists()
    search.parts()
    return Found(tuple(sorted(search.found, key=lambda m: m.first)), search.left_over())


class _Search:
    """One title against one index; what is found claims its digits, so that nothing is read twice."""

    def __init__(self, title: Title, index: Index, customers: frozenset[str]) -> None:
        self.title, self.index, self.customers = title, index, customers
        self.found: list[Mention] = []
        self.claimed: set[int] = set()

    def references(self) -> None:
        tokens = self.title.tokens
        place_of = {digits.place: n for n, digits in enumerate(self.title.digits)}
        for length in range(min(self.index.longest_reference, len(tokens)), 0, -1):
            for start in range(len(tokens) - length + 1):
                inside = [place_of[i] for i in range(start, start + length) if i in place_of]
                if not inside or self.claimed & set(inside):
                    continue
                places = self.index.references.get(reference_key(tokens[start : start + length]))
                if places:
                    self._claim(_reference(inside[0], inside[-1], places))

    def ranges(self) -> None:
        for first, last in self._groups():
            whole = ".".join(self._bare(first, last)) in self.index.full
            if last - first >= 2 and not whole and self._free(first, last):
                self._claim(self._spread(first, last))

    def whole_numbers(self) -> None:
        for length in range(min(_LONGEST, len(self.title.digits)), 0, -1):
            for first in range(len(self.title.digits) - length + 1):
                last = first + length - 1
                if self._free(first, last) and self._joined(first, last) and not self._cut_out(first, last):
                    self._claim(self._whole(first, last))

    def lists(self) -> None:
        """``42 i 43/11/2026``, ``FV/2026/11/0042, 0043``: from one that is known to the next."""
        grown = True
        while grown:
            grown = False
            for first, last in self._groups():
                if self._free(first, last):
                    grown = self._claim(self._listed(first, last)) or grown

    def parts(self) -> None:
        for first, last in self._groups():
            if self._free(first, last):
                self._claim(self._part(first, last))

    def left_over(self) -> bool:
        for first, last in self._groups():
            claimed = self.claimed & set(range(first, last + 1))
            if claimed and len(claimed) <= last - first:
                return True
            if not claimed and self.title.introduction(first) is Introduction.INVOICE:
                return True
        return False

    def _claim(self, mention: Mention | None) -> bool:
        if mention is None or not mention.places:
            return False
        self.found.append(mention)
        self.claimed.update(range(mention.first, mention.last + 1))
        return True

    def _free(self, first: int, last: int) -> bool:
        return self.claimed.isdisjoint(range(first, last + 1))

    def _joined(self, first: int, last: int) -> bool:
        return all(link in (*_WITHIN, Link.SPACE) for link in self.title.links[first:last])

    def _groups(self) -> Iterator[tuple[int, int]]:
        """Digits joined by signs, from first to last: one number as it was typed."""
        first = 0
        for n in range(len(self.title.digits)):
            if n == len(self.title.links) or self.title.links[n] not in _WITHIN:
                yield first, n
                first = n + 1

    def _gap(self, n: int) -> str:
        """The signs between ``digits[n]`` and the next ones where nothing else stands there."""
        return self.title.gaps[self.title.digits[n + 1].place].strip()

    def _cut_out(self, first: int, last: int) -> bool:
        """Whether more digits are joined on either side; a dash joins two numbers whose own sign is another."""
        dashes_within = any(self._gap(n) == "-" for n in range(first, last))
        for n in (first - 1, last):
            joined = 0 <= n < len(self.title.links) and self.title.links[n] is Link.TIGHT
            if joined and (dashes_within or first == last or self._gap(n) != "-"):
                return True
        return False

    def _bare(self, first: int, last: int) -> tuple[str, ...]:
        return tuple(digits.bare for digits in self.title.digits[first : last + 1])

    def _whole(self, first: int, last: int) -> Mention | None:
        parts = self._bare(first, last)
        glued = bare("".join(digits.raw for digits in self.title.digits[first : last + 1]))
        places = set(self.index.compact.get(glued, ()))
        for form in (parts, *year_forms(parts)):
            places.update(self.index.full.get(".".join(form), ()))
        turned = set(self.index.full.get(".".join(reversed(parts)), ())) - places
        mention = self._weighed(first, last, sorted(places), sorted(turned))
        whole = not self._looks_like_date(first, last) and (last > first or len(parts[0]) >= _LONG_ENOUGH)
        return replace(mention, whole=whole) if mention else None

    def _weighed(self, first: int, last: int, places: Iterable[int], turned: Iterable[int] = ()) -> Mention | None:
        """The candidates whose letters and shape agree best with the title, with that agreement's strength."""
        introduction = self.title.introduction(first)
        weights = {place: self._weight(first, last, place, introduction) for place in places}
        weights |= {place: min(1, self._weight(first, last, place, introduction)) for place in turned}
        best = max(weights.values(), default=0)
        if not best:
            return None
        kept = tuple(place for place, weight in weights.items() if weight == best)
        others = tuple(place for place, weight in weights.items() if 0 < weight < best)
        own = any(self._own_letters(first, last, self.index.numbers[place]) for place in kept)
        introduced = introduction is Introduction.INVOICE or own
        by = Reason.NUMBER if best > 1 else Reason.PART_OF_NUMBER
        return Mention(first, last, kept, best > 1, introduced, others=others, by=by)

    def _weight(self, first: int, last: int, place: int, introduction: Introduction) -> int:
        """0 another document, 1 perhaps, 2 surely, 3 with all its letters."""
        number = self.index.numbers[place]
        joined, apart = self.title.letters_around(first, last)
        if number.prefix in joined:
            joined = (joined - {number.prefix}) | number.letters
        near = joined | apart
        foreign = joined - number.letters - words.GENERIC
        special = number.letters & words.OTHER_DOCUMENTS
        named_special = special and special <= near
        if introduction is Introduction.OTHER and not named_special:
            return 0
        if foreign & words.OTHER_DOCUMENTS:
            return 0
        if introduction is Introduction.DATE and self._looks_like_date(first, last):
            return 0
        other_series = {word for word in apart - number.letters if len(word) > 1} & words.SERIES
        if (foreign and (number.letters or foreign - words.SERIES)) or (other_series and number.letters):
            return 1
        if (special and not named_special) or self._risky(first, last, number, introduction):
            return 1
        return 3 if number.letters and number.letters <= near else 2

    def _own_letters(self, first: int, last: int, number: Number) -> bool:
        joined, apart = self.title.letters_around(first, last)
        return bool(number.letters & (joined | apart))

    def _risky(self, first: int, last: int, number: Number, introduction: Introduction) -> bool:
        """Short numbers are also months, dates, quantities: they need a word that says what they are."""
        parts = self._bare(first, last)
        own = self._own_letters(first, last, number)
        introduced = own or introduction is Introduction.INVOICE
        length = sum(len(part) for part in parts)
        if len(parts) == 1:
            return length < (_LONG_ENOUGH if introduced else _LONG_DIGITS)
        if self._looks_like_date(first, last):
            return not introduced or (not own and any(self._gap(n) != "/" for n in range(first, last)))
        rest = without_year(parts)
        if len(rest) == 1 and len(parts) == 2:
            padded = any(len(d.raw) >= _PADDED and d.raw[0] == "0" for d in self.title.digits[first : last + 1])
            return not own if int(rest[0]) <= 12 and not padded else not (introduced or padded)
        return not introduced and not has_year(parts) and length < _LONG_DIGITS

    def _looks_like_date(self, first: int, last: int) -> bool:
        """A day, or a month and a year, when no part is padded wider than a date's."""
        group = self.title.digits[first : last + 1]
        if any(len(d.raw) == 3 or len(d.raw) > 4 or (len(d.raw) == 4 and d.raw[0] == "0") for d in group):
            return False
        parts = [int(d.raw) for d in group]
        if len(parts) == 2:
            return any(1 <= a <= 12 and 2000 <= b < 2050 for a, b in (parts, parts[::-1]))
        return len(parts) == 3 and (_is_day(*parts) or _is_day(*parts[::-1]))

    def _neighbours(self, first: int, last: int) -> Iterator[Mention]:
        """Mentions that this group stands in a list with."""
        for mention in self.found:
            before = mention.last == first - 1 and self.title.links[mention.last]
            after = mention.first == last + 1 and self.title.links[last]
            link = before or after
            if link in (Link.LIST, Link.SPACE) and not mention.together:
                yield mention if link is Link.LIST else replace(mention, strong=False)

    def _listed(self, first: int, last: int) -> Mention | None:
        short = self._bare(first, last)
        for neighbour in self._neighbours(first, last):
            models = {self.index.numbers[place].parts for place in neighbour.places}
            keys = {key for model in models for key in _completed(short, model)}
            places = {place for key in keys for place in self.index.full.get(key, ())}
            letters = {self.index.numbers[place].letters for place in neighbour.places}
            same = tuple(sorted(p for p in places if self.index.numbers[p].letters in letters))
            if same:
                return Mention(first, last, same, neighbour.strong, neighbour.introduced, listed=True)
        return None

    def _spread(self, first: int, last: int) -> Mention | None:
        """``42-45/11/2026``, ``2026/11/0042-0045``, ``2026-55/56``: all of them, when all of them are open."""
        if self.title.introduction(first) in (Introduction.OTHER, Introduction.DATE):
            return None
        parts = self._bare(first, last)
        for numbers in (*self._ranges(first, parts), *_shared(parts)):
            members = [self._weighed(first, last, self.index.full.get(".".join(n), [])) for n in numbers]
            places = tuple(member.places[0] for member in members if member and len(member.places) == 1)
            if len(places) == len(numbers):
                return Mention(first, last, places, strong=True, introduced=True, together=True)
        return None

    def _ranges(self, first: int, parts: tuple[str, ...]) -> Iterator[list[tuple[str, ...]]]:
        for at in (0, len(parts) - 2):
            low, high = int(parts[at]), int(parts[at + 1])
            if self._gap(first + at) == "-" and low < high <= low + _LONGEST_RANGE:
                yield [(*parts[:at], str(n), *parts[at + 2 :]) for n in range(low, high + 1)]

    def _part(self, first: int, last: int) -> Mention | None:
        """A number without its year, or its running number alone; weak in any case."""
        introduction = self.title.introduction(first)
        if introduction in (Introduction.OTHER, Introduction.DATE):
            return None
        parts = self._bare(first, last)
        alone = len(parts) == 1
        table = self.index.sequence if alone else self.index.yearless
        places = table.get(".".join(parts), [])
        if len(places) > _FEW:
            places = [place for place in places if self.index.items[place].customer_id in self.customers]
        mention = _weakened(self._weighed(first, last, places))
        return None if mention and alone and self.found and not mention.introduced else mention


def _reference(first: int, last: int, places: Iterable[int]) -> Mention:
    return Mention(first, last, tuple(places), True, True, together=True, by=Reason.REFERENCE)


def _weakened(mention: Mention | None) -> Mention | None:
    return replace(mention, strong=False, by=Reason.PART_OF_NUMBER) if mention else None


def _shared(parts: tuple[str, ...]) -> Iterator[list[tuple[str, ...]]]:
    """One number and, joined to it by signs, the running numbers of further ones: behind it, or before it."""
    for length in range(len(parts) - 1, 1, -1):
        head, behind = parts[:length], parts[length:]
        if has_year(head) and not has_year(behind):
            yield [head, *((*head[:-1], one) for one in behind)]
        before, tail = parts[:-length], parts[-length:]
        if has_year(tail) and not has_year(before):
            yield [*((one, *tail[1:]) for one in before), tail]


def _completed(short: tuple[str, ...], model: tuple[str, ...]) -> set[str]:
    """A short number with what its neighbour has more, at the end or at the beginning."""
    missing = len(model) - len(short)
    if missing <= 0:
        return set()
    return {".".join((*short, *model[len(short) :])), ".".join((*model[:missing], *short))}


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        return 2000 <= date(year, month, day).year < 2050
    except ValueError:
        return False
