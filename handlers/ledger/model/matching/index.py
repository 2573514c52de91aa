"""The open items, arranged once so that an entry finds its candidates without looking at all of
them.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from bot.kit.folding import fold
from handlers.ledger.model.matching import numbers
from handlers.ledger.model.matching.names import Names
from handlers.ledger.model.matching.numbers import Number
from handlers.ledger.model.matching.values import MatchingItem
from handlers.ledger.statements.accounts import account_key

_WORDS = re.compile(r"[a-z]+|[0-9]+")
_Places = dict[str, list[int]]


class Index:
    """Built from all open items of one workspace; asked by place in :attr:`items`.

    Building costs some 25 µs an item, asking grows with the length of a title, not with the items.
    """

    def __init__(self, items: Iterable[MatchingItem], letters: Iterable[str] = ()) -> None:
        """``letters``: of series whose numbers are not among the items."""
        self.items = list(items)
        self.numbers: list[Number] = [numbers.number(item.number) for item in self.items]
        self.letters = _letters(self.numbers).union(letters)
        self.full: _Places = defaultdict(list)
        self.compact: _Places = defaultdict(list)
        self.yearless: _Places = defaultdict(list)
        self.sequence: _Places = defaultdict(list)
        self.references: _Places = defaultdict(list)
        self.of_customer: _Places = defaultdict(list)
        self.with_account: defaultdict[str, set[str]] = defaultdict(set)
        self.with_amount: defaultdict[tuple[str, Decimal], list[int]] = defaultdict(list)
        names: defaultdict[str, set[str]] = defaultdict(set)
        for place, item in enumerate(self.items):
            for places in self._lists(place):
                places.append(place)
            for account in filter(None, map(account_key, item.accounts)):
                self.with_account[account].add(item.customer_id)
            names[item.customer_id].update(item.customer_names)
        self.names = Names(names.items())
        self.longest_reference = max((key.count(".") + 1 for key in self.references), default=0)

    def at(self, places: Iterable[int]) -> list[MatchingItem]:
        return [self.items[place] for place in places]

    def items_of(self, customers: Iterable[str]) -> Iterator[MatchingItem]:
        """What these customers have open."""
        for who in customers:
            for place in self.of_customer.get(who, ()):
                yield self.items[place]

    def renew(self, before: Iterable[MatchingItem], now: Iterable[MatchingItem]) -> None:
        """Something was booked on the invoices of ``before``: ``now`` is what they are instead,
        settled ones too.
        """
        freed: set[int] = set()
        for item in before:
            freed.update(self._open_places(item))
        for place in freed:
            for places in self._lists(place):
                places.remove(place)
        # Instalments become fewer, never more.
        for place, item in zip(sorted(freed), now, strict=False):
            self.items[place], self.numbers[place] = item, numbers.number(item.number)
            for places in self._lists(place):
                places.append(place)

    def learn(self, account: str, customer_id: str) -> None:
        """An account turned out to be a customer's."""
        self.with_account[account].add(customer_id)

    def _open_places(self, item: MatchingItem) -> list[int]:
        of_customer = self.of_customer[item.customer_id]
        return [place for place in of_customer if self.items[place].invoice_id == item.invoice_id]

    def _lists(self, place: int) -> Iterator[list[int]]:
        """Where this place is found."""
        item, number = self.items[place], self.numbers[place]
        for key in numbers.full_keys(number):
            yield self.full[key]
        for key in numbers.compact_keys(number):
            yield self.compact[key]
        if yearless := numbers.yearless_key(number):
            yield self.yearless[yearless]
        if sequence := numbers.sequence_key(number):
            yield self.sequence[sequence]
        if item.outstanding:
            yield self.of_customer[item.customer_id]
            yield self.with_amount[item.currency, item.expected]
        for reference in item.references:
            yield self.references[reference_key(_WORDS.findall(fold(reference)))]


def _letters(several: Iterable[Number]) -> frozenset[str]:
    letters: set[str] = set()
    for number in several:
        letters |= number.letters
    return frozenset(letters)


def reference_key(words: Iterable[str]) -> str:
    """Words and digits of a reference as one key, whatever signs stood between them."""
    return ".".join(map(numbers.bare, words))
