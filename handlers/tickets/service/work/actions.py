"""Working on a ticket: take it, answer, wait, resolve, escalate."""

from collections.abc import Mapping
from typing import Literal

from bot.kit.catalogue import PRIORITIES, VARIABLES, Template
from bot.kit.errors import Problem
from handlers.people.service import absences, roles
from handlers.tickets.model import states
from handlers.tickets.service import cards, gate, requester
from handlers.tickets.service.conversation import notifications, reopening, thread
from handlers.tickets.service.follow_up import settle
from handlers.tickets.service.work import approval, assignment
from storage.people import people
from storage.tickets import tickets
from storage.tickets.tickets import State, Ticket
from storage.turn import Turn

After = Literal["nothing", "requester", "third_party", "resolve", "note"]


class AlreadyTaken(Problem):
    """Somebody was first."""

    sentence = "{agent} was first: {number} is already taken."


class YoursAlready(Problem):
    sentence = "You have {number} already."


class NobodyHasIt(Problem):
    sentence = "Nobody has {number}."


class NothingSaid(Problem):
    sentence = "Write something first."
    field = "text"


class ToOneself(Problem):
    """Whoever leads the department has nobody above them to ask."""

    sentence = (
        "You lead {department}: an escalation would come to you. Raise the priority instead, or "
        "assign it."
    )


class HighestAlready(Problem):
    sentence = "{number} is urgent already, and {lead} knows."


class NoLead(Problem):
    sentence = "{department} has no lead in the catalogue whom I could ask."


def take(turn: Turn, id: int) -> Ticket:
    """The actor works on it from now on; the second who wants it is told who was first."""
    ticket = gate.to_work_on(turn, id)
    state = states.after("take", ticket, gate.number(turn, ticket))
    taken = tickets.take(turn, id)
    if taken is None:
        raise _taken(turn, ticket)
    turn.record("ticket.taken", ticket.key)
    return settle(turn, tickets.change(turn, taken, state=state))


def put_back(turn: Turn, id: int) -> Ticket:
    """Whoever has it does not go on with it: anybody may take it."""
    ticket = gate.to_work_on(turn, id)
    state = states.after("put_back", ticket, gate.number(turn, ticket))
    if ticket.assignee is None:
        raise NobodyHasIt(number=gate.number(turn, ticket))
    return _free(turn, ticket, state)


def _free(turn: Turn, ticket: Ticket, state: State) -> Ticket:
    turn.record("ticket.put_back", ticket.key, assignee=ticket.assignee)
    ticket = tickets.change(turn, ticket, state=state, assignee=None)
    notifications.put_back(turn, ticket)
    return settle(turn, ticket)


def reopen(turn: Turn, id: int) -> Ticket:
    """It was ended by mistake, or it turns out that it is not done."""
    ticket = gate.to_work_on(turn, id)
    states.after("reopen", ticket, gate.number(turn, ticket))
    if not reopening.may_reopen(turn, ticket):
        raise requester.TooLateToReopen(number=gate.number(turn, ticket))
    notifications.reopened_by_agent(turn, ticket)
    return reopening.reopen(turn, ticket)


def assign(turn: Turn, id: int, person: str) -> Ticket:
    """Somebody of the department works on it from now on."""
    return settle(turn, assignment.assign(turn, id, person))


def answer(turn: Turn, id: int, origin: str, text: str, then: After) -> Ticket:
    """A reply by form, and what follows it: nothing, waiting for somebody, or the end. A note stays
    with the agents.
    """
    ticket = gate.to_work_on(turn, id)
    if then == "resolve":
        return _resolve(turn, ticket, origin, text)
    if not text.strip():
        raise NothingSaid()
    if then not in ("nothing", "note"):
        states.after("wait", ticket, gate.number(turn, ticket))
    ticket = thread.write(turn, ticket, "triage", origin, text, note=then == "note")
    return wait(turn, ticket, then) if then in ("requester", "third_party") else ticket


