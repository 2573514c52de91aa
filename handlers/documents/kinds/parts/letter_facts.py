"""What reminders and demands say of a customer: what they owe, late and open, and what was written
before.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from bot.kit.errors import Problem
from bot.kit.words import N_
from handlers.documents.kinds.parts.books import (
    Values,
    creditor,
    debtor,
    given_day,
    open_of,
    printed_items,
    signed_by,
)
from handlers.documents.kinds.parts.late_interest import claimed
from handlers.documents.kinds.parts.letters import EarlierLetter
from handlers.documents.model.asked import Asked
from handlers.ledger.model.open_items import OpenItem as Open
from storage.documents import register
from storage.reminders import messages
from storage.turn import Turn

LETTERS = ("payment_reminder", "payment_demand", "final_demand")
"""In their order: a letter names those before it."""


class NoReminderBefore(Problem):
    """Said to who approves a demand that is the first letter."""

    sentence = N_("The customer got no reminder about these invoices before this demand.")


class NoDemandBefore(Problem):
    """Said to who approves a final demand that skips the demand."""

    sentence = N_("No demand for payment about these invoices was made before this final one.")


def reminder(turn: Turn, request: Asked) -> Values:
    """What a customer is reminded of: all that they owe us, late or not yet due."""
    return _letter(turn, request, _claimed_items(turn, request))


def demand(turn: Turn, request: Asked) -> Values:
    """What a customer is called on to pay: what is late, with interest and compensation."""
    items = [item for item in _claimed_items(turn, request) if item.overdue_days(request.as_of)]
    earlier, late = _earlier(turn, request, items), claimed(turn, request, items)
    is_told = not items or _has_gone_before(turn, request, items, {each.kind for each in earlier})
    skipped = () if is_told else (_SKIPPED[request.kind](),)
    remarks = late.pop("remarks", ())
    return {
        **_letter(turn, request, items),
        **late,
        "earlier_letters": earlier,
        "remarks": (*(remarks if isinstance(remarks, tuple) else ()), *skipped),
    }


def _has_gone_before(
    turn: Turn, request: Asked, items: Sequence[Open], letters: Collection[str]
) -> bool:
    """Whether the step before this letter was taken: a reminder in any way that reaches the
    customer, then the demand, then the final one.
    """
    if request.kind == "final_demand":
        return "payment_demand" in letters
    first_day = min(map(_begin, items))
    contacts = messages.contacts(turn, [request.customer], first_day)
    written = any(side == "receivable" and to in _OUTSIDE for _, side, to in contacts)
    return bool(letters) or written


_OUTSIDE = ("customer_channel", "customer_mail")
_SKIPPED: Mapping[str, type[Problem]] = {
    "payment_demand": NoReminderBefore,
    "final_demand": NoDemandBefore,
}


def _claimed_items(turn: Turn, request: Asked) -> list[Open]:
    """What they owe us, and never what is disputed, or promised for a day to come."""
    owed, _ = open_of(turn, request.customer, request.as_of, "receivable")
    return [item for item in owed if item.due_on and not item.is_held]


def _letter(turn: Turn, request: Asked, items: Sequence[Open]) -> Values:
    _, credits = open_of(turn, request.customer, request.as_of, "receivable")
    return {
        "creditor": creditor(turn, (item.invoice for item in items)),
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
