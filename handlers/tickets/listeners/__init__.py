"""The doors of tickets for people, by kind: commands and shortcuts, forms, buttons, messages."""

from handlers.tickets import jobs
from handlers.tickets.doors import doors
from handlers.tickets.listeners import buttons, commands, forms, messages, sent, shortcuts

__all__ = ["buttons", "commands", "doors", "forms", "jobs", "messages", "sent", "shortcuts"]
