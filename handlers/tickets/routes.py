"""The doors of tickets; the listeners hang themselves in."""

from bot.kit.routes import Doors
from storage.turn import Turn

doors: Doors[Turn] = Doors("tickets")
