"""People who leave a department, the company or a channel give back what they held: tickets go to
the queue, what they followed is followed no more, and what they asked for goes where they can read.
"""

from handlers.people.service import roles
from handlers.tickets.model import states
from handlers.tickets.service import followers, gate, requester_places
from handlers.tickets.service.conversation import notifications
from handlers.tickets.service.follow_up import settle
from storage.people import people
from storage.tickets import holders, tickets
from storage.tickets.tickets import Ticket
from storage.turn import Person, Turn


def look_for_gone(turn: Turn) -> None:
    """Whoever left while nobody told us: everybody who has, asked for or follows something open."""
    for id in holders.everybody(turn):
        left(turn, id)


def left(turn: Turn, id: str) -> None:
    """Somebody may not be where they were: what they held by it is given back."""
    person = people.person(turn, id)
    if person is None:
        return
    _give_back(turn, person)
    if not people.is_here(turn, id):
        _ask_no_more(turn, person)


def left_channel(turn: Turn, id: str, channel: str) -> None:
    """They cannot read their thread there any more: it goes on in their direct message."""
    if people.is_here(turn, id):
        for ticket in holders.followed_in(turn, id, channel):
            requester_places.move_to_person(turn, ticket, channel)
    left(turn, id)


def _give_back(turn: Turn, person: Person) -> None:
    freed: dict[str, list[str]] = {}
    for held in holders.held_by(turn, person.id):
        ticket = tickets.of_system(turn, held)
        if _works_in(turn, ticket.department, person) or not ticket.is_open:
            continue
        _free(turn, ticket, person)
        freed.setdefault(ticket.department, []).append(gate.number(turn, ticket))
    for department, numbers in freed.items():
        if department in turn.catalogue.departments:
            notifications.leads_told(turn, department, person, numbers)


def _works_in(turn: Turn, department: str, person: Person) -> bool:
    agents = roles.agents_of(turn, department)
    return department not in turn.catalogue.departments or person in agents


def _free(turn: Turn, ticket: Ticket, person: Person) -> None:
    state = states.after("put_back", ticket, gate.number(turn, ticket))
    ticket = tickets.change(turn, ticket, state=state, assignee=None)
    turn.record("ticket.given_back", ticket.key, assignee=person.id)
    notifications.given_back(turn, ticket, person.name)
    settle(turn, ticket)


def _ask_no_more(turn: Turn, person: Person) -> None:
    for id in holders.asked_by(turn, person.id):
        ticket = tickets.of_system(turn, id)
        if tickets.add_participant(turn, ticket, person.id, "gone"):
            turn.record("ticket.requester_gone", ticket.key)
            notifications.requester_gone(turn, ticket)
    for id in holders.followed_by(turn, person.id):
        followers.end(turn, tickets.of_system(turn, id), [person.id])