def wait(turn: Turn, ticket: Ticket, waiting_for: str) -> Ticket:
    """The clock stands still until the requester, or somebody outside, has answered."""
    state = states.after("wait", ticket, gate.number(turn, ticket))
    approval.refuse_open(turn, ticket)
    ticket = tickets.change(
        turn,
        ticket,
        state=state,
        waiting_for=waiting_for,
        assignee=ticket.assignee or turn.actor.id,
    )
    turn.record("ticket.waiting", ticket.key, waiting_for=waiting_for)
    return settle(turn, ticket)


def go_on(turn: Turn, id: int) -> Ticket:
    """What was waited for has come; an agent says so."""
    ticket = gate.to_work_on(turn, id)
    state = states.after("answer", ticket, gate.number(turn, ticket))
    approval.refuse_open(turn, ticket)
    ticket = tickets.change(turn, ticket, state=state, waiting_for=None)
    turn.record("ticket.answered", ticket.key)
    return settle(turn, ticket)


def resolve(turn: Turn, id: int) -> Ticket:
    """Done: the requester is told."""
    return _resolve(turn, gate.to_work_on(turn, id), "", "")


def filled(turn: Turn, id: int, template: Template) -> str:
    """A canned answer with this ticket's facts, in the requester's language."""
    ticket = gate.to_work_on(turn, id)
    words = roles.words_for(turn, ticket.requester)
    look = cards.of(turn, ticket, words)
    facts: Mapping[str, str] = {
        "number": look.number,
        "requester": look.requester,
        "agent": turn.actor.name,
        "department": look.department,
        "request_type": look.request_type,
        "link": cards.link_to(turn, ticket),
    }
    return template.filled(words.language, {name: facts[name] for name in VARIABLES})


def escalate(turn: Turn, id: int, why: str) -> Ticket:
    """One step more urgent, and the lead is asked to look."""
    ticket = gate.to_work_on(turn, id)
    states.after("edit", ticket, gate.number(turn, ticket))
    lead = roles.lead_of(turn, ticket.department)
    if lead is None:
        raise NoLead(department=gate.department_name(turn, ticket))
    lead = absences.stand_in(turn, ticket.department, lead) or lead
    if lead.id == turn.actor.id:
        raise ToOneself(department=gate.department_name(turn, ticket))
    if ticket.priority == PRIORITIES[-1] and tickets.has_participant(turn, ticket, lead.id, "lead"):
        raise HighestAlready(number=gate.number(turn, ticket), lead=lead.name)
    higher = PRIORITIES[min(PRIORITIES.index(ticket.priority) + 1, len(PRIORITIES) - 1)]
    ticket = tickets.change(turn, ticket, priority=higher)
    tickets.add_participant(turn, ticket, lead.id, "lead")
    turn.record("ticket.escalated", ticket.key, priority=higher, lead=lead.id)
    notifications.escalated(turn, ticket, lead.id, why.strip())
    return settle(turn, ticket)


def _resolve(turn: Turn, ticket: Ticket, origin: str, text: str) -> Ticket:
    state = states.after("resolve", ticket, gate.number(turn, ticket))
    approval.refuse_open(turn, ticket)
    if text.strip():
        ticket = thread.write(turn, ticket, "triage", origin, text)
    ticket = tickets.change(
        turn,
        ticket,
        state=state,
        waiting_for=None,
        snoozed_until=None,
        assignee=ticket.assignee or turn.actor.id,
        resolve_count=ticket.resolve_count + 1,
        resolved_at=turn.now,
        answered_at=ticket.answered_at or turn.now,
    )
    turn.record("ticket.resolved", ticket.key)
    notifications.resolved(turn, ticket)
    return settle(turn, ticket)


def _taken(turn: Turn, ticket: Ticket) -> Problem:
    number = gate.number(turn, ticket)
    if ticket.assignee == turn.actor.id:
        return YoursAlready(number=number)
    first = people.person(turn, ticket.assignee) if ticket.assignee else None
    return AlreadyTaken(agent=first.name if first else str(ticket.assignee), number=number)
