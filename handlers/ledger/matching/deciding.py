"""The verdict on one entry: sure, likely or none, where its money goes, and what a person may choose instead.

*Sure* needs a number that only one open item can mean, a payer who is that item's customer, the right
currency and direction, and nothing that speaks against it. A number that stands there only in part, or is
short enough to be a month or a quantity, needs the exact amount as well. *Likely* is one good guess.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, islice

from handlers.ledger.matching import vocabulary as words
from handlers.ledger.matching.index import Index
from handlers.ledger.matching.mentions import Found, Mention, find
from handlers.ledger.matching.payers import Payer, Standing, payer
from handlers.ledger.matching.titles import Title, read_title
from handlers.ledger.matching.values import Allocation, Level, Match, OpenItem, Proposal, Reason
from handlers.ledger.statements.values import Entry

MAX_PROPOSALS = 5
_MAX_CANDIDATES = 200
_MAX_COMBINED = 12
_MOST_TOGETHER = 4


@dataclass(frozen=True, slots=True)
class _Named:
    """One mention brought down to the items of one invoice, or to all of a letter's."""

    mention: Mention
    items: tuple[OpenItem, ...]
    standing: Standing
    reason: Reason | None
    narrowed: bool = False

    @property
    def expected(self) -> Decimal:
        return sum((item.expected for item in self.items), Decimal(0))


@dataclass(frozen=True, slots=True)
class _Case:
    """An entry with all that was read from it."""

    entry: Entry
    index: Index
    title: Title
    found: Found
    payer: Payer

    def payable(self, item: OpenItem) -> bool:
        """Whether this money could settle it: same currency, same direction."""
        return self.entry.currency == item.currency and item.expected * self.entry.amount > 0

    def combinable(self, item: OpenItem) -> bool:
        """Also what lowers the sum: a credit note taken off."""
        return self.entry.currency == item.currency and item.outstanding != 0


def match(entry: Entry, index: Index) -> Match:
    """Which open items of ``index`` the entry pays."""
    if not entry.amount:
        return Match(Level.NONE)
    case = _read(entry, index, lookalikes=False)
    if not case.found.mentions and any(sign in entry.title for sign in "OoIl"):
        read_again = _read(entry, index, lookalikes=True)
        weak = tuple(replace(mention, strong=False) for mention in read_again.found.mentions)
        case = replace(read_again, found=replace(read_again.found, mentions=weak))
    named, ambiguous = _named(case)
    verdict = _by_numbers(case, named, ambiguous) if named else None
    if verdict is None or verdict.level is Level.NONE:
        verdict = _by_customer(case, verdict)
    return _with_proposals(case, verdict, ambiguous)


def _read(entry: Entry, index: Index, *, lookalikes: bool) -> _Case:
    text = f"{entry.title} ; {entry.end_to_end}" if entry.end_to_end else entry.title
    title = read_title(text, entry.amount, lookalikes=lookalikes)
    from_whom = payer(entry, title, index)
    return _Case(entry, index, title, find(title, index, from_whom.customers), from_whom)


def _named(case: _Case) -> tuple[list[_Named], list[Mention]]:
    """What the mentions come down to, and those that may mean several invoices."""
    named: list[_Named] = []
    ambiguous: list[Mention] = []
    seen: set[str] = set()
    for mention in case.found.mentions:
        usable = _usable(case, mention)
        one = _one(case, mention, usable) if usable else None
        if one is None:
            ambiguous += [mention] if usable else []
        elif seen.isdisjoint(item.invoice_id for item in one.items):
            named.append(one)
            seen.update(item.invoice_id for item in one.items)
    return named, ambiguous


