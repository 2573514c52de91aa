"""The gate of tickets: who looks, and the one way to get hold of a ticket."""

from bot.kit.errors import Problem
from bot.kit.words import Words
from handlers.people.model import permissions
from handlers.people.service import roles
from storage import approvals
from storage.people import people
from storage.people import roles as channels
from storage.tickets import tickets
from storage.tickets.tickets import Ticket
from storage.tickets.viewers import Viewer
from storage.turn import Person, Turn

_SEES = permissions.holders("ticket", "see")
_OWNS = permissions.holders("ticket", "add to, nudge, close, reopen, say the type of")


class NoSuchTicket(Problem):
    """There is none, or it is not this person's business: both read the same."""

    sentence = "There is no such ticket, or you may not see it."


class OnlyAgents(Problem):
    """Seen by this person, but not theirs to work on."""

    sentence = "Only those who work in {department} can do that with {number}."


class OnlyRequester(Problem):
    """Somebody else's ticket."""

    sentence = "Only the person who asked for {number} can do that."


class Exposed(Problem):
    """A private matter, and a channel that everybody reads: the start-up check was not heeded, or
    things changed.
    """

    sentence = (
        "This is private, but everybody can read the channel of {department}. "
        "Choose another department, or tell an administrator."
    )
    field = "type"


def viewer(turn: Turn) -> Viewer:
    """The actor as one who looks at tickets."""
    return viewer_of(turn, turn.actor)


def viewer_of(turn: Turn, person: Person) -> Viewer:
    """Somebody as one who looks at tickets: guests, and who left, see none."""
    if person.is_external:
        return Viewer("", sees=_SEES)
    return Viewer(
        person.id,
        roles.departments_of(turn, person),
        stands_in_for=roles.stands_in_for(turn, person),
        known=frozenset(turn.catalogue.departments),
        asked=frozenset(approvals.asked_about(turn, person.id, "ticket")),
        sees=_SEES,
        changes=permissions.holders("ticket", "work on"),
    )


def number(turn: Turn, ticket: Ticket) -> str:
    """``BO-128``."""
    return written(turn, ticket.number)


def written(turn: Turn, number: int) -> str:
    """A bare number as people read it."""
    return f"{turn.catalogue.tickets.prefix}-{number}"


def seen(turn: Turn, id: int) -> Ticket:
    """A ticket that the actor may see."""
    result = tickets.seen(turn, viewer(turn), id)
    if result is None:
        raise NoSuchTicket()
    return result


def to_work_on(turn: Turn, id: int) -> Ticket:
    """A ticket that the actor may work on, held until the turn ends."""
    who = viewer(turn)
    ticket = tickets.changeable(turn, who, id)
    if ticket is None:
        visible = seen(turn, id)
        raise OnlyAgents(department=department_name(turn, visible), number=number(turn, visible))
    return ticket


def own(turn: Turn, id: int) -> Ticket:
    """The actor's own ticket, held until the turn ends."""
    result = None if turn.actor.is_external else tickets.own(turn, turn.actor.id, _OWNS, id)
    if result is None:
        raise OnlyRequester(number=number(turn, seen(turn, id)))
    return result


def refuse_exposed(turn: Turn, department: str) -> None:
    """What is private never goes to a channel that outsiders read."""
    if not channels.is_private(turn, roles.triage_channel(turn, department)):
        name = turn.catalogue.departments[department].name.in_(turn.words.language)
        raise Exposed(department=name)


def is_from_private(turn: Turn, channel: str | None) -> bool:
    """Whether something was said where not everybody reads, and not to the bot alone: it stays with
    those who heard it.
    """
    if channel is None or channel == people.direct_channel(turn, turn.actor.id):
        return False
    return not channels.is_public(turn, channel)


def department_name(turn: Turn, ticket: Ticket, words: Words | None = None) -> str:
    """In the actor's language, unless told; the bare key for a department that the catalogue has no
    more.
    """
    department = turn.catalogue.departments.get(ticket.department)
    return department.name.in_((words or turn.words).language) if department else ticket.department
