"""The doors of plain words; the listeners hang themselves in."""

from bot.kit.routes import Doors
from storage.turn import Turn

doors: Doors[Turn] = Doors("words")
