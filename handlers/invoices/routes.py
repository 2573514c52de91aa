"""The doors of invoices; the listeners hang themselves in."""

from bot.kit.routes import Doors
from storage.turn import Turn

doors: Doors[Turn] = Doors("invoices")
