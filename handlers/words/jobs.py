"""Routes of the clock: what was kept for review is forgotten."""

from handlers.words.routes import routes
from handlers.words.service import corrections
from storage.turn import Turn


@routes.job("corrections", every=corrections.EVERY)
def forget(turn: Turn) -> None:
    """What was kept for review long ago."""
    corrections.forget(turn)
