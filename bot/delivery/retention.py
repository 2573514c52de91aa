"""Housekeeping: what the house forgets in time."""

from datetime import timedelta

from bot.kit.routes import Routes
from storage import background_tasks, deliveries
from storage.invoices import column_mappings
from storage.turn import Turn

routes: Routes[Turn] = Routes("housekeeping")

REMEMBERED = timedelta(days=3)  # Slack delivers late events for a day at most
SETTLED = {
    "done": timedelta(days=30),
    "failed": timedelta(days=90),
}  # background tasks; what failed is asked about longer
TABLES = timedelta(days=30)  # tables that were sent, with the first of their rows
BITE = 2_000  # rows of one turn: nobody waits for a long transaction


@routes.job("deliveries", every=timedelta(hours=6))
def forget_deliveries(turn: Turn) -> None:
    """The same delivery does not come again after this long."""
    deliveries.forget(turn, turn.now - REMEMBERED)


@routes.job("background_tasks", every=timedelta(minutes=10))
def forget_tasks(turn: Turn) -> None:
    """Settled background tasks only tell what became of them; what they changed stands in the audit
    and
    stays.
    """
    for state, remembered in SETTLED.items():
        background_tasks.forget(turn.db, turn.workspace, state, turn.now - remembered, BITE)


@routes.job("tables", every=timedelta(hours=1))
def forget_tables(turn: Turn) -> None:
    """Tables that were sent; what their headings mean stays remembered."""
    column_mappings.forget(turn, turn.now - TABLES, BITE)
