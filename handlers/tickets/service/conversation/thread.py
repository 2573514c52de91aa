"""The conversation: what people write in a ticket's threads, edit, delete, or send by a form."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from handlers.people.service import roles
from handlers.tickets.blocks.form import MOST_OF_A_SUBJECT, halves
from handlers.tickets.model import message_text, styled_text
from handlers.tickets.service.conversation import bundle, mirror, note_marks, reopening
from handlers.tickets.service.follow_up import settle
from handlers.tickets.service.lists import search
from handlers.tickets.service.work import approval
from storage import outbox_places
from storage.people import people
from storage.people import roles as channels
from storage.tickets import messages, tickets
from storage.tickets.messages import Message, Role, Side
from storage.tickets.tickets import Ticket
from storage.turn import Turn

NOTE_MARK = "//"


@dataclass(frozen=True)
class Said:
    """A message in Slack, its text as it reads."""

    channel: str
    ts: str
    text: str
    files: Sequence[Mapping[str, Any]] = ()
    author: str = ""
    styled: str | None = None  # with its formatting, where it has any
    part: str = ""  # the file, where those of one message are asked about one by one
    above: str = ""  # the thread that it stands in; '' at the top

    @property
    def message(self) -> str:
        return f"{self.channel}:{self.ts}"

    @property
    def origin(self) -> str:
        return f"{self.message}:{self.part}" if self.part else self.message


def read(turn: Turn, text: str) -> str:
    """Slack's text as a person reads it, with the names of those it mentions."""
    return message_text.plain(text, _names(turn, text))


def styled(turn: Turn, text: str) -> str | None:
    """The same with its formatting; None where it has none."""
    return styled_text.formatted(text, _names(turn, text))


def _names(turn: Turn, text: str) -> dict[str, str]:
    """The names of the people, and of the public channels, that a text speaks of, where Slack gives
    their ids alone.
    """
    existing = people.persons(turn, message_text.mentioned(text))
    ids = message_text.mentioned(text, "#")
    named = channels.names(turn, ids) if ids else {}
    return {**{id: person.name for id, person in existing.items()}, **named}


def known_people(turn: Turn, ids: Iterable[str]) -> set[str]:
    """Those of the ids that are people of the workspace."""
    return set(people.persons(turn, ids))


def is_ours(turn: Turn, channel: str, ts: str) -> bool:
    """Whether the bot itself posted what stands there."""
    return outbox_places.is_known(turn.db, turn.workspace, channel, ts)


def is_ticket_thread(turn: Turn, channel: str, thread_ts: str) -> bool:
    """Whether what is written there belongs to a ticket already."""
    return messages.thread_of(turn, channel, thread_ts) is not None


def hear(turn: Turn, thread_ts: str, said: Said) -> Role | None:
    """Take in what the actor wrote in a thread, and say as what; None when the thread is no
    ticket's.
    """
    result = messages.thread_of(turn, said.channel, thread_ts)
    if result is None:
        return None
    id, side = result
    return hear_of(turn, tickets.of_system(turn, id), side, said)


def hear_of(turn: Turn, ticket: Ticket, side: Side, said: Said) -> Role:
    """What was written in a ticket's thread reaches whoever it is for: agents of a merged ticket
    speak to its own requester, everybody else goes on where the ticket does.
    """
    live = _continued(turn, ticket)
    is_apart = side == "triage" and live.id != ticket.id
    addressed = ticket if is_apart and ticket.state == "merged" else live
    role = _role(turn, addressed, side, said.text)
    message, _ = _take_in(turn, addressed, side, said, role)
    if message and role == "note":
        note_marks.renew(turn, message)
    if message and is_apart:
        mirror.show_where_it_goes_on(turn, addressed, live, message)
    return role


def write(
    turn: Turn,
    ticket: Ticket,
    side: Side,
    origin: str,
    text: str,
    files: Sequence[Mapping[str, Any]] = (),
    *,
    note: bool = False,
) -> Ticket:
    """What the actor wrote in a form: it stands on both sides; an internal note on the agents'
    alone.
    """
    channel, _, ts = origin.partition(":")
    said = Said(channel, ts, text.strip(), files)
    message, ticket = _take_in(turn, ticket, side, said, "note" if note else "reply")
    if message:
        mirror.show_own_side(turn, ticket, message)
    return ticket


