"""Which open items a title names: in full, in part, in a list or a range, by a letter's
reference.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from handlers.ledger.model.matching import vocabulary as words
from handlers.ledger.model.matching.index import Index, reference_key
from handlers.ledger.model.matching.mention_score import LONG_ENOUGH, Scale
from handlers.ledger.model.matching.mentions import Found, Mention, Weight
from handlers.ledger.model.matching.numbers import bare, has_year, year_forms
from handlers.ledger.model.matching.titles import LONGEST_RANGE, WITHIN, Introduction, Link, Title

LONGEST = 6  # groups of digits that make one number
IN_LIST = frozenset((Link.LIST, Link.NEXT, Link.SPACE))
"""What may stand between two numbers of a list."""
_FEW = 50
_JOINED = frozenset({*WITHIN, Link.SPACE})


def find(title: Title, index: Index, customers: frozenset[str]) -> Found:
    """What a title names, in the order in which it does. ``customers`` are those who may have paid:
    among the
    many items that a short number could mean, only theirs are looked at."""
    search = _Search(title, index, customers)
    search.references()
    search.ranges()
    search.whole_numbers()
    search.lists()
    search.parts()
    return Found(tuple(sorted(search.found, key=lambda m: m.first)), search.left_over())


class _Search:
    """One title against one index; what is found claims its digits, so that nothing is
    read twice.
    """

    def __init__(self, title: Title, index: Index, customers: frozenset[str]) -> None:
        self.title, self.index, self.customers = title, index, customers
        self.scale = Scale(title, index)
        self.found: list[Mention] = []
        self.claimed: set[int] = set()

    def references(self) -> None:
        tokens = self.title.tokens
        place_of = {digits.place: n for n, digits in enumerate(self.title.digits)}
        for length in range(min(self.index.longest_reference, len(tokens)), 0, -1):
            for start in range(len(tokens) - length + 1):
                inside = [place_of[i] for i in range(start, start + length) if i in place_of]
                if not inside or not self.claimed.isdisjoint(inside):
                    continue
                places = self.index.references.get(reference_key(tokens[start : start + length]))
                if places:
                    self._claim(_reference(inside[0], inside[-1], places))

    def ranges(self) -> None:
        for first, last in self.title.groups():
            whole = ".".join(self.title.bare(first, last)) in self.index.full
            if last - first >= 2 and not whole and self._free(first, last):
                self._claim(self._spread(first, last))

    def whole_numbers(self) -> None:
        for length in range(min(LONGEST, len(self.title.digits)), 0, -1):
            for first in range(len(self.title.digits) - length + 1):
                last = first + length - 1
                if (
                    self._free(first, last)
                    and self._joined(first, last)
                    and not self._cut_out(first, last)
                ):
                    self._claim(self._whole(first, last))

    def lists(self) -> None:
        """``42 i 43/11/2026``, ``FV/2026/11/0042, 0043``: from one that is known to the next."""
        grown = True
        while grown:
            grown = False
            for first, last in self.title.groups():
                if self._free(first, last):
                    grown = self._claim(self._listed(first, last)) or grown

    def parts(self) -> None:
        for first, last in self.title.groups():
            if self._free(first, last):
                self._claim(self._part(first, last))

    def left_over(self) -> bool:
        for first, last in self.title.groups():
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
        return _JOINED.issuperset(self.title.links[first:last])

    def _cut_out(self, first: int, last: int) -> bool:
        """Whether more digits are joined on either side; a dash joins two numbers whose own sign is
        another.
        """
        dashes_within = "-" in self.title.signs(first, last)
        for n in (first - 1, last):
            joined = 0 <= n < len(self.title.links) and self.title.links[n] is Link.TIGHT
            if joined and (dashes_within or first == last or self.title.sign(n) != "-"):
                return True
        return False

    def _whole(self, first: int, last: int) -> Mention | None:
        """All of a number; with a short year or the other way round it is weak."""
        parts, full = self.title.bare(first, last), self.index.full
        glued = bare("".join(self.title.raw(first, last)))
        places = {*full.get(".".join(parts), ()), *self.index.compact.get(glued, ())}
        dated: set[int] = set()
        for form in year_forms(parts):
            dated.update(full.get(".".join(form), ()))
        dated -= places
        turned = set(full.get(".".join(reversed(parts)), ())) - places - dated
        mention = self.scale.weighed(first, last, places, capped=dated | turned)
        if mention is None or turned.issuperset(mention.places):
            return mention
        if self.scale.looks_like_date(first, last):
            return mention
        sure_year = len(parts) > 2 or not dated.issuperset(mention.places)
        return replace(mention, whole=sure_year and (last > first or len(parts[0]) >= LONG_ENOUGH))

    def _neighbours(self, first: int, last: int) -> Iterator[Mention]:
        """Mentions that this group stands in a list with."""
        for mention in self.found:
            before = mention.last == first - 1 and self.title.links[mention.last]
            after = mention.first == last + 1 and self.title.links[last]
            link = before or after
            if link in IN_LIST and not mention.together:
                yield mention if link is Link.LIST else mention.at_most(Weight.WEAK)

    def _listed(self, first: int, last: int) -> Mention | None:
        short = self.title.bare(first, last)
        before = self.title.word_before(self.title.digits[first].place)
        if before not in (None, Introduction.INVOICE):
            return None
        joined, _ = self.title.letters_around(first, last)
        own = joined - words.GENERIC - words.AFTER_NUMBER
        for neighbour in self._neighbours(first, last):
            same = self._like(neighbour, short, own)
            if same:
                return Mention(
                    first, last, same, neighbour.weight, neighbour.introduced, listed=True
                )
        return None

    def _like(
        self, neighbour: Mention, short: tuple[str, ...], own: frozenset[str]
    ) -> tuple[int, ...]:
        """Numbers that are ``short`` with what the neighbour's has more, and have its letters; the
        title's ``own`` are among these.
        """
        letters: set[frozenset[str]] = set()
        shapes: set[tuple[str, ...]] = set()
        for place in neighbour.places:
            letters.add(self.index.numbers[place].letters)
            shapes.add(self.index.numbers[place].parts)
        same: set[int] = set()
        for parts in shapes:
            for whole in completed(short, parts):
                for place in self.index.full.get(".".join(whole), ()):
                    if own <= self.index.numbers[place].letters in letters:
                        same.add(place)
        return tuple(sorted(same))

    def _spread(self, first: int, last: int) -> Mention | None:
        """``42-45/11/2026``, ``2026/11/0042-0045``, ``2026-55/56``: all of them, when all of them
        are open.
        """
        if self.title.introduction(first) in (Introduction.OTHER, Introduction.DATE):
            return None
        for numbers in spreads(self.title, first, last):
            places: list[int] = []
            weight = Weight.FULL
            for each in numbers:
                member = self.scale.weighed(first, last, self.index.full.get(".".join(each), []))
                if member and len(member.places) == 1:
                    places += member.places
                    weight = min(weight, member.weight)
            if len(places) == len(numbers):
                return Mention(
                    first, last, tuple(places), weight, introduced=True, together=True, whole=True
                )
        return None

    def _part(self, first: int, last: int) -> Mention | None:
        """A number without its year, or its running number alone; weak in any case."""
        introduction = self.title.introduction(first)
        if introduction in (Introduction.OTHER, Introduction.DATE):
            return None
        parts = self.title.bare(first, last)
        alone = len(parts) == 1
        table = self.index.sequence if alone else self.index.yearless
        places = table.get(".".join(parts), [])
        if len(places) > _FEW:
            places = [
                place for place in places if self.index.items[place].customer_id in self.customers
            ]
        mention = self.scale.weighed(first, last, places, in_part=True)
        if mention is None or (alone and self.found and not mention.introduced):
            return None
        return mention.at_most(Weight.WEAK)


def _reference(first: int, last: int, places: Iterable[int]) -> Mention:
    return Mention(first, last, tuple(places), Weight.FULL, together=True, reference=True)


def spreads(title: Title, first: int, last: int) -> Iterator[list[tuple[str, ...]]]:
    """The numbers that one range, or one number with the ends of others, may stand for."""
    parts = title.bare(first, last)
    for at in (0, len(parts) - 2):
        low, high = int(parts[at]), int(parts[at + 1])
        if title.sign(first + at) == "-" and low < high <= low + LONGEST_RANGE:
            yield [(*parts[:at], str(n), *parts[at + 2 :]) for n in range(low, high + 1)]
    yield from _shared(parts)


def _shared(parts: tuple[str, ...]) -> Iterator[list[tuple[str, ...]]]:
    """One number and, joined to it by signs, the running numbers of further ones: behind it, or
    before it.
    """
    for length in range(len(parts) - 1, 1, -1):
        head, behind = parts[:length], parts[length:]
        if has_year(head) and not has_year(behind):
            yield [head, *((*head[:-1], item) for item in behind)]
        before, tail = parts[:-length], parts[-length:]
        if has_year(tail) and not has_year(before):
            yield [*((item, *tail[1:]) for item in before), tail]


def completed(short: tuple[str, ...], model: tuple[str, ...]) -> set[tuple[str, ...]]:
    """A short number with what its neighbour has more, at the end or at the beginning."""
    missing = len(model) - len(short)
    if missing <= 0:
        return set()
    return {(*short, *model[len(short) :]), (*model[:missing], *short)}
