"""What tickets are found by, and finding them: queues, one's own, by words; always through the
gate.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.kit.catalogue import Department
from bot.kit.errors import Problem
from handlers.people.model.permissions import Tie
from handlers.people.service import roles
from handlers.tickets.service import cards, gate
from storage.tickets import lists, messages, search, tickets
from storage.tickets.lists import Which
from storage.tickets.messages import Message
from storage.tickets.tickets import Ticket
from storage.turn import Turn

PAGE = 8


class NotAnAgent(Problem):
    """A queue is for those who work it."""

    sentence = (
        "A queue is seen by those who work in the department. Your own tickets: {command} mine"
    )


class NoSuchDepartment(Problem):
    sentence = "You do not work in the department “{name}”. Yours are: {known}."


class NothingToSearch(Problem):
    sentence = "Write what to look for, such as {command} search printer."


@dataclass(frozen=True)
class Page:
    """A part of a list."""

    tickets: list[Ticket]
    number: int
    is_last: bool


def begin(turn: Turn, ticket: Ticket, said: Sequence[Message]) -> None:
    """What a new ticket is found by."""
    search.begin(turn, ticket, _shared(turn, ticket, said))


def index(turn: Turn, ticket: Ticket) -> None:
    """The search column follows what the ticket says now."""
    said = messages.of(turn, ticket, notes=True)
    notes = [message.text for message in said if message.role == "note"]
    search.index(turn, ticket, _shared(turn, ticket, said), notes)


def _shared(turn: Turn, ticket: Ticket, said: Sequence[Message]) -> list[str]:
    """What everybody who may see the ticket finds it by."""
    names = cards.names_in(turn, ticket)
    fields = cards.fields_told(turn, ticket, roles.words_of(turn, ticket.department), names)
    number, requester = gate.number(turn, ticket), names[ticket.requester]
    texts = [number, str(ticket.number), ticket.subject, ticket.description, requester]
    texts += [text for _, text in fields]
    for message in said:
        if message.role == "reply":
            texts.append(message.text)
        if message.role != "note":
            texts += message.file_names
    return texts


def numbered(turn: Turn, text: str) -> int | None:
    """``BO-128``, ``bo 128``, ``#128`` or the bare number; None for anything else."""
    prefix = re.escape(turn.catalogue.tickets.prefix)
    match_ = re.fullmatch(rf"(?:{prefix}[- ]?|#)?([0-9]{{1,9}})", text.strip(), re.IGNORECASE)
    return int(match_[1]) if match_ else None


def by_number(turn: Turn, number: int) -> Ticket:
    result = tickets.numbered(turn, gate.viewer(turn), number)
    if result is None:
        raise gate.NoSuchTicket()
    return result


def by_words(turn: Turn, query: str, page: int = 0) -> Page:
    """The newest tickets with all of the words, among those that the actor may see."""
    if not query.strip():
        raise NothingToSearch(command=turn.catalogue.commands.ticket)
    who, number = gate.viewer(turn), numbered(turn, query)
    exact = tickets.numbered(turn, who, number) if number else None
    if exact:
        return _after(turn, exact, query, page)
    return _page(search.find(turn, who, query, most=PAGE + 1, skip=page * PAGE), page)


def _after(turn: Turn, exact: Ticket, query: str, page: int) -> Page:
    """The ticket whose number was typed, then those that speak of it."""
    begin = page * PAGE
    speaking = search.find(turn, gate.viewer(turn), query, most=begin + PAGE + 2)
    result = [exact, *(each for each in speaking if each.id != exact.id)]
    return _page(result[begin : begin + PAGE + 1], page)


def mine(turn: Turn, page: int = 0) -> Page:
    return _page(lists.mine(turn, gate.viewer(turn), most=PAGE + 1, skip=page * PAGE), page)


def answers(turn: Turn, page: int = 0) -> tuple[Page, int]:
    """The actor's own that wait for their answer, and how many there are. A page that is no more
    there gives way to the one before.
    """
    head = lists.asked_of(turn, gate.viewer(turn), most=PAGE, skip=page * PAGE)
    if page and not head.tickets:
        return answers(turn, page - 1)
    is_last = page * PAGE + len(head.tickets) >= head.in_all
    return Page(head.tickets, page, is_last), head.in_all


def queue(turn: Turn, department: str = "", which: Which = "all", page: int = 0) -> Page:
    """The queue of a department by its key, or of all of the actor's."""
    result = lists.queue(
        turn,
        gate.viewer(turn),
        queues(turn, department),
        which=which,
        most=PAGE + 1,
        skip=page * PAGE,
    )
    return _page(result, page)


def queue_length(turn: Turn, department: str = "", which: Which = "all") -> int:
    return lists.queue_length(turn, gate.viewer(turn), queues(turn, department), which=which)


def queues(turn: Turn, name: str) -> list[str]:
    """The departments that are meant by a key or a name, among those that the actor works in; all
    for none.
    """
    own_departments = gate.viewer(turn).departments
    ties: tuple[Tie, ...] = ("agent",) if own_departments else ()
    if not roles.may(turn, "queue", "see, export", *ties):
        raise NotAnAgent(command=turn.catalogue.commands.ticket)
    departments = [
        turn.catalogue.departments[key]
        for key in turn.catalogue.departments
        if key in own_departments
    ]
    wanted = name.strip().lower()
    if not wanted:
        return sorted(own_departments)
    meant = [each.key for each in departments if wanted in _names(each)]
    if not meant:
        existing = tuple(each.name.in_(turn.words.language) for each in departments)
        raise NoSuchDepartment(name=name, known=existing)
    return meant


def joinable(turn: Turn, ticket_id: int, text: str) -> list[Ticket]:
    """Open tickets that the actor works on and that a typed number or words mean; without the one
    in hand.
    """
    who = gate.viewer(turn)
    number = numbered(turn, text)
    exact = tickets.numbered(turn, who, number) if number else None
    if exact is None:
        return search.joinable(turn, who, text, but=ticket_id, most=20)
    is_joinable = exact.id != ticket_id and exact.is_open
    return [exact] if is_joinable and exact.department in who.departments else []


def names_a_department(turn: Turn, name: str) -> bool:
    """Whether nothing is named, or a department: *queue of the printer* is a request, and no
    queue.
    """
    wanted = name.strip().lower()
    return not wanted or any(wanted in _names(each) for each in turn.catalogue.departments.values())


def _names(department: Department) -> set[str]:
    name = department.name
    return {department.key, name.en.lower(), name.pl.lower(), name.hu.lower()}


def _page(result: list[Ticket], number: int) -> Page:
    return Page(result[:PAGE], number, is_last=len(result) <= PAGE)
