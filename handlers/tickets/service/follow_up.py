"""What follows every change of a ticket: its clocks go on or stand still, and everybody's card
shows it as it is.
"""

from handlers.tickets.service import cards, followers
from handlers.tickets.service.work import service_levels
from storage.tickets.tickets import Ticket
from storage.turn import Turn


def settle(turn: Turn, ticket: Ticket, was: Ticket | None = None) -> Ticket:
    """Clocks and cards follow; ``was`` is the ticket before, where its department has changed."""
    service_levels.follow(turn, ticket, was)
    cards.refresh(turn, ticket)
    followers.refresh(turn, ticket)
    return ticket
