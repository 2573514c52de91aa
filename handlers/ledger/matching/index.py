"""The open items, arranged once so that an entry finds its candidates without looking at all of them."""

import re
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from bot.kit.folding import fold
from handlers.ledger.matching import numbers
from handlers.ledger.matching.names import Names
from handlers.ledger.matching.numbers import Number
from handlers.ledger.matching.values import OpenItem
from handlers.ledger.statements.accounts import account_key

_WORDS = re.compile(r"[a-z]+|[0-9]+")
_Places = dict[str, list[int]]


class Index:
    """Built from all open items of one workspace; asked by place in :attr:`items`.

    Building costs some 25 µs an item, asking grows with the length of a title, not with the items.
    """

    def __init__(self, items: Iterable[OpenItem]) -> None:
        self.items = tuple(items)
        self.numbers: list[Number] = [numbers.number(item.number) for item in self.items]
        self.letters = frozenset(word for number in self.numbers for word in number.letters)
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
            self._file_number(place, self.numbers[place])
            self._file_rest(place, item)
            names[item.customer_id].update(item.customer_names)
        self.names = Names(names.items())
        self.longest_reference = max((key.count(".") + 1 for key in self.references), default=0)

    def _file_number(self, place: int, number: Number) -> None:
        for key in numbers.full_keys(number):
            self.full[key].append(place)
        for key in numbers.compact_keys(number):
            self.compact[key].append(place)
        yearless, sequence = numbers.yearless_key(number), numbers.sequence_key(number)
        if yearless:
            self.yearless[yearless].append(place)
        if sequence:
            self.sequence[sequence].append(place)

    def _file_rest(self, place: int, item: OpenItem) -> None:
        if item.outstanding:
            self.of_customer[item.customer_id].append(place)
            self.with_amount[item.currency, item.expected].append(place)
        for account in item.accounts:
            key = account_key(account)
            if key:
                self.with_account[key].add(item.customer_id)
        for reference in item.references:
            self.references[reference_key(_WORDS.findall(fold(reference)))].append(place)


def reference_key(words: Iterable[str]) -> str:
    """Words and digits of a reference as one key, whatever signs stood between them."""
    return ".".join(numbers.bare(word) if word.isdigit() else word for word in words)
