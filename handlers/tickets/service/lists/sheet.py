"""Reading a ticket: its sheet, for whoever may see it."""

from dataclasses import dataclass

from handlers.tickets.blocks.card import Look
from handlers.tickets.blocks.conversation import Line
from handlers.tickets.blocks.history import Step
from handlers.tickets.service import cards, gate
from handlers.tickets.service.lists import history
from storage import approvals
from storage.people import people
from storage.tickets import messages
from storage.tickets.tickets import Ticket
from storage.turn import Turn


@dataclass(frozen=True)
class Sheet:
    """What a person sees of a ticket, and what they may do."""

    look: Look
    lines: tuple[Line, ...]
    works_on_it: bool
    is_own: bool
    is_requester: bool
    steps: tuple[Step, ...] = ()


def sheet(turn: Turn, ticket: Ticket) -> Sheet:
    """For the actor, who may see the ticket; agents' notes only for agents."""
    who = gate.viewer(turn)
    works_on_it = who.works_on(ticket.department, ticket.assignee)
    said = [
        message
        for message in messages.of(turn, ticket, notes=works_on_it)
        if message.role != "description" and (message.text or message.attached)
    ]
    reasons = approvals.comments_about(turn, ticket.key)
    writers = {each.author for each in said} | {each.person for each in reasons}
    names = people.names(turn, writers)
    lines = []
    for message in said:
        text = message.text or ", ".join(message.file_names)
        is_note = message.role == "note"
        lines.append(Line(names[message.author], message.at, text, is_note, styled=message.styled))
    for vote in reasons:
        at = vote.at or ticket.created_at
        lines.append(Line(names[vote.person], at, vote.comment, verdict=vote.verdict))
    return Sheet(
        look=cards.of(turn, ticket, turn.words),
        lines=tuple(sorted(lines, key=lambda line: line.at)),
        works_on_it=works_on_it,
        is_own=who.person in (ticket.requester, ticket.author),
        is_requester=who.person == ticket.requester,
        steps=tuple(history.history(turn, ticket, for_agents=works_on_it)),
    )
