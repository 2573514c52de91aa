"""The chain of replacement invoices: which is asked for in the place of which others.

One that takes the place of others comes after all that it names. Where several name the same one,
or name each other, the later one, by day of issue and then by number, takes the place of the
earlier one too: of all that follow from each other one is asked for, and which one that is follows
from the documents, not from the order in which they came.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from graphlib import TopologicalSorter
from heapq import heappop, heappush
from itertools import chain

from bot.kit.folding import fold_number
from storage.invoices.invoices import Invoice
from storage.invoices.replacements import Naming

Named = Mapping[
    int, AbstractSet[int]
]  # of each invoice in the place of others, those that it names
Age = tuple[date, tuple[tuple[str, int, str], ...]]
_COUNTED = re.compile(r"([^0-9]*)([0-9]*)")


@dataclass(frozen=True)
class Succession:
    """``order`` are those in the place of others, the last one last; ``on`` tells of lines whose
    place each takes.
    """

    order: Sequence[int]
    on: Mapping[int, int]
    _ahead: dict[int, int]

    def last(self, item: int) -> int:
        """The one that is asked for in the end."""
        return _last(self._ahead, item)


def succession(lines: Iterable[Naming], ages: Mapping[int, Age]) -> Succession:
    """Who comes after whom: a line takes the place of the last one so far in the place of what it
    names.
    """
    by_invoice: dict[int, list[Naming]] = defaultdict(list)
    for line in lines:
        by_invoice[line.by].append(line)
    named = _named(chain.from_iterable(by_invoice.values()))
    of = Succession(in_order(named, ages), on := {}, ahead := {})
    done: dict[int, None] = {}
    for item in of.order:
        for line in by_invoice[item]:
            earlier = _earlier(line, named, done)
            top = of.last(earlier) if earlier else item
            if top != item:
                ahead[top], on[line.line] = item, top
        done[item] = None
    return of


def rivals(lines: Iterable[Naming], of: Succession, item: int) -> list[int]:
    """The last one in an invoice's place, after those that it does not name or that name it too;
    none without those.
    """
    named, last = _named(lines), of.last(item)
    existing = _reached(named, last)
    others: list[int] = []
    for each in of.order:
        if each == last or of.last(each) != last:
            continue
        if each not in existing or last in _reached(named, each):
            others.append(each)
    return [*others, last] if others else []


def in_order(named: Named, ages: Mapping[int, Age]) -> list[int]:
    """Each after those that it names; for the rest, and where they name each other in a circle, by
    age.
    """
    before: dict[int, set[int]] = {}
    for item, others in named.items():
        before[item] = set()
        for other in others & named.keys():
            if ages[other] < ages[item] or item not in _reached(named, other):
                before[item].add(other)
    sorter, ripe, order = TopologicalSorter(before), list[tuple[Age, int]](), list[int]()
    sorter.prepare()
    while sorter.is_active():
        for item in sorter.get_ready():
            heappush(ripe, (ages[item], item))
        _, first = heappop(ripe)
        order.append(first)
        sorter.done(first)
    return order


def age_of(invoice: Invoice) -> Age:
    """What tells the later of two: the day of issue (none is the earliest), then the number as
    people count.
    """
    counted: list[tuple[str, int, str]] = []
    for text, digits in _COUNTED.findall(fold_number(invoice.number)):
        count = digits.lstrip("0")
        counted.append((text, len(count), count))
    return invoice.issued_on or date.min, tuple(counted)


def _earlier(line: Naming, named: Named, done: Mapping[int, None]) -> int | None:
    """What a line names; where that is later in a circle, the last one of the circle before its own
    invoice.
    """
    if line.named is None or line.named not in named or line.named in done:
        return line.named
    by, membership = line.by, _reached(named, line.by)
    for item in reversed(list(done)):
        if item in membership and by in _reached(named, item):
            return item
    return None


def _named(lines: Iterable[Naming]) -> dict[int, set[int]]:
    named: dict[int, set[int]] = defaultdict(set)
    for line in lines:
        named[line.by] |= {line.named} if line.named else set()
    return dict(named)


def _reached(named: Named, start: int) -> set[int]:
    """All that an invoice names, that those name, and so on."""
    result, fresh = set[int](), set(named.get(start, ()))
    while fresh:
        result |= fresh
        further: set[int] = set()
        for item in fresh:
            further |= named.get(item, frozenset())
        fresh = further - result
    return result


def _last(ahead: dict[int, int], item: int) -> int:
    passed = []
    while item in ahead:
        passed.append(item)
        item = ahead[item]
    ahead.update(dict.fromkeys(passed, item))
    return item
