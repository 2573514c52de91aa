"""What is written in a thread that is not a ticket's any more: it is carried to where the ticket is
followed now, or its writer is told that nobody reads it there.
"""

from handlers.tickets.service import gate
from handlers.tickets.service.conversation import thread
from handlers.tickets.service.conversation.thread import Said
from storage.tickets import messages, tickets
from storage.tickets.tickets import Ticket
from storage.turn import Turn


def is_heard(turn: Turn, channel: str, thread_ts: str) -> bool:
    """Whether what is written there is a ticket's, or was once: its writer is answered here."""
    return (
        thread.is_ticket_thread(turn, channel, thread_ts)
        or messages.once_followed_in(turn, channel, thread_ts) is not None
        or messages.heading(turn, channel, thread_ts) is not None
    )


def hear(turn: Turn, thread_ts: str, said: Said) -> str | None:
    """A word for the writer alone; None where the thread was never a ticket's."""
    id = messages.once_followed_in(turn, said.channel, thread_ts)
    if id is not None:
        return _carry(turn, tickets.of_system(turn, id), said)
    heading = messages.heading(turn, said.channel, thread_ts)
    if heading is None:
        return None
    what, id_of, *_ = heading.split(":")
    ticket = tickets.seen(turn, gate.viewer(turn), int(id_of)) if what == "ticket" else None
    return _not_here(turn, ticket)


def _carry(turn: Turn, ticket: Ticket, said: Said) -> str:
    """Of a private ticket, what those write whose it is; of another, what anybody does."""
    if ticket.is_private and turn.actor.id not in (ticket.requester, ticket.author):
        return _not_here(turn, None)
    thread.hear_of(turn, ticket, "requester", said)
    return turn.words.say(
        "I have passed this on to {number}, which goes on in my direct message with whoever asked.",
        number=gate.number(turn, ticket),
    )


def _not_here(turn: Turn, ticket: Ticket | None) -> str:
    if ticket is None:
        return turn.words.say("Nobody reads what is written in this thread.")
    return turn.words.say(
        "Nobody reads what is written in this thread. {command} {number} shows where the ticket "
        "stands.",
        command=turn.catalogue.commands.ticket,
        number=gate.number(turn, ticket),
    )
