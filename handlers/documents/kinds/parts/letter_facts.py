"""What reminders and demands say of a customer: what they owe, late and open, and what was written
before.
"""

from collections.abc import Sequence
from datetime import date

from handlers.documents.kinds.parts.books import (
    Values,
    debtor,
    given_day,
    open_of,
    printed_items,
    signed_by,
)
from handlers.documents.kinds.parts.late import claimed
from handlers.documents.kinds.parts.letters import EarlierLetter
from handlers.documents.kinds.parts.parties import company_of
from handlers.documents.model.asked import Asked
from handlers.ledger.model.open_items import OpenItem as Open
from storage.documents import register
from storage.turn import Turn

LETTERS = ("payment_reminder", "payment_demand", "final_demand")
"""In their order: a letter names those before it."""


def reminder(turn: Turn, request: Asked) -> Values:
    """What a customer is reminded of: all that they owe us, late or not yet due."""
    return _letter(turn, request, _claimed_items(turn, request))


def demand(turn: Turn, request: Asked) -> Values:
    """What a customer is called on to pay: what is late, with interest and compensation."""
    items = [item for item in _claimed_items(turn, request) if item.overdue_days(request.as_of)]
    return {
        **_letter(turn, request, items),
        **claimed(turn, request, items),
        "earlier_letters": _earlier(turn, request, items),
    }


def _claimed_items(turn: Turn, request: Asked) -> list[Open]:
    """What they owe us, and never what is disputed, or promised for a day to come."""
    owed, _ = open_of(turn, request.customer, request.as_of, "receivable")
    return [item for item in owed if item.due_on and not item.is_held]


def _letter(turn: Turn, request: Asked, items: Sequence[Open]) -> Values:
    _, credits = open_of(turn, request.customer, request.as_of, "receivable")
    return {
        "creditor": company_of(turn.catalogue.company),
        "debtor": debtor(turn, request),
        "as_of": request.as_of,
        "items": printed_items(items, request.as_of),
        "credits": printed_items(credits, request.as_of),
        "pay_by": given_day(request, "pay_by"),
        **signed_by(request),
    }


def _earlier(turn: Turn, request: Asked, items: Sequence[Open]) -> tuple[EarlierLetter, ...]:
    """The letters that were made about these debts before, the oldest first."""
    first_day = min((_begin(item) for item in items), default=request.as_of)
    made = register.made_of(turn, request.customer, LETTERS, first_day, request.as_of)
    return tuple(EarlierLetter(kind=letter.kind, on=letter.as_of) for letter in made)


def _begin(item: Open) -> date:
    return item.issued_on or item.due_on or date.max
