"""The doors of reminders, and everything that listens at them."""

from handlers.reminders import jobs
from handlers.reminders.doors import doors
from handlers.reminders.listeners import approvals, letters, policies

__all__ = ["approvals", "doors", "jobs", "letters", "policies"]
