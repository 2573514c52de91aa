"""Routes of the clock, and slow work: connected sources are read."""

from datetime import timedelta

from handlers.invoices.routes import routes
from handlers.invoices.service import source_sync
from storage.turn import Turn

routes.task("read_source", work=source_sync.read, done=source_sync.settle, failed=source_sync.fail)


@routes.job("sources", every=timedelta(minutes=1))
def read_sources(turn: Turn) -> None:
    """Each source whose moment has come."""
    source_sync.plan(turn)
