"""What can be done with tickets. Other features call ``submit`` alone."""

from handlers.tickets.service.submission import submit

__all__ = ["submit"]
