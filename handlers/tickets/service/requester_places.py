"""Where a requester follows a ticket: in the thread they wrote in, or in their direct message when
nothing can be posted there any more.
"""

from handlers.tickets.service.follow_up import settle
from storage import waiting_messages
from storage.tickets import messages, tickets
from storage.turn import Turn


def department_of(turn: Turn, id: int) -> str:
    """Whose matter it is."""
    return tickets.of_system(turn, id).department


def move_to_person(turn: Turn, id: int, channel: str) -> bool:
    """What cannot be posted in the requester's channel goes to their direct message; false where
    the channel is not the requester's.
    """
    ticket = tickets.of_system(turn, id)
    is_theirs = ticket.channel == channel
    if is_theirs:
        messages.leave_thread(turn, ticket)
        turn.withdraw(messages.requester_card(ticket))
        ticket = tickets.change(
            turn,
            ticket,
            channel=None,
            thread_ts=None,
            requester_card_no=ticket.requester_card_no + 1,
        )
        turn.record("ticket.followed_in_person", ticket.key)
        settle(turn, ticket)
    elif not messages.was_followed_in(turn, ticket, channel):
        return False
    under = messages.requester_card(ticket)
    waiting_messages.send_elsewhere(
        turn.db, turn.workspace, ticket.key, channel, ticket.requester, under
    )
    return True