def _usable(case: _Case, mention: Mention) -> list[OpenItem]:
    """The mentioned items that this money could pay; where there are none, those that it could be netted with."""
    items = [case.index.items[place] for place in mention.places]
    others = [case.index.items[place] for place in mention.others]
    standings = [case.payer.standing(item)[0] for item in items[:_MAX_CANDIDATES]]
    if others and all(standing is Standing.OTHER for standing in standings):
        items = [o for o in others if case.payer.standing(o)[0] is Standing.SAME] or items
    netted = [item for item in items[:_MAX_CANDIDATES] if case.combinable(item)]
    return (not mention.together and [item for item in netted if case.payable(item)]) or netted


def _one(case: _Case, mention: Mention, usable: list[OpenItem]) -> _Named | None:
    """The one invoice that a mention can mean, judged by the payer and then the amount; ``None`` when unclear."""
    if mention.together:
        standings = [case.payer.standing(item) for item in usable]
        standing, reason = next((s for s in standings if s[0] is not Standing.SAME), standings[0])
        return _Named(mention, _by_due(usable), standing, reason)
    same = [item for item in usable if case.payer.standing(item)[0] is Standing.SAME]
    strangers = [item for item in usable if case.payer.standing(item)[0] is Standing.UNKNOWN]
    kept = same or strangers or usable
    ids = {item.invoice_id for item in kept}
    exact = {item.invoice_id for item in kept if item.expected == case.entry.amount}
    narrowed = len(ids) > 1
    if narrowed and len(exact) == 1 and same:
        kept = [item for item in kept if item.invoice_id in exact]
    elif narrowed:
        return None
    standing, reason = case.payer.standing(kept[0])
    return _Named(mention, _by_due(kept), standing, reason, narrowed)


def _by_due(items: Iterable[OpenItem]) -> tuple[OpenItem, ...]:
    """Oldest first; what has no date last."""
    return tuple(sorted(items, key=lambda item: (item.due_on is None, item.due_on or "", item.number)))


def _by_numbers(case: _Case, named: list[_Named], ambiguous: list[Mention]) -> Match:
    direct = [one for one in named if not one.mention.listed]
    certain = [one for one in named if one.mention.strong]
    for chosen in (named, direct, certain):
        if chosen and sum((one.expected for one in chosen), Decimal(0)) == case.entry.amount:
            return _judged(case, chosen, exact=True, ambiguous=ambiguous)
    whole = [one for one in named if one.mention.strong and one.expected == case.entry.amount]
    if len(whole) == 1 and len(named) > 1:
        return _lowered(_judged(case, whole, exact=True, ambiguous=ambiguous), Reason.OTHER_NUMBERS)
    return _judged(case, named, exact=False, ambiguous=ambiguous)


def _judged(case: _Case, named: list[_Named], *, exact: bool, ambiguous: list[Mention]) -> Match:
    items = [item for one in named for item in one.items]
    allocations, left = _allocated(items, case.entry.amount, exact=exact)
    reasons = _reasons(case, named, exact=exact, left=left)
    strong = all(one.mention.strong for one in named)
    same = all(one.standing is Standing.SAME for one in named)
    against = _against(case, named, exact=exact, left=left, ambiguous=ambiguous)
    hopeless = {Reason.OTHER_PAYER, Reason.OTHER_PURPOSE} & set(against) and not exact
    if not allocations or hopeless:
        level = Level.NONE
    elif not against and _certain(case, named, exact=exact, strong=strong, same=same):
        level = Level.SURE
    elif strong or (exact and (same or case.payer.silent)):
        level = Level.LIKELY
    else:
        level = Level.NONE
    return Match(level, allocations, left, (*reasons, *against))


def _certain(case: _Case, named: list[_Named], *, exact: bool, strong: bool, same: bool) -> bool:
    if any(one.narrowed for one in named):
        return False
    if strong:
        return same or (exact and case.payer.silent)
    return exact and same and all(one.mention.introduced or one.mention.whole for one in named)


