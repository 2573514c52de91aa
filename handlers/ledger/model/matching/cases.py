"""One entry with all that was read from it, and what its title's mentions come down to."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice
from typing import TypeVar

from handlers.ledger.model.matching.candidates import find
from handlers.ledger.model.matching.index import Index
from handlers.ledger.model.matching.mentions import Found, Mention, Weight
from handlers.ledger.model.matching.payers import Payer, Standing, payer
from handlers.ledger.model.matching.titles import Title, read_title
from handlers.ledger.model.matching.values import Allocation, MatchingItem, Reason
from handlers.ledger.statements.values import Entry

MAX_CANDIDATES = 200
"""Of the items that a short number could mean, or that one customer has open, so many are looked
at.
"""


@dataclass(frozen=True, slots=True)
class Named:
    """One mention brought down to the items of one invoice, or to all of a letter's."""

    mention: Mention
    items: tuple[MatchingItem, ...]
    standing: Standing
    reason: Reason | None
    narrowed: bool = False
    """Other invoices fit the mention as well, paid ones among them."""

    @property
    def expected(self) -> Decimal:
        return total(self.items)

    @property
    def strong(self) -> bool:
        return self.mention.weight >= Weight.STRONG

    @property
    def is_pointed_out(self) -> bool:
        """Whether more than a few digits by themselves speak for it."""
        return self.strong or self.mention.introduced or self.mention.whole

    @property
    def is_unmistakable(self) -> bool:
        """Whether all of its number stands there by itself."""
        return self.mention.weight is Weight.FULL and not self.mention.listed


Expected = TypeVar("Expected", MatchingItem, Named)


@dataclass(frozen=True, slots=True)
class Case:
    """An entry with all that was read from it."""

    entry: Entry
    index: Index
    title: Title
    found: Found
    payer: Payer

    def payable(self, item: MatchingItem) -> bool:
        """Whether this money could settle it: same currency, same direction."""
        return self.entry.currency == item.currency and item.expected * self.entry.amount > 0

    def is_paid(self, item: MatchingItem) -> bool:
        """Whether this money finds nothing open on it: as much was paid before, or more, and it
        does not go back.
        """
        is_more = item.is_overpaid and item.expected * self.entry.amount < 0
        return item.outstanding == 0 or is_more

    def meant_by_payer(self, mention: Mention) -> Mention:
        """What a number must mean to this payer when it cannot be what it says best: then it is
        doubtful.
        """

        if not mention.others:
            return mention
        of_others = self._standing_so(mention.places, Standing.OTHER)
        if len(of_others) < len(mention.places):
            return mention
        theirs = self._standing_so(mention.others, Standing.SAME)
        if not theirs:
            return mention
        return replace(mention, places=theirs, weight=Weight.DOUBTFUL, whole=False)

    def _standing_so(self, places: Sequence[int], standing: Standing) -> tuple[int, ...]:
        """The first of these places whose items are the payer's, or another's, in this way."""
        few = places[:MAX_CANDIDATES]
        return tuple(p for p in few if self.payer.standing(self.index.items[p])[0] is standing)

    def has_rival(self, mention: Mention, kept: Collection[MatchingItem]) -> bool:
        """Whether the payer may mean another invoice than those that were kept: a paid one just as
        well, or one of theirs if less well.
        """
        places = (
            mention.places if mention.weight is Weight.FULL else (*mention.places, *mention.others)
        )
        for place in places[:MAX_CANDIDATES]:
            item = self.index.items[place]
            standing = self.payer.standing(item)[0]
            is_paid_one = self.is_paid(item) and item not in kept
            if is_paid_one and standing is not Standing.OTHER:
                return True
            if place in mention.others and standing is Standing.SAME:
                return True
        return False

    def names_settled(self) -> tuple[Reason, ...]:
        """Why nothing is open any more on the invoices that the title names, of those of which that
        holds.
        """
        reasons: list[Reason] = []
        for mention in self.found.mentions:
            items = self.index.at(mention.places[:MAX_CANDIDATES])
            if all(map(self.is_paid, items)):
                reasons += [item.settled_by for item in items]
        return tuple(dict.fromkeys(reasons))

    def combinable(self, item: MatchingItem) -> bool:
        """Also what lowers the sum: a credit note taken off."""
        return self.entry.currency == item.currency and item.outstanding != 0

    def of_payer(self) -> list[MatchingItem]:
        """What this money could settle of the one customer who paid, oldest first; nothing when
        several could have.
        """
        customers = self.payer.customers
        if len(customers) > 1:
            return []
        items = islice(self.index.items_of(customers), MAX_CANDIDATES)
        return list(by_due(filter(self.payable, items)))


