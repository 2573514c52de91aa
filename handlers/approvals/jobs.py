"""Routes of the clock: who may not decide any more is waited for no longer; who may is reminded."""

from datetime import timedelta

from handlers.approvals.routes import routes
from handlers.approvals.service import chain, reminders
from storage.turn import Turn


@routes.job("look_again", every=timedelta(minutes=5))
def look_again(turn: Turn) -> None:
    """They left a channel, the company, or became a guest."""
    chain.look_again(turn)


@routes.job("remind", every=timedelta(minutes=5))
def remind(turn: Turn) -> None:
    """Those who have still to speak, each working morning."""
    reminders.remind_due(turn)
