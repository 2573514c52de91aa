"""Routes for the clock: what is new is planned, what is due goes."""

from datetime import timedelta

from handlers.reminders.routes import routes
from handlers.reminders.service import tick
from storage.turn import Turn


@routes.job("new", every=timedelta(minutes=5))
def new(turn: Turn) -> bool:
    """What was booked since, and what is open again, gets its next day; true while more of it is
    left.
    """
    return tick.sweep(turn)


@routes.job("due", every=timedelta(minutes=1))
def due(turn: Turn) -> bool:
    """What is due is decided, and goes or waits; true while more of it is left."""
    return tick.tick(turn).is_more
