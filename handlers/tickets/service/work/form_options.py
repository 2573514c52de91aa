"""What the forms of agents offer: people to give a ticket to, and answers to begin with."""

from bot.kit.catalogue import Template
from handlers.people.model import name_labels
from handlers.people.service import absences, roles
from handlers.tickets.blocks.forms import Candidate
from storage.tickets.tickets import Ticket
from storage.turn import Turn


def candidates(turn: Turn, ticket: Ticket) -> list[Candidate]:
    """The department's agents, the actor first, those who are away last."""
    agents = roles.agents_of(turn, ticket.department)
    labels = name_labels.labels(agents)
    results = [
        Candidate(
            agent.id, labels[agent.id], absences.of(turn, ticket.department, agent) is not None
        )
        for agent in agents
    ]
    results = results or [
        Candidate(turn.actor.id, turn.actor.name)
    ]  # a department that the catalogue has no more
    return sorted(results, key=lambda item: (item.is_away, item.id != turn.actor.id, item.name))


def templates(turn: Turn, ticket: Ticket) -> tuple[Template, ...]:
    """The type's answers first, then those of the department's other types."""
    kind = turn.catalogue.request_types.get(ticket.request_type)
    own = kind.templates if kind else ()
    others = [
        each
        for other in turn.catalogue.types_of(ticket.department)
        if other != kind
        for each in other.templates
    ]
    return (*own, *others)


def template(turn: Turn, ticket: Ticket, key: str) -> Template | None:
    return next((each for each in templates(turn, ticket) if each.key == key), None)
