"""A person chooses the invoices that a payment pays: what may be chosen, and how much goes on
each.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from bot.kit.errors import Problem
from bot.kit.words import N_
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.bank import reconciliation
from handlers.ledger.service.bank.reconciliation import LineIsSettled
from handlers.ledger.service.lookup import Entry, NothingFound
from storage.bank import statements
from storage.bank.statements import Line
from storage.turn import Turn

FIELD = "invoices"
"""The field of the form in which they are chosen."""
_READ_AT_ONCE = 200
_MOST_OFFERED = 100  # Slack shows no more


class NothingReaches(Problem):
    """The money is used up by what was chosen before."""

    field = FIELD
    sentence = N_("The payment is used up before {number}: take that invoice out.")


class CannotPay(Problem):
    """Nothing is open there that this payment could pay."""

    field = FIELD
    sentence = N_("Invoice {number} has nothing open that this payment can pay.")


def line_of(turn: Turn, line_id: int) -> Line:
    """The line while it waits, whole or in part; raises :class:`LineIsSettled`."""
    line = statements.get(turn, line_id)
    if line is None or line.state not in ("waiting", "partly"):
        raise LineIsSettled()
    return line


def offered(turn: Turn, line_id: int, text: str) -> Sequence[Entry]:
    """The invoices that fit what was typed and that the line can pay, those first that it would
    settle to the last unit, then the most urgent.
    """
    line = line_of(turn, line_id)
    try:
        found = ledger.look_up(turn, text)
    except NothingFound:
        return ()
    if found.is_choice:
        found = ledger.open_of(turn, found.customers)
    left = reconciliation.left_of(turn, line)
    payable = islice(_payable(turn, line, found.ids), _MOST_OFFERED)
    return sorted(payable, key=lambda entry: reconciliation.room(entry, line) != left)


def _payable(turn: Turn, line: Line, ids: Sequence[int]) -> Iterator[Entry]:
    """What the line can pay, however much else stands before it: of another currency, or what we
    owe.
    """
    for first in range(0, len(ids), _READ_AT_ONCE):
        for entry in ledger.entries_of(turn, ids[first : first + _READ_AT_ONCE]):
            if reconciliation.room(entry, line):
                yield entry


def book(turn: Turn, line_id: int, chosen: Sequence[int]) -> None:
    """What is left of the line goes on the chosen invoices in their order, on each as much as is
    open.

    Raises :class:`CannotPay`, :class:`NothingReaches`, :class:`LineIsSettled`.
    """
    line = line_of(turn, line_id)
    left = reconciliation.left_of(turn, line)
    amounts = dict[int, int]()
    for invoice in dict.fromkeys(chosen):
        entry = ledger.get(turn, invoice)
        room = reconciliation.room(entry, line)
        if not room:
            raise CannotPay(number=entry.invoice.number)
        if not left:
            raise NothingReaches(number=entry.invoice.number)
        amounts[invoice] = min(room, left, key=abs)
        left -= amounts[invoice]
    reconciliation.allot(turn, line.id, amounts)
