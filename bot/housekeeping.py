"""Housekeeping: what the house forgets in time."""

from datetime import timedelta

from bot.kit.doors import Doors
from storage import deliveries
from storage.turn import Turn

doors: Doors[Turn] = Doors("housekeeping")

REMEMBERED = timedelta(days=3)  # Slack delivers late events for a day at most


@doors.job("deliveries", every=timedelta(hours=6))
def forget_deliveries(turn: Turn) -> None:
    """The same delivery does not come again after this long."""
    deliveries.forget(turn, turn.now - REMEMBERED)
