"""The verdict on one entry: sure, likely or none, where its money goes, and what a person may
choose instead.

*Sure* needs a number that only one open item can mean, a payer who is that item's customer, the
right currency and direction, and nothing that speaks against it. A number that stands there only in
part, or is short enough to be a month or a quantity, needs the exact amount as well, and so does a
title that says anything beside the number which could mean other money than the price. *Likely* is
one good guess.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, islice

from handlers.ledger.model.matching.cases import (
    MAX_CANDIDATES,
    Case,
    Named,
    allocated,
    by_due,
    in_full,
    invoices_of,
    items_of,
    named_items,
    of_amount,
    read,
    total,
)
from handlers.ledger.model.matching.index import Index
from handlers.ledger.model.matching.mentions import Mention, Weight
from handlers.ledger.model.matching.payers import Standing
from handlers.ledger.model.matching.proposals import with_proposals
from handlers.ledger.model.matching.purpose import is_other_money, says_more
from handlers.ledger.model.matching.values import Level, Match, MatchingItem, Reason
from handlers.ledger.statements.values import Entry

_MAX_COMBINED = 12
_MOST_TOGETHER = 4
_LOOKALIKES = frozenset("OoIl")


def match(entry: Entry, index: Index) -> Match:
    """Which open items of ``index`` the entry pays."""
    if not entry.amount:
        return Match(Level.NONE)
    case = read(entry, index, lookalikes=False)
    is_unclear = all(mention.weight is Weight.DOUBTFUL for mention in case.found.mentions)
    if is_unclear and not _LOOKALIKES.isdisjoint(entry.title):
        case = _with_lookalikes(entry, index)
    named, ambiguous = named_items(case)
    verdict = _by_numbers(case, named, ambiguous) if named else None
    if verdict is None or verdict.level is Level.NONE:
        verdict = _by_customer(case, verdict)
    return with_proposals(case, verdict, ambiguous)


def _with_lookalikes(entry: Entry, index: Index) -> Case:
    """The entry read once more, letters that look like digits as these: what it names then is weak
    at best.
    """
    case = read(entry, index, lookalikes=True)
    weak = tuple(mention.at_most(Weight.WEAK) for mention in case.found.mentions)
    return replace(case, found=replace(case.found, mentions=weak))


def _by_numbers(case: Case, named: list[Named], ambiguous: list[Mention]) -> Match:
    direct = [item for item in named if not item.mention.listed]
    certain = [item for item in named if item.strong]
    for chosen in (named, direct, certain):
        if chosen and total(chosen) == case.entry.amount:
            return _judged(case, chosen, exact=True, ambiguous=ambiguous)
    if in_parts := _in_parts(named, case.entry.amount):
        judged = _judged(case, in_parts, exact=True, ambiguous=ambiguous)
        return replace(judged, level=_at_most_likely(judged.level))
    whole = of_amount(certain, case.entry.amount)
    if len(whole) == 1 and len(named) > 1:
        return _lowered(_judged(case, whole, exact=True, ambiguous=ambiguous), Reason.OTHER_NUMBERS)
    return _judged(case, named, exact=False, ambiguous=ambiguous)


def _judged(case: Case, named: list[Named], *, exact: bool, ambiguous: list[Mention]) -> Match:
    allocations, left = allocated(items_of(named), case.entry.amount, exact=exact)
    reasons = _reasons(case, named, exact=exact, left=left)
    strong = _are_strong(named)
    same = _standings(named) == {Standing.SAME}
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
    return Match(level, allocations, left, tuple(dict.fromkeys((*reasons, *against))))


def _certain(case: Case, named: list[Named], *, exact: bool, strong: bool, same: bool) -> bool:
    if not (same and strong) and not (exact and (same or case.payer.silent)):
        return False
    for each in named:
        if each.narrowed or each.mention.weight is Weight.DOUBTFUL:
            return False
        is_clear = each.is_pointed_out if same else each.is_unmistakable
        if not is_clear:
            return False
    return True


def _against(
    case: Case, named: list[Named], *, exact: bool, left: Decimal, ambiguous: list[Mention]
) -> tuple[Reason, ...]:
    """What keeps a named item from being certain."""
    amount = case.entry.amount
    items = items_of(named)
    underpaid, other_money = not exact and not left, not exact and is_other_money(case, named)
    is_mixed = any(item.expected * amount < 0 for item in items)
    is_narrowed = any(each.narrowed for each in named)
    is_named_whole = len(named) == 1 and named[0].mention.weight is Weight.FULL
    checks = (
        (Reason.OTHER_PAYER, Standing.OTHER in _standings(named)),
        (Reason.DIRECTION, total(named) * amount <= 0 or (is_mixed and not exact)),
        (
            Reason.VAT_PART,
            case.title.vat is not None and case.title.vat == abs(amount) and not exact,
        ),
        (Reason.OTHER_PURPOSE, other_money),
        (Reason.OTHER_WORDS, not exact and not other_money and says_more(case, named)),
        (Reason.AMBIGUOUS, (bool(ambiguous) and not exact) or is_narrowed),
        (Reason.UNDERPAID, underpaid and len(invoices_of(items)) > 1),
        (Reason.OVERPAID, bool(left) and not is_named_whole),
        (Reason.AMOUNT_OF_ANOTHER, not exact and _settles_another(case, items)),
        (Reason.OTHER_NUMBERS, not exact and case.found.other_numbers),
    )
    settled = () if exact and _are_strong(named) else case.names_settled()
    return (*(reason for reason, holds in checks if holds), *settled)


def _settles_another(case: Case, named: list[MatchingItem]) -> bool:
    """Whether the amount is that of an item of the same customers which the title does not name: a
    slip of the pen.
    """
    ids = invoices_of(named)
    customers = {item.customer_id for item in named}
    for item in islice(case.index.items_of(customers), MAX_CANDIDATES):
        if item.expected == case.entry.amount and item.invoice_id not in ids:
            return True
    return False


def _reasons(case: Case, named: list[Named], *, exact: bool, left: Decimal) -> tuple[Reason, ...]:
    reasons = [each.mention.by for each in named]
    for each in named:
        if each.reason is not None:
            reasons.append(each.reason)
    if Standing.UNKNOWN in _standings(named) and not case.payer.silent:
        reasons.append(Reason.UNKNOWN_PAYER)
    if exact and len(items_of(named)) == 1:
        reasons.append(Reason.AMOUNT)
    elif exact:
        reasons.append(Reason.SUM)
    elif left:
        reasons.append(Reason.OVERPAID)
    else:
        reasons.append(Reason.UNDERPAID)
    return tuple(dict.fromkeys(reasons))


def _lowered(match: Match, reason: Reason) -> Match:
    level = _at_most_likely(match.level)
    return replace(match, level=level, reasons=(*match.reasons, reason))


def _at_most_likely(level: Level) -> Level:
    return Level.LIKELY if level is Level.SURE else level


def _in_parts(named: Sequence[Named], amount: Decimal) -> list[Named]:
    """All the invoices that are named, with as many instalments of each as make the amount
    together; none where there is no such choice, or more than one.
    """
    items = items_of(named)
    if len(named) < 2 or len(items) == len(named):
        return []
    every = invoices_of(items)
    choices = [some for some in _sums(by_due(items), amount) if invoices_of(some) == every]
    if len(choices) != 1:
        return []
    return [replace(each, items=_chosen_of(each, choices[0])) for each in named]


def _chosen_of(named: Named, chosen: Sequence[MatchingItem]) -> tuple[MatchingItem, ...]:
    """The chosen ones of its invoices; taken from the choice, for two instalments may be alike in
    everything and one of them be meant.
    """
    invoices = invoices_of(named.items)
    return tuple(item for item in chosen if item.invoice_id in invoices)


def _by_customer(case: Case, before: Match | None) -> Match:
    """No number that helps: the payer's open items whose amount, or whose sum, is the entry's."""
    items = case.of_payer()
    reason = Reason.ACCOUNT if case.payer.by_account else Reason.NAME
    exact = of_amount(items, case.entry.amount)
    if len(exact) == 1:
        return _guess(exact, (reason, Reason.AMOUNT))
    if not exact and len(items) > 1:
        together = _sums(items, case.entry.amount)
        if len(together) == 1:
            return _guess(together[0], (reason, Reason.SUM))
    return Match(Level.NONE, reasons=before.reasons if before else case.names_settled())


def _guess(items: Sequence[MatchingItem], reasons: tuple[Reason, ...]) -> Match:
    return Match(Level.LIKELY, in_full(items), reasons=reasons)


def _sums(items: Sequence[MatchingItem], amount: Decimal) -> list[tuple[MatchingItem, ...]]:
    """Which of a customer's items make the amount together; all of them first, then a few of the
    oldest.
    """
    if total(items) == amount:
        return [tuple(items)]
    few = items[:_MAX_COMBINED]
    result: dict[frozenset[tuple[str, Decimal]], tuple[MatchingItem, ...]] = {}
    for size in range(2, _MOST_TOGETHER + 1):
        for some in combinations(few, size):
            if total(some) == amount:
                result.setdefault(_laid_on_invoices(some), some)
            if len(result) == 2:  # it is not clear which
                return list(result.values())
    return list(result.values())


def _laid_on_invoices(items: Iterable[MatchingItem]) -> frozenset[tuple[str, Decimal]]:
    """What each invoice gets: which of its instalments that is makes no difference, the first are
    filled first.
    """
    sums: dict[str, Decimal] = {}
    for item in items:
        sums[item.invoice_id] = sums.get(item.invoice_id, Decimal(0)) + item.expected
    return frozenset(sums.items())


def _standings(named: Iterable[Named]) -> set[Standing]:
    return {each.standing for each in named}


def _are_strong(named: Iterable[Named]) -> bool:
    return all(each.strong for each in named)