def read(entry: Entry, index: Index, *, lookalikes: bool) -> Case:
    text = f"{entry.title} ; {entry.end_to_end}" if entry.end_to_end else entry.title
    title = read_title(text, entry.amount, lookalikes=lookalikes)
    from_whom = payer(entry, title, index)
    return Case(entry, index, title, find(title, index, from_whom.customers), from_whom)


def named_items(case: Case) -> tuple[list[Named], list[Mention]]:
    """What the mentions come down to, and those that may mean several invoices."""
    named: list[Named] = []
    ambiguous: list[Mention] = []
    seen: set[str] = set()
    for mention in map(case.meant_by_payer, case.found.mentions):
        usable = _usable(case, mention)
        if not usable:
            continue
        each = _one(case, mention, usable)
        if each is None:
            ambiguous.append(mention)
            continue
        ids = invoices_of(each.items)
        if seen.isdisjoint(ids):
            named.append(each)
            seen |= ids
    # One that is overpaid lowers what is paid for others; alone there is nothing to pay on it.
    if all(map(case.is_paid, items_of(named))):
        named = []
    return named, ambiguous


def _usable(case: Case, mention: Mention) -> list[MatchingItem]:
    """The mentioned items that this money could pay; where there are none, those that it could be
    netted with.
    """
    items = case.index.at(mention.places[:MAX_CANDIDATES])
    netted = list(filter(case.combinable, items))
    if mention.together:
        return netted
    return list(filter(case.payable, netted)) or netted


def _one(case: Case, mention: Mention, usable: list[MatchingItem]) -> Named | None:
    """The one invoice that a mention can mean, judged by the payer and then the amount; ``None``
    when unclear.
    """
    if mention.together:
        standing, reason = _worst_standing(case, usable)
        return Named(mention, by_due(usable), standing, reason)
    by_standing: dict[Standing, list[MatchingItem]] = {}
    for item in usable:
        by_standing.setdefault(case.payer.standing(item)[0], []).append(item)
    same = by_standing.get(Standing.SAME)
    kept = same or by_standing.get(Standing.UNKNOWN) or usable
    exact = invoices_of(of_amount(kept, case.entry.amount))
    narrowed = len(invoices_of(kept)) > 1
    if narrowed and len(exact) == 1 and same:
        kept = [item for item in kept if item.invoice_id in exact]
    elif narrowed:
        return None
    standing, reason = case.payer.standing(kept[0])
    return Named(mention, by_due(kept), standing, reason, narrowed or case.has_rival(mention, kept))


def _worst_standing(case: Case, items: Sequence[MatchingItem]) -> tuple[Standing, Reason | None]:
    """That of the first item that is not the payer's, where there is one."""
    for item in items:
        standing, reason = case.payer.standing(item)
        if standing is not Standing.SAME:
            return standing, reason
    return case.payer.standing(items[0])


def items_of(named: Iterable[Named]) -> list[MatchingItem]:
    items: list[MatchingItem] = []
    for each in named:
        items += each.items
    return items


def invoices_of(items: Iterable[MatchingItem]) -> set[str]:
    return {item.invoice_id for item in items}


def total(items: Iterable[MatchingItem | Named]) -> Decimal:
    return sum((item.expected for item in items), Decimal(0))


def of_amount(items: Iterable[Expected], amount: Decimal) -> list[Expected]:
    """Those that just this amount settles."""
    return [item for item in items if item.expected == amount]


def in_full(items: Iterable[MatchingItem]) -> tuple[Allocation, ...]:
    """To each item what settles it."""
    return tuple(Allocation(item, item.expected) for item in items)


def by_due(items: Iterable[MatchingItem]) -> tuple[MatchingItem, ...]:
    """Oldest first; what has no date last."""
    return tuple(
        sorted(items, key=lambda item: (item.due_on is None, item.due_on or "", item.number))
    )


def allocated(
    items: Sequence[MatchingItem], amount: Decimal, *, exact: bool
) -> tuple[tuple[Allocation, ...], Decimal]:
    """The amount laid on the items, oldest first, never more than each can take; and what is left
    of it.
    """
    if exact:
        return in_full(items), Decimal(0)
    sign = 1 if amount > 0 else -1
    rest = abs(amount)
    allocations: list[Allocation] = []
    for item in by_due(items):
        part = min(rest, item.expected * sign)
        if part > 0:
            allocations.append(Allocation(item, part * sign))
            rest -= part
    return tuple(allocations), rest * sign
