"""The ledger's invoices as matching sees them: an item for each instalment that is open, and those
settled lately or written off.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice

from bot.kit.money import Money
from handlers.ledger.model.matching.cases import MAX_CANDIDATES
from handlers.ledger.model.matching.index import Index
from handlers.ledger.model.matching.named_numbers import named
from handlers.ledger.model.matching.names import Names, name
from handlers.ledger.model.matching.number_patterns import NumberPatterns
from handlers.ledger.model.matching.values import Direction, MatchingItem
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.payments import SAME_MONEY
from handlers.ledger.statements.accounts import account_key
from handlers.ledger.statements.values import Entry
from storage.bank import statements
from storage.invoices import customers, invoices, matching_items, number_patterns
from storage.invoices.customers import Customer
from storage.invoices.matching_items import Item, Named
from storage.turn import Turn

REMEMBERED = timedelta(days=400)
"""So long a settled invoice's number is known when it is paid again."""
MOST_AROUND = 2_000
"""Payments for which the invoices that they may be for are picked out; of more they are most."""
_ASKED_AT_ONCE = 10_000
_Part = tuple[int, date | None]


def every(turn: Turn) -> list[MatchingItem]:
    """What is open, what was written off, and what was settled lately."""
    result = [
        *matching_items.unsettled(turn),
        *matching_items.settled_since(turn, _remembered_since(turn)),
    ]
    return _in_parts(turn, result, matching_items.in_instalments(turn))


def some(turn: Turn, ids: Iterable[int]) -> list[MatchingItem]:
    """These invoices, settled or not, the newest first."""
    left, result = iter(sorted(set(ids), reverse=True)), []
    while wanted := list(islice(left, _ASKED_AT_ONCE)):
        result += _in_parts(
            turn, matching_items.some(turn, wanted), matching_items.in_instalments(turn, wanted)
        )
    return result


def bearing_on(turn: Turn, entries: Sequence[Entry]) -> Index:
    """What is arranged for the verdicts on these payments, which are those that all of
    :func:`every` would give.

    Of very many payments it is everything; of a few what they may name, and what else those
    customers and the payers have. What may be proposed for its amount alone is left out.
    """
    if len(entries) > MOST_AROUND:
        return Index(every(turn))
    since, patterns = _remembered_since(turn), NumberPatterns(number_patterns.patterns(turn))
    named_ = _named(turn, entries, patterns)
    who = _payers(entries, customers.everybody(turn)) | {each.customer for each in named_}
    theirs = matching_items.of_customers_since(turn, who, since)
    open_ids, settled_ids = set[int](), set[int]()
    for each in (*named_, *theirs):
        (open_ids if each.outstanding else settled_ids).add(each.id)
    return Index([*some(turn, open_ids), *some(turn, settled_ids)], patterns.letters)


def _remembered_since(turn: Turn) -> date:
    return turn.now.date() - REMEMBERED


def around(turn: Turn, entries: Sequence[Entry]) -> Index:
    """What a few payments could have to do with: what may be chosen for them, and what they name
    that is paid.
    """
    payers, amounts = _payers(entries, _alike(turn, entries)), _amounts(entries)
    patterns = NumberPatterns(number_patterns.patterns(turn))
    near = {
        *matching_items.with_instalment_of(turn, amounts, MAX_CANDIDATES),
        *matching_items.newest_outstanding(turn, amounts, MAX_CANDIDATES),
        *matching_items.newest_of(turn, payers, MAX_CANDIDATES),
        *_entered(turn, entries),
    }
    named_ = {each.id for each in _named(turn, entries, patterns)} - near
    near.update(sorted(named_, reverse=True)[: max(0, _ASKED_AT_ONCE - len(near))])
    return Index(some(turn, near), patterns.letters)


def _named(turn: Turn, entries: Sequence[Entry], patterns: NumberPatterns) -> list[Named]:
    """What the titles may name, open or settled lately."""
    since, keys = _remembered_since(turn), named(entries, patterns)
    return [
        *matching_items.with_numbers(turn, keys.numbers, since),
        *matching_items.with_beginnings(turn, keys.beginnings, since),
        *matching_items.with_ends(turn, keys.ends, since),
        *matching_items.with_references(turn, keys.references, since),
    ]


