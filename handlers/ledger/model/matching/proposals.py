"""What a person may choose with one click: the verdict's own match, what else fits, and for what it
leaves.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import islice

from handlers.ledger.model.matching.cases import Case, allocated
from handlers.ledger.model.matching.mentions import Mention
from handlers.ledger.model.matching.values import (
    Allocation,
    Level,
    Match,
    MatchingItem,
    Proposal,
    Reason,
)

MAX_PROPOSALS = 5


def with_proposals(case: Case, verdict: Match, ambiguous: list[Mention]) -> Match:
    """What a person may choose: the match itself first, then what else fits; beside a sure match
    only for its rest.
    """
    own = [_own(verdict)] if verdict.level is not Level.NONE else []
    if verdict.level is Level.SURE and not verdict.left:
        return replace(verdict, proposals=tuple(own))
    others = _beside(verdict.allocations, _others(case, verdict, ambiguous))
    left = verdict.left if verdict.allocations else case.entry.amount
    proposals = tuple(islice(_distinct([*own, *others]), MAX_PROPOSALS))
    return replace(verdict, left=left, proposals=proposals)


def only_likely(verdict: Match, reason: Reason) -> Match:
    """A sure match that a person has to confirm for this reason: it is proposed first."""
    doubted = replace(verdict, level=Level.LIKELY, reasons=(*verdict.reasons, reason))
    own = _own(doubted)
    others = [other for other in verdict.proposals if other.items != own.items]
    return replace(doubted, proposals=(own, *others))


def _own(verdict: Match) -> Proposal:
    return Proposal(verdict.items, verdict.allocations, verdict.reasons)


def _others(case: Case, verdict: Match, ambiguous: list[Mention]) -> Iterator[Proposal]:
    amount = verdict.left or case.entry.amount
    for mention in (*ambiguous, *case.found.mentions):
        items = case.index.at(mention.places)
        if len(items) > MAX_PROPOSALS:
            items = [item for item in items if item.customer_id in case.payer.customers]
        for item in items[:MAX_PROPOSALS]:
            yield _single(case, item, amount, Reason.AMBIGUOUS, mention)
    customer = Reason.ACCOUNT if case.payer.by_account else Reason.NAME
    for item in sorted(case.of_payer(), key=lambda item: item.expected != amount):
        yield _single(case, item, amount, customer)
    if verdict.level is Level.NONE and case.entry.currency:
        for place in case.index.with_amount.get((case.entry.currency, amount), ())[:MAX_PROPOSALS]:
            yield _single(case, case.index.items[place], amount)


def _single(
    case: Case,
    item: MatchingItem,
    amount: Decimal,
    reason: Reason | None = None,
    mention: Mention | None = None,
) -> Proposal:
    reasons = [mention.by] if mention else []
    reasons += [reason] if reason and not (mention and len(mention.places) == 1) else []
    if case.is_paid(item):
        return Proposal((item,), (), (*reasons, item.settled_by))
    if case.entry.currency != item.currency:
        return Proposal((item,), (), (*reasons, Reason.CURRENCY))
    if item.expected * amount <= 0:
        return Proposal((item,), (), (*reasons, Reason.DIRECTION))
    allocations, left = allocated([item], amount, exact=item.expected == amount)
    return Proposal((item,), allocations, (*reasons, _size(item, amount, left)))


def _size(item: MatchingItem, amount: Decimal, left: Decimal) -> Reason:
    if item.expected == amount:
        return Reason.AMOUNT
    return Reason.OVERPAID if left else Reason.UNDERPAID


def _invoices(proposal: Proposal) -> tuple[str, ...]:
    return tuple(item.invoice_id for item in proposal.items)


def _beside(allocations: Iterable[Allocation], proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """Those of other invoices than money is laid on."""
    used = {allocation.item.invoice_id for allocation in allocations}
    for proposal in proposals:
        if used.isdisjoint(_invoices(proposal)):
            yield proposal


def _distinct(proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    seen: set[tuple[str, ...]] = set()
    for proposal in proposals:
        key = _invoices(proposal)
        if key not in seen:
            seen.add(key)
            yield proposal
