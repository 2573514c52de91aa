"""The tools of agents, by what they are about."""

from handlers.agents.listeners import documents, help, invoices, tickets
from handlers.agents.routes import routes

__all__ = ["documents", "help", "invoices", "routes", "tickets"]
