"""The tools of agents, by what they are about."""

from handlers.agents.doors import doors
from handlers.agents.listeners import documents, help, invoices, tickets

__all__ = ["documents", "doors", "help", "invoices", "tickets"]
