"""The doors of tickets for people, by kind: commands and shortcuts, forms, buttons, messages."""

from handlers.tickets.doors import doors
from handlers.tickets.listeners import buttons, commands, forms, messages

__all__ = ["buttons", "commands", "doors", "forms", "messages"]