def _against(
    case: _Case, named: list[_Named], *, exact: bool, left: Decimal, ambiguous: list[Mention]
) -> tuple[Reason, ...]:
    """What keeps a named item from being certain."""
    amount, words_said = case.entry.amount, case.title.words
    total = sum((one.expected for one in named), Decimal(0))
    items = [item for one in named for item in one.items]
    underpaid = not exact and not left
    checks = (
        (Reason.OTHER_PAYER, any(one.standing is Standing.OTHER for one in named)),
        (Reason.DIRECTION, total * amount <= 0 or any(i.expected * amount < 0 for i in items if not exact)),
        (Reason.VAT_PART, case.title.vat is not None and case.title.vat == abs(amount) and not exact),
        (Reason.OTHER_PURPOSE, not exact and bool(words.DOUBTFUL & words_said)),
        (Reason.AMBIGUOUS, (bool(ambiguous) and not exact) or any(one.narrowed for one in named)),
        (Reason.UNDERPAID, underpaid and len({item.invoice_id for item in items}) > 1),
        (Reason.AMOUNT_OF_ANOTHER, not exact and _settles_another(case, items)),
        (Reason.OTHER_NUMBERS, not exact and case.found.other_numbers),
    )
    return tuple(reason for reason, holds in checks if holds)


def _settles_another(case: _Case, named: list[OpenItem]) -> bool:
    """Whether the amount is that of an item of the same customers which the title does not name: a slip of the pen."""
    ids = {item.invoice_id for item in named}
    places = (place for who in {item.customer_id for item in named} for place in case.index.of_customer[who])
    others = (case.index.items[place] for place in islice(places, _MAX_CANDIDATES))
    return any(o.expected == case.entry.amount and o.invoice_id not in ids for o in others)


def _reasons(case: _Case, named: list[_Named], *, exact: bool, left: Decimal) -> tuple[Reason, ...]:
    items = [item for one in named for item in one.items]
    reasons = [one.mention.by for one in named]
    reasons += [one.reason for one in named if one.reason is not None]
    if any(one.standing is Standing.UNKNOWN for one in named) and not case.payer.silent:
        reasons.append(Reason.UNKNOWN_PAYER)
    if exact:
        reasons.append(Reason.AMOUNT if len(items) == 1 else Reason.SUM)
    else:
        reasons.append(Reason.OVERPAID if left else Reason.UNDERPAID)
    return tuple(dict.fromkeys(reasons))


def _lowered(match: Match, reason: Reason) -> Match:
    level = Level.LIKELY if match.level is Level.SURE else match.level
    return replace(match, level=level, reasons=(*match.reasons, reason))


def _allocated(items: Sequence[OpenItem], amount: Decimal, *, exact: bool) -> tuple[tuple[Allocation, ...], Decimal]:
    """The amount laid on the items, oldest first, never more than each can take; and what is left of it."""
    if exact:
        return tuple(Allocation(item, item.expected) for item in items), Decimal(0)
    sign = 1 if amount > 0 else -1
    rest = abs(amount)
    allocations: list[Allocation] = []
    for item in _by_due(items):
        part = min(rest, item.expected * sign)
        if part > 0:
            allocations.append(Allocation(item, part * sign))
            rest -= part
    return tuple(allocations), rest * sign


def _by_customer(case: _Case, before: Match | None) -> Match:
    """No number that helps: the payer's open items whose amount, or whose sum, is the entry's."""
    items = [item for item in _of_payer(case) if case.payable(item)]
    reason = Reason.ACCOUNT if case.payer.by_account else Reason.NAME
    exact = [item for item in items if item.expected == case.entry.amount]
    if len(exact) == 1:
        return _guess(exact, (reason, Reason.AMOUNT))
    if not exact and len(items) > 1:
        together = _sums(items, case.entry.amount)
        if len(together) == 1:
            return _guess(together[0], (reason, Reason.SUM))
    return Match(Level.NONE, reasons=before.reasons if before else ())