def _alike(turn: Turn, entries: Sequence[Entry]) -> list[Customer]:
    """Customers with a word of a payer's name, or with the digits of an account."""
    words: set[str] = set()
    for entry in entries:
        words.update(name(entry.counterparty or "").words)
    return customers.alike(
        turn, words, {account[4:20] or account for account in _accounts(entries)}
    )


def _payers(entries: Sequence[Entry], existing: Sequence[Customer]) -> set[int]:
    """Whose customers' account or name it could be."""
    accounts = _accounts(entries)
    names = Names((str(item.id), (item.name, *item.aliases.split("\n"))) for item in existing)
    payers: set[int] = set()
    for entry in entries:
        payers.update(map(int, names.of(entry.counterparty)))
    for customer in existing:
        theirs = f"{customer.accounts}\n{customer.paid_from}".split("\n")
        if not accounts.isdisjoint(map(account_key, theirs)):
            payers.add(customer.id)
    return payers


def _accounts(entries: Sequence[Entry]) -> set[str]:
    accounts: set[str] = set()
    for entry in entries:
        both = (entry.counterparty_account, entry.virtual_account)
        accounts.update(filter(None, map(account_key, both)))
    return accounts


def _amounts(entries: Sequence[Entry]) -> set[int]:
    """What would be outstanding where an entry is just that: either way, a payable is paid by money
    out.
    """
    amounts: set[int] = set()
    for entry in entries:
        if entry.currency:
            minor = Money.of(entry.amount, entry.currency).minor
            amounts |= {minor, -minor}
    return amounts


def _entered(turn: Turn, entries: Iterable[Entry]) -> Iterator[int]:
    """Invoices, settled ones too, on which the money of an entry may stand already."""
    for entry in entries:
        days = (entry.booked_on - SAME_MONEY, entry.booked_on + SAME_MONEY)
        yield from statements.paid_elsewhere(turn, _amounts([entry]), *days, MAX_CANDIDATES)


def _in_parts(
    turn: Turn, items: Sequence[Item], in_instalments: Sequence[int]
) -> list[MatchingItem]:
    split = dict(_split(turn, in_instalments))
    result: list[MatchingItem] = []
    for item in items:
        outstanding = 0 if item.is_written_off else item.outstanding
        for part in split.get(item.id) or [(outstanding, item.first_due_on)]:
            result.append(_item(item, *part))
    return result


def _split(turn: Turn, ids: Sequence[int]) -> Iterator[tuple[int, list[_Part]]]:
    """What is left of each instalment of these invoices."""
    left, day = iter(ids), ledger.today(turn)
    while batch := list(islice(left, _ASKED_AT_ONCE)):
        for invoice in invoices.by_ids(turn, invoices.UNGATED, batch, most=len(batch)):
            parts = ledger.entry_of(turn, invoice, day).state.parts
            yield (
                invoice.id,
                [(part.outstanding, part.due_on) for part in parts if part.outstanding],
            )


def _item(item: Item, outstanding: int, due_on: date | None) -> MatchingItem:
    return MatchingItem(
        number=item.number,
        invoice_id=str(item.id),
        customer_id=str(item.customer or ""),
        customer_names=tuple(filter(None, (item.name, *(item.aliases or "").split("\n")))),
        accounts=tuple(filter(None, f"{item.accounts or ''}\n{item.paid_from or ''}".split("\n"))),
        currency=item.currency,
        outstanding=Money(outstanding, item.currency).amount if outstanding else Decimal(0),
        due_on=due_on,
        direction=Direction(item.direction),
        tax_id=item.tax_id or None,
        references=(item.ksef_number,) if item.ksef_number else (),
        is_overpaid=outstanding < 0 < item.to_pay,
        is_written_off=item.is_written_off,
    )