def write_files(
    turn: Turn, ticket: Ticket, origin: str, files: Sequence[Mapping[str, Any]]
) -> None:
    """Files that came with a form reach the agents."""
    if files:
        message = messages.add(
            turn,
            ticket,
            origin=origin,
            role="reply",
            side="requester",
            author=turn.actor.id,
            text="",
            files=files,
        )
        if message:
            turn.record("ticket.replied", ticket.key, message=message.id)
            mirror.mirror(turn, ticket, message)


def hear_edit(turn: Turn, said: Said) -> bool:
    """What was written reads differently now; false when it is no ticket's."""
    message = messages.written_as(turn, said.origin)
    if message is None:
        return False
    files = _files_now(message, said)
    if message.is_deleted or (message.text, list(message.files)) == (said.text, files):
        return True
    ticket = tickets.of_system(turn, message.ticket)
    told = _told(turn, ticket)
    before, role = message.role, _role_now(turn, ticket, message, said.text)
    message = messages.edit(turn, message, said.text, role, files, said.styled)
    if role != before:
        note_marks.renew(turn, message)
    turn.record("ticket.message_edited", ticket.key, message=message.id)
    mirror.take_back_files(turn, message)
    if bundle.is_in(turn, ticket, message):
        bundle.renew(turn, ticket, message)
    elif role != "description" or not _describe_anew(turn, ticket, told):
        mirror.mirror(turn, ticket, message)
    _show_apart(turn, ticket, message)
    search.index(turn, tickets.of_system(turn, ticket.id))
    return True


def hear_deletion(turn: Turn, channel: str, ts: str) -> bool:
    """What was written is gone; false when it was no ticket's. A ticket outlives the message that
    made it, without its words.
    """
    message = messages.written_as(turn, f"{channel}:{ts}")
    if message is None:
        return False
    ticket = tickets.of_system(turn, message.ticket)
    if message.is_deleted:
        return True
    told = _told(turn, ticket)
    messages.delete(turn, message)
    turn.record("ticket.message_deleted", ticket.key, message=message.id)
    mirror.take_back(turn, message)
    bundle.renew(turn, ticket, message)
    if message.role == "description":
        _describe_anew(turn, ticket, told)
    search.index(turn, tickets.of_system(turn, ticket.id))
    return True


def add_to_description(turn: Turn, ticket: Ticket, said: Said) -> None:
    """What somebody wrote in the same breath belongs to what they asked."""
    told = _told(turn, ticket)
    message = messages.add(
        turn,
        ticket,
        origin=said.origin,
        role="description",
        side="requester",
        author=turn.actor.id,
        text=said.text,
        files=said.files,
        styled=said.styled,
    )
    if message is None:
        return
    turn.record("ticket.described", ticket.key, message=message.id)
    if _describe_anew(turn, ticket, told):
        mirror.carry_files(turn, message)
    else:
        mirror.mirror(turn, ticket, message)
    search.index(turn, tickets.of_system(turn, ticket.id))


def take_over(turn: Turn, ticket: Ticket, thread: Iterable[Said]) -> None:
    """What was said before there was a ticket is shown to the agents, in its order; of a long
    thread the earlier part as one file.
    """
    taken = []
    for said in thread:
        message = messages.add(
            turn,
            ticket,
            origin=said.origin,
            role="reply",
            side="requester",
            author=said.author,
            text=said.text,
            files=said.files,
            at=datetime.fromtimestamp(float(said.ts), UTC),
            styled=said.styled,
        )
        if message:
            turn.record("ticket.thread_taken_over", ticket.key, message=message.id)
            taken.append(message)
    earlier, last = bundle.divided(taken)
    bundle.bundle(turn, ticket, earlier)
    for message in last:
        mirror.mirror(turn, ticket, message)
    search.index(turn, ticket)


