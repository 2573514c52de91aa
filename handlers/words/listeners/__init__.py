"""The routes of plain words."""

from handlers.words import jobs
from handlers.words.listeners import addressed, chosen, commands
from handlers.words.routes import routes

__all__ = ["addressed", "chosen", "commands", "jobs", "routes"]
