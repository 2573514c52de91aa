"""The doors of reminders; listeners and jobs hang themselves in."""

from bot.kit.routes import Doors
from storage.turn import Turn

doors: Doors[Turn] = Doors("reminders")
