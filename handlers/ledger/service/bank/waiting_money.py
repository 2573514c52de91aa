"""Money that came and is booked on nothing yet: for which invoices it probably is."""

from collections.abc import Collection, Sequence
from functools import cached_property

from bot.kit.money import Money
from handlers.ledger.model.matching.values import (
    Level,
    Match,
    Proposal,
    Reason,
    Waiting,
    by_invoice,
)
from handlers.ledger.service.bank import reconciliation
from storage.bank import statements
from storage.bank.statements import Line
from storage.turn import Turn

_AT_ONCE = 500  # lines whose proposals are worked out together
_DOUBTS = {
    Reason.OTHER_PAYER,
    Reason.DIRECTION,
    Reason.CURRENCY,
    Reason.ALREADY_PAID,
    Reason.WRITTEN_OFF,
}


class WaitingMoney:
    """The payments that wait, by the invoices that they are probably for; worked out once, when it
    is first asked.
    """

    def __init__(self, turn: Turn) -> None:
        self._turn = turn

    def of(self, invoice: int) -> tuple[Waiting, ...]:
        """What is probably for this invoice."""
        return tuple(self._by_invoice.get(invoice, ()))

    @cached_property
    def _by_invoice(self) -> dict[int, list[Waiting]]:
        waiting: dict[int, list[Waiting]] = {}
        lines = statements.waiting(self._turn, None)
        for first in range(0, len(lines), _AT_ONCE):
            some = lines[first : first + _AT_ONCE]
            for line, verdict in reconciliation.proposals(self._turn, some):
                for invoice in _probable(verdict):
                    waiting.setdefault(invoice, []).append(self._waiting(line))
        return waiting

    def _waiting(self, line: Line) -> Waiting:
        left = reconciliation.left_of(self._turn, line)
        return Waiting(line.id, line.booked_on, Money(left, line.currency))


def _probable(verdict: Match) -> Collection[int]:
    """The invoices of a good guess; without one, those whose exact amount it is, if no others are
    proposed.
    """
    if verdict.level is not Level.NONE:
        return by_invoice(verdict.allocations)
    offered = [proposal for proposal in verdict.proposals if proposal.allocations]
    if len(offered) == 1 and _is_exact(offered):
        return by_invoice(offered[0].allocations)
    return ()


def _is_exact(offered: Sequence[Proposal]) -> bool:
    reasons = set(offered[0].reasons)
    return bool(reasons & {Reason.AMOUNT, Reason.SUM}) and not reasons & _DOUBTS
