"""The agents hear how their work was rated, and why."""

from handlers.people.service import roles
from handlers.tickets.blocks import stars
from handlers.tickets.service import gate
from handlers.tickets.service.conversation import notifications
from storage.tickets.tickets import Ticket
from storage.turn import Turn


def rated(turn: Turn, ticket: Ticket) -> None:
    """How many stars; after the work went on it may be rated anew."""
    sentence = roles.words_of(turn, ticket.department).mark(
        "{person} rated {number}: {stars}",
        person=turn.actor.name,
        number=gate.number(turn, ticket),
        stars=stars.drawn(ticket.rating or 0),
    )
    notifications.tell_agents(turn, ticket, f"rated:{ticket.resolve_count}", sentence)


def explained(turn: Turn, ticket: Ticket) -> None:
    """Why it was rated so."""
    sentence = roles.words_of(turn, ticket.department).mark(
        "{person} on the rating of {number}:",
        person=turn.actor.name,
        number=gate.number(turn, ticket),
    )
    once = f"rating-explained:{ticket.resolve_count}"
    notifications.tell_agents(turn, ticket, once, sentence, ticket.rating_comment or "")
