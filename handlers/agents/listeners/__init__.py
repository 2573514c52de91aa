"""The tools of agents, by what they are about."""

from handlers.agents.listeners import documents, help, invoices, tickets
from handlers.agents.routes import doors

__all__ = ["documents", "doors", "help", "invoices", "tickets"]
