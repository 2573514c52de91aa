"""Routes for the clock: rates of late interest that end are told."""

from datetime import timedelta

from handlers.documents.blocks import rate_form
from handlers.documents.routes import routes
from handlers.ledger.service import rate_notices
from storage.turn import Turn


@routes.job("rates", every=timedelta(hours=6))
def rates(turn: Turn) -> None:
    """Each ending is told to finance once."""
    rate_notices.tell(turn, rate_form.notice)
