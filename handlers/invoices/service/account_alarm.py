"""The alarm: a supplier's invoice asks for another account than before, and finance hears of it at
once.
"""

import json
from collections.abc import Iterable

from handlers.invoices.blocks import account_warning, card
from handlers.invoices.service.invoice_view import sight_of
from handlers.invoices.service.suspicions import ACCOUNT_CHANGED
from handlers.ledger.service import lookup as ledger
from handlers.people.service.finance_channel import Desk, hearers
from storage.turn import Turn

MOST = 10  # letters of one import


def is_suspect(findings: str) -> bool:
    """Whether the findings, as the ledger keeps them, raise the alarm."""
    if ACCOUNT_CHANGED.id not in findings:  # of nearly every invoice; reading them costs more
        return False
    return any(finding["rule"] == ACCOUNT_CHANGED.id for finding in json.loads(findings))


def sound(turn: Turn, suspect: Iterable[int]) -> None:
    """Tell finance of each of these invoices, once: in its channel, or while that is not fit for
    money in person.
    """
    some = list(suspect)[:MOST]
    for finance in hearers(turn):
        for invoice_id in some:
            _tell(turn, finance, invoice_id)


def _tell(turn: Turn, finance: Desk, invoice_id: int) -> None:
    sight = sight_of(turn, ledger.get(turn, invoice_id), finance.words)
    turn.tell(
        finance.channel,
        card.text_of(sight, finance.words),
        account_warning.account_changed(sight, finance.words),
        once=finance.once(f"account-changed:{invoice_id}"),
        subject=f"invoice:{invoice_id}",
    )
