"""What reminders and demands say of a customer: what they owe, late and open, and what was written
before.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import filterfalse

from bot.kit.catalogue import TO_CUSTOMERS
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
from handlers.ledger.model.open_items import OpenItem
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
    owed, credits = open_of(turn, request.customer, request.as_of, "receivable")
    return _letter(turn, request, list(filter(_is_claimed, owed)), owed, credits)


def demand(turn: Turn, request: Asked) -> Values:
    """What a customer is called on to pay: what is late, with interest and compensation."""
    owed, credits = open_of(turn, request.customer, request.as_of, "receivable")
    items = [item for item in owed if _is_claimed(item) and item.overdue_days(request.as_of)]
    earlier, late = _earlier(turn, request, items), claimed(turn, request, items)
    is_told = not items or _has_gone_before(turn, request, items, {each.kind for each in earlier})
    skipped = () if is_told else (_SKIPPED[request.kind](),)
    remarks = late.pop("remarks", ())
    return {
        **_letter(turn, request, items, owed, credits),
        **late,
        "earlier_letters": earlier,
        "remarks": (*(remarks if isinstance(remarks, tuple) else ()), *skipped),
    }


def _has_gone_before(
    turn: Turn, request: Asked, items: Sequence[OpenItem], letters: Collection[str]
) -> bool:
    """Whether the step before this letter was taken: a reminder in any way that reaches the
    customer, then the demand, then the final one.
    """
    if request.kind == "final_demand":
        return "payment_demand" in letters
    first_day = min(map(_begin, items))
    contacts = messages.contacts(turn, [request.customer], first_day)
    written = any(side == "receivable" and to in TO_CUSTOMERS for _, side, to in contacts)
    return bool(letters) or written


_SKIPPED: Mapping[str, type[Problem]] = {
    "payment_demand": NoReminderBefore,
    "final_demand": NoDemandBefore,
}


def _is_claimed(item: OpenItem) -> bool:
    """Never what is disputed, or promised for a day to come."""
    return item.due_on is not None and not item.is_held


def _letter(
    turn: Turn,
    request: Asked,
    items: Sequence[OpenItem],
    owed: Iterable[OpenItem],
    credits: Sequence[OpenItem],
) -> Values:
    """``items`` are what is claimed of all that is ``owed``."""
    left_out = list(filterfalse(_is_claimed, owed))
    return {
        "creditor": creditor(turn, (item.invoice for item in items)),
        "debtor": debtor(turn, request),
        "as_of": request.as_of,
        "items": printed_items(items, request.as_of),
        "left_out": printed_items(left_out, request.as_of),
        "credits": printed_items(credits, request.as_of),
        "pay_by": given_day(request, "pay_by"),
        **signed_by(request),
    }


def _earlier(turn: Turn, request: Asked, items: Sequence[OpenItem]) -> tuple[EarlierLetter, ...]:
    """The letters that were made about these debts before, the oldest first."""
    first_day = min((_begin(item) for item in items), default=request.as_of)
    made = register.made_of(turn, request.customer, LETTERS, first_day, request.as_of)
    return tuple(EarlierLetter(kind=letter.kind, on=letter.as_of) for letter in made)


def _begin(item: OpenItem) -> date:
    return item.issued_on or item.due_on or date.max
