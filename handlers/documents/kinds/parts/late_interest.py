"""Late payment: interest and compensation as letters and notes claim them, from the ledger."""

from collections.abc import Collection, Sequence
from datetime import date

from bot.kit.errors import Problem
from bot.kit.money import Money, totals
from bot.kit.words import N_, Phrase
from handlers.documents.kinds.parts.books import Values
from handlers.documents.model.asked import Asked
from handlers.ledger.model.interest import Compensation, NoRate, first_day
from handlers.ledger.model.open_items import OpenItem
from handlers.ledger.service.late_interest import Claim, claims
from storage.turn import Turn


class WithoutInterest(Problem):
    """Said to who approves a letter that asks for interest without a sum."""

    sentence = N_("Statutory interest from {day} is named without a sum. {reason}")


def fixed_sum(compensation: Compensation) -> Money:
    """In the country's money where the rate of the right day is known, else in euro."""
    return compensation.converted or Money(compensation.euro * 100, "EUR")


def fixed_sums(some: Sequence[Claim]) -> tuple[Money, ...]:
    """The compensation of claims, added up for each currency."""
    return totals(fixed_sum(claim.compensation) for claim in some if claim.compensation)


def claimed(turn: Turn, request: Asked, items: Collection[OpenItem]) -> Values:
    """Interest and compensation on open items. Past the last verified rate no sum is named:
    interest is asked for from its first day, and the approver is told why.
    """
    late = {item.invoice for item in items}
    try:
        result = claims(turn, request.customer, request.as_of)
    except NoRate as unknown:
        since = _first_day(items)
        reason = Phrase(unknown.sentence, **unknown.facts)
        remark = WithoutInterest(day=since, reason=reason)
        return {"interest_from": since, "remarks": (remark,)}
    some = [claim for claim in result if claim.invoice in late]
    return {
        "interest": totals(claim.interest for claim in some),
        "compensation": fixed_sums(some),
    }


def _first_day(items: Collection[OpenItem]) -> date | None:
    days = [item.effective_due_on for item in items if item.effective_due_on]
    return first_day(min(days)) if days else None
