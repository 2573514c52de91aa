"""Routes of the clock: rates of late interest that end are told, and files that are wanted."""

from datetime import timedelta

from handlers.documents.blocks import rate_form
from handlers.documents.routes import routes
from handlers.documents.service import wanted_files
from handlers.ledger.service import rate_notices
from storage.turn import Turn


@routes.job("rates", every=timedelta(hours=6))
def rates(turn: Turn) -> None:
    """Each ending is told to finance once."""
    rate_notices.tell(turn, rate_form.notice)


@routes.job("bring", every=timedelta(minutes=5))
def remind(turn: Turn) -> None:
    """Files that were asked for and are due."""
    wanted_files.remind_due(turn)
