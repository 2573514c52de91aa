"""The alarm: a supplier's invoice asks for another account than before, and finance hears of it at
once.
"""

from collections.abc import Iterable

from handlers.invoices.blocks import card, warning
from handlers.invoices.finance import desk
from handlers.invoices.sights import sight_of
from handlers.invoices.suspicions import ACCOUNT_CHANGED
from handlers.ledger import service as ledger
from storage.turn import Turn

MOST = 10  # letters of one import
_SUSPECT = f'"{ACCOUNT_CHANGED.id}"'


def is_suspect(findings: str) -> bool:
    """Whether the findings, as the ledger keeps them, raise the alarm."""
    return _SUSPECT in findings


def sound(turn: Turn, suspect: Iterable[int]) -> None:
    """Tell finance's channel of each of these invoices, once."""
    finance = desk(turn)
    if finance is None:
        return
    for invoice_id in list(suspect)[:MOST]:
        sight = sight_of(turn, ledger.get(turn, invoice_id), finance.words)
        look = warning.account_changed(sight, finance.words)
        once = f"account-changed:{invoice_id}"
        turn.tell(
            finance.channel,
            card.text_of(sight, finance.words),
            look,
            once=once,
            subject=f"invoice:{invoice_id}",
        )
