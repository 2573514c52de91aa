"""The buttons on a ticket's cards."""

from bot.kit.doors import Click
from bot.kit.replies import NOTHING, Reply
from handlers.tickets.blocks import card
from handlers.tickets.doors import doors
from handlers.tickets.service import working
from storage.turn import Turn


@doors.action(card.TAKE)
def take(turn: Turn, click: Click) -> Reply:
    working.take(turn, ticket_of(click))
    return NOTHING


@doors.action(card.RESOLVE)
def resolve(turn: Turn, click: Click) -> Reply:
    working.resolve(turn, ticket_of(click))
    return NOTHING


def ticket_of(click: Click) -> int:
    """The ticket whose button was pressed."""
    return int(str(click.value))
