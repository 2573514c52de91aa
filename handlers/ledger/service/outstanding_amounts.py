"""What is kept outstanding on each invoice and when it is due: counted anew after a correction or a
payment.
"""

from collections.abc import Iterable

from handlers.ledger.model.amounts import outstanding
from handlers.ledger.model.state import first_unpaid_day
from storage.invoices import invoices
from storage.turn import Turn


def refresh(turn: Turn, ids: Iterable[int]) -> None:
    """Count anew what is outstanding on these invoices, and on which day the first of it is due."""
    wanted = set(ids)
    if wanted:
        held = invoices.held(turn, wanted)
        left = {item.id: (outstanding(item), first_unpaid_day(item)) for item in held}
        invoices.keep_outstanding(turn, left)
