"""The doors of reminders; listeners and jobs hang themselves in."""

from bot.kit.doors import Doors
from storage.turn import Turn

doors: Doors[Turn] = Doors("reminders")
