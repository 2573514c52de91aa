"""What follows every change of a ticket: its clocks go on or stand still, and everybody's card
shows it as it is.
"""

from handlers.tickets.service import cards, following, targets
from storage.tickets import Ticket
from storage.turn import Turn


def settle(turn: Turn, ticket: Ticket, was: Ticket | None = None) -> Ticket:
    """Clocks and cards follow; ``was`` is the ticket before, where its department has changed."""
    targets.follow(turn, ticket, was)
    cards.refresh(turn, ticket)
    following.refresh(turn, ticket)
    return ticket
