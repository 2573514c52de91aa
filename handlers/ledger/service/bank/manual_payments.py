"""Money that a person or a connected system told before the bank did: it is asked about, never
booked twice.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from bot.kit.errors import Problem
from bot.kit.words import N_
from handlers.ledger.model.matching.cases import MAX_CANDIDATES
from handlers.ledger.model.matching.proposals import only_likely
from handlers.ledger.model.matching.values import (
    Direction,
    Level,
    Match,
    MatchingItem,
    Reason,
)
from handlers.ledger.service.bank import matching_items
from handlers.ledger.service.payments import HAND, SAME_MONEY
from storage.bank import statements
from storage.bank.statements import Line
from storage.invoices import payments
from storage.invoices.payments import Booked
from storage.turn import Turn

_LOOKED_AT = 12
_MOST_TOGETHER = 4


class NoLongerEntered(Problem):
    """The payment that a line was taken for is gone, or is another amount."""

    sentence = N_("That payment is no longer booked as it was. Choose again.")


@dataclass(frozen=True)
class Entered:
    """A payment that may be a line's money, or a part of it: on the invoice with this number,
    signed like the line.
    """

    payment: Booked
    number: str
    amount: int


def lowered(turn: Turn, line: Line, left: int, verdict: Match) -> Match:
    """A sure match is only likely where money of these days from elsewhere on its invoices may be
    the line's.
    """
    if verdict.level is not Level.SURE:
        return verdict
    parts = {(each.item.invoice_id, each.minor) for each in verdict.allocations}
    entereds = _told_elsewhere(turn, line, verdict.items)
    told = {(str(item.payment.invoice), item.amount) for item in entereds}
    if _may_be(entereds, left) or not told.isdisjoint(parts):
        return only_likely(verdict, Reason.ENTERED_ALREADY)
    return verdict


def _may_be(entereds: Sequence[Entered], left: int) -> bool:
    """Whether this money is one of the payments, a part of one, or several of them together."""
    if any(item.amount * left > 0 and abs(item.amount) >= abs(left) for item in entereds):
        return True
    return any(_together(entereds, left))


def _together(entereds: Sequence[Entered], left: int) -> Iterator[tuple[Entered, ...]]:
    """A few of the payments that make the amount."""
    looked_at = entereds[:_LOOKED_AT]
    for size in range(2, _MOST_TOGETHER + 1):
        for few in combinations(looked_at, size):
            if sum(item.amount for item in few) == left:
                yield few


def same_money(turn: Turn, line: Line, left: int, verdict: Match) -> list[tuple[Entered, ...]]:
    """Payments from elsewhere that may be what is left of a line.

    On the invoices that it may be for, or else on any of their customers, one of that amount or, of
    what a person entered, a few that make it; else, on what it may be for, a larger one of which it
    is a part.
    """
    items = list(verdict.items)
    for proposal in verdict.proposals:
        items += proposal.items
    entereds = _told_elsewhere(turn, line, items)
    if exact := _exactly(entereds, left):
        return exact
    items += _paid_elsewhere(turn, line, items)
    if exact := _exactly(_told_elsewhere(turn, line, items), left):
        return exact
    return [(each,) for each in _by_hand(entereds) if _is_part(left, each.amount)]


def _exactly(entereds: Sequence[Entered], left: int) -> list[tuple[Entered, ...]]:
    alike: list[tuple[Entered, ...]] = [(each,) for each in entereds if each.amount == left]
    return alike or list(_together(_by_hand(entereds), left))


def _by_hand(entereds: Iterable[Entered]) -> list[Entered]:
    return [each for each in entereds if each.payment.source == HAND]


def _paid_elsewhere(turn: Turn, line: Line, items: Iterable[MatchingItem]) -> list[MatchingItem]:
    """What the same customers paid about the line's day, settled or not, by what no line told."""
    customers = {int(item.customer_id) for item in items if item.customer_id}
    days = (line.booked_on - SAME_MONEY, line.booked_on + SAME_MONEY)
    ids = statements.of_customers_paid_elsewhere(turn, customers, *days, MAX_CANDIDATES)
    return matching_items.some(turn, ids)


def in_place_of(standing: Sequence[Booked], like_line: Sequence[int], left: int) -> list[int]:
    """So much of each payment is the line's money, signed as the payment is; nothing where they are
    not that money.

    ``like_line`` are the payments' amounts signed like the line, of which ``left`` is left.
    """
    if sum(like_line) == left:
        return [item.amount for item in standing]
    if len(standing) == 1 and standing[0].source == HAND and _is_part(left, like_line[0]):
        return [left if like_line[0] == standing[0].amount else -left]
    return []


def _is_part(left: int, of: int) -> bool:
    """Whether an amount is less than another one, the same way."""
    return left * of > 0 and abs(left) < abs(of)


def _told_elsewhere(turn: Turn, line: Line, items: Iterable[MatchingItem]) -> list[Entered]:
    """What stands on these invoices about the line's day, and no statement's line told."""
    by_invoice = {int(item.invoice_id): item for item in items if item.currency == line.currency}
    near: list[Booked] = []
    for payment in payments.on_invoices(turn, by_invoice):
        is_near = abs(payment.booked_on - line.booked_on) <= SAME_MONEY
        if is_near and payment.source != line.source:
            near.append(payment)
    if not near:
        return []
    of_lines = statements.known_keys(turn, (payment.reference for payment in near))
    result: list[Entered] = []
    for payment in near:
        if payment.reference not in of_lines:
            result.append(_entered(payment, by_invoice[payment.invoice]))
    return result


def _entered(payment: Booked, item: MatchingItem) -> Entered:
    amount = payment.amount
    if item.direction is Direction.PAYABLE:
        amount = -amount
    return Entered(payment, item.number, amount)
