"""The routes of approvals for people: the buttons and forms of those who are asked."""

from handlers.approvals import jobs
from handlers.approvals.listeners import votes
from handlers.approvals.routes import routes

__all__ = ["jobs", "routes", "votes"]