def _guess(items: Sequence[OpenItem], reasons: tuple[Reason, ...]) -> Match:
    return Match(Level.LIKELY, tuple(Allocation(item, item.expected) for item in items), reasons=reasons)


def _of_payer(case: _Case) -> list[OpenItem]:
    customers = case.payer.customers
    if len(customers) > 1:
        return []
    places = (place for who in customers for place in case.index.of_customer.get(who, ()))
    return list(_by_due(case.index.items[place] for place in islice(places, _MAX_CANDIDATES)))


def _sums(items: Sequence[OpenItem], amount: Decimal) -> list[tuple[OpenItem, ...]]:
    """Which of a customer's items make the amount together; all of them first, then a few of the oldest."""
    if sum((item.expected for item in items), Decimal(0)) == amount:
        return [tuple(items)]
    few = items[:_MAX_COMBINED]
    tried = (some for size in range(2, _MOST_TOGETHER + 1) for some in combinations(few, size))
    return list(islice((s for s in tried if sum((i.expected for i in s), Decimal(0)) == amount), 2))


def _with_proposals(case: _Case, verdict: Match, ambiguous: list[Mention]) -> Match:
    """What a person may choose: the guess itself first, then what else fits; for a sure match only its rest."""
    if verdict.level is Level.SURE and not verdict.left:
        return verdict
    own: list[Proposal] = []
    if verdict.level is Level.LIKELY:
        own.append(Proposal(tuple(a.item for a in verdict.allocations), verdict.allocations, verdict.reasons))
    allocations = verdict.allocations if verdict.level is not Level.NONE else ()
    used = {a.item.invoice_id for a in allocations}
    others = (p for p in _others(case, verdict, ambiguous) if used.isdisjoint(i.invoice_id for i in p.items))
    left = verdict.left if allocations else case.entry.amount
    proposals = tuple(islice(_distinct([*own, *others]), MAX_PROPOSALS))
    return replace(verdict, allocations=allocations, left=left, proposals=proposals)


def _others(case: _Case, verdict: Match, ambiguous: list[Mention]) -> Iterator[Proposal]:
    amount = verdict.left or case.entry.amount
    for mention in (*ambiguous, *case.found.mentions):
        items = [case.index.items[place] for place in mention.places]
        if len(items) > MAX_PROPOSALS:
            items = [item for item in items if item.customer_id in case.payer.customers]
        for item in items[:MAX_PROPOSALS]:
            yield _single(case, item, amount, Reason.AMBIGUOUS, mention)
    customer = Reason.ACCOUNT if case.payer.by_account else Reason.NAME
    mine = [item for item in _of_payer(case) if case.payable(item)]
    for item in sorted(mine, key=lambda item: item.expected != amount):
        yield _single(case, item, amount, customer)
    if verdict.level is Level.NONE and case.entry.currency:
        for place in case.index.with_amount.get((case.entry.currency, amount), ())[:MAX_PROPOSALS]:
            yield _single(case, case.index.items[place], amount)


def _single(
    case: _Case, item: OpenItem, amount: Decimal, reason: Reason | None = None, mention: Mention | None = None
) -> Proposal:
    reasons = [mention.by] if mention else []
    reasons += [reason] if reason and not (mention and len(mention.places) == 1) else []
    if case.entry.currency != item.currency:
        return Proposal((item,), (), (*reasons, Reason.CURRENCY))
    if item.expected * amount <= 0:
        return Proposal((item,), (), (*reasons, Reason.DIRECTION))
    allocations, left = _allocated([item], amount, exact=item.expected == amount)
    size = Reason.AMOUNT if item.expected == amount else Reason.OVERPAID if left else Reason.UNDERPAID
    return Proposal((item,), allocations, (*reasons, size))


def _distinct(proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    seen: set[tuple[str, ...]] = set()
    for proposal in proposals:
        key = tuple(item.invoice_id for item in proposal.items)
        if key not in seen:
            seen.add(key)
            yield proposal