def _told(turn: Turn, ticket: Ticket) -> str:
    """What the messages that made the ticket say together."""
    return "\n".join(
        message.text for message in messages.descriptions(turn, ticket) if message.text
    )


def _describe_anew(turn: Turn, ticket: Ticket, text: str) -> bool:
    """Title and description are what its messages say now, the title while nobody has changed it;
    false where the description is more than they said: it was filled in since.
    """
    if ticket.description not in (text, ""):
        return False
    changed = {"description": _told(turn, ticket)}
    if ticket.subject == titled(text):
        changed["subject"] = titled(changed["description"]) or _taken_back(turn, ticket)
    settle(turn, approval.look_anew(turn, ticket, tickets.change(turn, ticket, **changed)))
    return True


def titled(text: str) -> str:
    """The title that a text gives its ticket."""
    return " ".join(halves(text)[0].split())[:MOST_OF_A_SUBJECT]


def _taken_back(turn: Turn, ticket: Ticket) -> str:
    """What a ticket is called whose words were taken back."""
    return roles.words_of(turn, ticket.department).say("(the message was deleted)")


def _continued(turn: Turn, ticket: Ticket) -> Ticket:
    """Where the conversation goes on: in the ticket it was merged into, or that followed it."""
    while ticket.state == "merged" and ticket.linked_to:
        ticket = tickets.of_system(turn, ticket.linked_to)
    return (None if ticket.is_open else tickets.successor(turn, ticket)) or ticket


def _show_apart(turn: Turn, ticket: Ticket, message: Message) -> None:
    """The copy for the agents where it goes on follows an edit."""
    if message.side == "triage" and f"{message.key}:agents" in messages.shown_as(turn, message.key):
        mirror.show_where_it_goes_on(turn, ticket, _continued(turn, ticket), message)


def _role(turn: Turn, ticket: Ticket, side: Side, text: str) -> Role:
    """Agents' words are notes when they are marked so; of others in the triage channel they stay
    there.
    """
    if side == "triage" and (
        text.startswith(NOTE_MARK) or not roles.is_agent(turn, ticket.department)
    ):
        return "note"
    return "reply"


def _role_now(turn: Turn, ticket: Ticket, message: Message, text: str) -> Role:
    """After an edit. A reply stays one though its author works there no more; the mark alone makes
    it a note.
    """
    if message.role == "description" or (
        message.role == "reply" and not text.startswith(NOTE_MARK)
    ):
        return message.role
    return _role(turn, ticket, message.side, text)


def _files_now(message: Message, said: Said) -> list[Mapping[str, Any]]:
    """What it brought before, some of it taken out perhaps, and what is new; each keeps
    its place.
    """
    there = {file["id"] for file in said.files}
    before = {file["id"] for file in message.files}
    kept = [file if file["id"] in there else {**file, "is_removed": True} for file in message.files]
    return [*kept, *(file for file in said.files if file["id"] not in before)]


def _take_in(
    turn: Turn,
    ticket: Ticket,
    side: Side,
    said: Said,
    role: Role,
) -> tuple[Message | None, Ticket]:
    """Note it, mirror it, and let the ticket follow; no message when it is known already."""
    message = messages.add(
        turn,
        ticket,
        origin=said.origin,
        role=role,
        side=side,
        author=turn.actor.id,
        text=said.text,
        files=said.files,
        styled=said.styled,
    )
    if message is None:
        return None, ticket
    turn.record(
        f"ticket.{'noted' if role == 'note' else 'replied'}", ticket.key, message=message.id
    )
    search.index(turn, ticket)
    if role == "note":
        return message, ticket
    mirror.mirror(turn, ticket, message)
    for_agents = side == "triage" or _is_agent_only(turn, ticket)
    follow = reopening.agent_spoke if for_agents else reopening.requester_spoke
    return message, follow(turn, ticket, message)


def _is_agent_only(turn: Turn, ticket: Ticket) -> bool:
    """An agent answers in the requester's own thread as well, where both read."""
    return turn.actor.id not in (ticket.requester, ticket.author) and roles.is_agent(
        turn, ticket.department
    )
