"""What is kept outstanding on each invoice: counted anew after a correction or a payment."""

from collections.abc import Iterable

from handlers.ledger.model.amounts import outstanding
from storage.invoices import invoices
from storage.turn import Turn


def refresh(turn: Turn, ids: Iterable[int]) -> None:
    """Count anew what is outstanding on these invoices."""
    wanted = set(ids)
    if wanted:
        held = invoices.held(turn, wanted)
        invoices.keep_outstanding(turn, {item.id: outstanding(item) for item in held})
