"""The doors of plain words."""

from handlers.words.doors import doors
from handlers.words.listeners import addressed, chosen

__all__ = ["addressed", "chosen", "doors"]
