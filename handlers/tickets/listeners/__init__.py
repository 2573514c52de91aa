"""The routes of tickets for people, by kind: commands and shortcuts, forms, buttons, messages."""

from handlers.tickets import jobs
from handlers.tickets.listeners import buttons, commands, forms, messages, shortcuts, small_forms
from handlers.tickets.routes import routes

__all__ = ["buttons", "commands", "forms", "jobs", "messages", "routes", "shortcuts", "small_forms"]
