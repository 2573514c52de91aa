"""Who works on a ticket: given by hand, in turn, or to whoever has least; the absent
are skipped.
"""

from datetime import date

from bot.kit.errors import Problem
from handlers.people.service import absences, roles
from handlers.tickets.model import states
from handlers.tickets.service import gate
from handlers.tickets.service.conversation import notifications
from storage.people import people
from storage.tickets import loads as ticket_loads
from storage.tickets import tickets
from storage.tickets.tickets import Ticket
from storage.turn import Person, Turn


class NotAnAgent(Problem):
    sentence = "{person} does not work in {department}. Choose somebody who does."
    field = "assignee"


class Away(Problem):
    sentence = "{person} is away until {until}. Standing in: {substitute}."
    field = "assignee"


class AwayAlone(Problem):
    sentence = "{person} is away and nobody stands in. Choose somebody else."
    field = "assignee"


def assign_by_rule(turn: Turn, ticket: Ticket) -> Ticket:
    """A new ticket goes to somebody at once where the department wants that."""
    rule = turn.catalogue.departments[ticket.department].assignment
    if rule == "manual" or ticket.assignee or not ticket.is_open:
        return ticket
    able = [
        person
        for person in absences.present(turn, ticket.department)
        if person.id != ticket.requester
    ]
    if not able:
        return ticket
    chosen = (
        _next_in_turn(turn, ticket, able)
        if rule == "round_robin"
        else _least_loaded(turn, ticket, able)
    )
    return _give(turn, ticket, chosen)


def assign(turn: Turn, id: int, person_id: str) -> Ticket:
    """An agent gives it to somebody who is there, perhaps themselves."""
    ticket = gate.to_work_on(turn, id)
    chosen = people.person(turn, person_id)
    if chosen is None or not roles.is_agent(turn, ticket.department, chosen):
        raise NotAnAgent(
            person=chosen.name if chosen else person_id,
            department=gate.department_name(turn, ticket),
        )
    _refuse_absent(turn, ticket, chosen)
    return ticket if ticket.assignee == chosen.id else _give(turn, ticket, chosen)


def _give(turn: Turn, ticket: Ticket, person: Person) -> Ticket:
    state = states.after("assign", ticket, gate.number(turn, ticket))
    ticket = tickets.change(turn, ticket, state=state, assignee=person.id, assigned_at=turn.now)
    turn.record("ticket.assigned", ticket.key, assignee=person.id)
    notifications.assigned(turn, ticket)
    return ticket


def _refuse_absent(turn: Turn, ticket: Ticket, person: Person) -> None:
    absence = absences.of(turn, ticket.department, person)
    if absence is None:
        return
    substitute = absences.stand_in(turn, ticket.department, person)
    if substitute is None:
        raise AwayAlone(person=person.name)
    raise Away(person=person.name, until=absence.until or date.max, substitute=substitute.name)


def _next_in_turn(turn: Turn, ticket: Ticket, able: list[Person]) -> Person:
    """After the one who had the last; by name, round and round."""
    last = ticket_loads.last_assignee(turn, ticket.department)
    if not last:
        return able[0]
    known = people.persons(turn, [last]).get(last)
    before = (known.name if known else "", last)
    return next((person for person in able if (person.name, person.id) > before), able[0])


def _least_loaded(turn: Turn, ticket: Ticket, able: list[Person]) -> Person:
    loads = ticket_loads.open_by_assignee(turn, [person.id for person in able])
    return min(able, key=lambda person: (loads.get(person.id, 0), person.name, person.id))
