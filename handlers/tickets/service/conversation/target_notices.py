"""Promises that are near or missed, told to whoever can still do something about them: all of one
look in one message to each.
"""

from collections.abc import Callable, Mapping, Sequence

from bot.kit import block_kit
from bot.kit.block_kit import Block
from bot.kit.words import N_, Words
from handlers.people.service import absences, roles
from handlers.tickets.blocks import lists
from handlers.tickets.service import gate
from handlers.tickets.service.conversation import notifications
from storage.tickets import tickets
from storage.tickets.deadlines import Deadline, Kind
from storage.tickets.tickets import Ticket
from storage.turn import Turn

Due = tuple[Ticket, Deadline]

_MOST_ROWS = 40  # of a message's 50 blocks
_NEAR: Mapping[Kind, str] = {
    "first_response": N_(":alarm_clock: {number} · {subject}: somebody should answer by {when}."),
    "resolution": N_(":alarm_clock: {number} · {subject}: it should be resolved by {when}."),
}
_MISSED: Mapping[Kind, str] = {
    "first_response": N_(":rotating_light: {number} · {subject} was not answered by {when}."),
    "resolution": N_(":rotating_light: {number} · {subject} was not resolved by {when}."),
}


def near(turn: Turn, due: Sequence[Due]) -> None:
    """Each assignee is warned, and all agents of what nobody has."""
    heading = N_(":alarm_clock: Promises that are near: {n}")
    _tell(turn, due, _NEAR, heading, lambda ticket: ticket.assignee)


def missed(turn: Turn, due: Sequence[Due]) -> None:
    """Each lead hears of theirs, or who stands in for them; all agents where the department has
    none.
    """
    heading = N_(":rotating_light: Promises that were missed: {n}")
    _tell(turn, due, _MISSED, heading, lambda ticket: _lead(turn, ticket))


def _lead(turn: Turn, ticket: Ticket) -> str | None:
    lead = roles.lead_of(turn, ticket.department)
    if lead is None:
        return None
    lead = absences.stand_in(turn, ticket.department, lead) or lead
    tickets.add_participant(turn, ticket, lead.id, "lead")
    return lead.id


def _tell(
    turn: Turn,
    due: Sequence[Due],
    sentences: Mapping[Kind, str],
    heading: str,
    reader_of: Callable[[Ticket], str | None],
) -> None:
    to_each: dict[str, list[Due]] = {}
    for ticket, deadline in due:
        reader = reader_of(ticket)
        if reader is None:
            _tell_agents(turn, ticket, deadline, sentences[deadline.kind])
        else:
            to_each.setdefault(reader, []).append((ticket, deadline))
    for reader, theirs in to_each.items():
        _tell_in_person(turn, reader, theirs, sentences, heading)


def _tell_agents(turn: Turn, ticket: Ticket, deadline: Deadline, sentence: str) -> None:
    words = roles.words_of(turn, ticket.department)
    text = words.mark(sentence, **_facts(turn, ticket, deadline, words))
    notifications.tell_agents(turn, ticket, f"{deadline.kind}:{turn.now.isoformat()}", text)


def _tell_in_person(
    turn: Turn, reader: str, due: Sequence[Due], sentences: Mapping[Kind, str], heading: str
) -> None:
    """A promise is the message itself; several are its rows."""
    words = roles.words_for(turn, reader)
    rows: list[Block] = []
    for ticket, deadline in due[:_MOST_ROWS]:
        sentence = words.mark(sentences[deadline.kind], **_facts(turn, ticket, deadline, words))
        rows += lists.told(sentence, ticket.id, words)
    first, deadline = due[0]
    once = f"{first.key}:target:{deadline.kind}:{reader}:{turn.now.isoformat()}"
    if len(due) == 1:
        turn.tell(reader, sentence, rows, once=once, subject=first.key)
        return
    if len(due) > _MOST_ROWS:
        rows.append(block_kit.context(words.mark("… and more, in the queue.")))
    head = words.mark(heading, n=len(due))
    turn.tell(reader, head, [block_kit.section(head), *rows], once=once)


def _facts(turn: Turn, ticket: Ticket, deadline: Deadline, words: Words) -> dict[str, object]:
    return {
        "number": gate.number(turn, ticket),
        "subject": ticket.subject,
        "when": notifications.when(deadline.due_at, words),
    }
