"""Departments' channels that others can read: what stands there of money and of private tickets is
taken back until the channel is fit again.
"""

from handlers.tickets.service import cards
from handlers.tickets.service.conversation import notifications
from storage import outbox
from storage.people import roles
from storage.tickets import lists, messages, tickets
from storage.turn import Turn


def departments_in(turn: Turn, channel: str) -> list[str]:
    """The departments that work in a channel."""
    departments = turn.catalogue.departments.values()
    ids = roles.channels_named(turn, [each.channel for each in departments])
    return [each.key for each in departments if ids.get(each.channel) == channel]


def close(turn: Turn, channel: str) -> None:
    """Others read here now: whatever was posted of private tickets goes, and their threads are no
    ticket's any more; so does all that is about no ticket.
    """
    outbox.withdraw_all(turn.db, turn.workspace, channel, but="ticket:")
    private_cards = messages.private_letters_in(turn, channel)
    for key, _ in private_cards:
        turn.withdraw(key)
    for id in sorted({id for _, id in private_cards}):
        ticket = tickets.of_system(turn, id)
        tickets.change(turn, ticket, triage_card_no=ticket.triage_card_no + 1)
        turn.record("ticket.card_taken_back", ticket.key)


def reopen(turn: Turn, channel: str) -> None:
    """The channel is fit again: the cards of what is open stand there anew, with what was said."""
    for ticket in lists.open_private(turn, departments_in(turn, channel)):
        if messages.place_of(turn, messages.triage_card(ticket)) is None:
            cards.show_triage(turn, ticket)
            notifications.history(turn, ticket)
            turn.record("ticket.card_shown_again", ticket.key)
