"""Why a reminder goes, waits, or is none: the same decisions, told."""

from dataclasses import dataclass
from datetime import date

from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.lookup import Entry
from handlers.reminders.model.decision import Decision
from handlers.reminders.model.facts import OUTSIDE
from handlers.reminders.model.rules import NO_POLICY
from handlers.reminders.service.accounts import accounts
from handlers.reminders.service.policy_context import context_of
from storage.turn import Turn

_RANK = {"send": 0, "hold": 1, "none": 2}


@dataclass(frozen=True)
class Explained:
    """A decision about an instalment for an audience."""

    decision: Decision
    audience: str | None = None
    due_on: date | None = None


def explain(turn: Turn, entry: Entry) -> list[Explained]:
    """Every decision about an invoice as of now, the nearest to a message first; never empty."""
    invoice = entry.invoice
    context = context_of(turn, invoice.direction)
    if context is None:
        return [Explained(Decision("none", (NO_POLICY,)))]
    (account,) = accounts(turn, context, [invoice.customer or 0], only=invoice)
    results: list[Explained] = []
    for item in account.items:
        for audience in item.rules.policy.audience:
            results.append(Explained(account.decide(item, audience), audience, item.due_on))
    results.sort(key=lambda each: _RANK[each.decision.verdict])
    return results or [Explained(Decision("none", (NO_POLICY,)))]


def explain_to(turn: Turn, entry: Entry, reader: str) -> list[Explained]:
    """The nearest decision about the reader's own messages, then one about the customer's that goes
    or waits. What others in the house are told is theirs.
    """
    every = explain(turn, entry)
    own = [each for each in every if each.audience == reader]
    outside = [
        each
        for each in every
        if each.audience in OUTSIDE and each.audience != reader and each.decision.verdict != "none"
    ]
    return [*own[:1], *outside[:1]] or every[:1]


def why(turn: Turn, invoice: int) -> tuple[Entry, Explained]:
    """An invoice that the actor may see, and the decision that is nearest to a message."""
    entry = ledger.get(turn, invoice)
    return entry, explain(turn, entry)[0]
