"""The routes of reminders, and everything that listens at them."""

from handlers.reminders import jobs
from handlers.reminders.listeners import approvals, messages, policies
from handlers.reminders.routes import routes

__all__ = ["approvals", "jobs", "messages", "policies", "routes"]
