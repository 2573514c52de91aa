"""The conversation: what is written in one thread of a ticket is mirrored into the other, with edits and deletions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handlers.people import roles
from handlers.tickets import pleasantries, speech, states
from handlers.tickets.blocks import notes
from handlers.tickets.service import cards, gate, telling
from storage import people, ticket_messages, tickets
from storage.ticket_messages import Message, Role, Side
from storage.tickets import Ticket
from storage.turn import Turn

NOTE_MARK = "//"


@dataclass(frozen=True)
class Said:
    """A message in Slack, its text as it reads."""

    channel: str
    ts: str
    text: str
    files: Sequence[Mapping[str, Any]] = ()

    @property
    def origin(self) -> str:
        return f"{self.channel}:{self.ts}"


def read(turn: Turn, text: str) -> str:
    """Slack's text as a person reads it, with the names of those it mentions."""
    known = people.persons(turn, speech.mentioned(text))
    return speech.plain(text, {id: person.name for id, person in known.items()})


def hear(turn: Turn, thread_ts: str, said: Said) -> bool:
    """Take in what the actor wrote in a thread; false when the thread is no ticket's."""
    found = ticket_messages.thread_of(turn, said.channel, thread_ts)
    if found is None:
        return False
    id, side = found
    ticket = tickets.of_system(turn, id)
    message = ticket_messages.add(
        turn,
        ticket,
        origin=said.origin,
        role=_role(turn, ticket, side, said.text),
        side=side,
        author=turn.actor.id,
        text=said.text,
        files=said.files,
    )
    if message:
        turn.record(f"ticket.{'noted' if message.role == 'note' else 'replied'}", ticket.key, message=message.id)
        _pass_on(turn, ticket, message)
    return True


def hear_edit(turn: Turn, said: Said) -> bool:
    """What was written reads differently now; false when it is no ticket's."""
    message = ticket_messages.written_as(turn, said.origin)
    if message is None:
        return False
    if message.text == said.text or message.is_deleted:
        return True
    ticket = tickets.of_system(turn, message.ticket)
    role = message.role if message.role == "description" else _role(turn, ticket, message.side, said.text)
    message = ticket_messages.edit(turn, message, said.text, role)
    turn.record("ticket.message_edited", ticket.key, message=message.id)
    if role == "description":
        cards.refresh(turn, tickets.change(turn, ticket, description=said.text))
    else:
        mirror(turn, ticket, message)
    return True


def hear_deletion(turn: Turn, channel: str, ts: str) -> bool:
    """What was written is gone; false when it was no ticket's. A ticket outlives the message that made it."""
    message = ticket_messages.written_as(turn, f"{channel}:{ts}")
    if message is None:
        return False
    if message.role != "description" and not message.is_deleted:
        ticket_messages.delete(turn, message)
        turn.record("ticket.message_deleted", f"ticket:{message.ticket}", message=message.id)
        turn.withdraw(message.key)
    return True


def mirror(turn: Turn, ticket: Ticket, message: Message) -> None:
    """Show a reply on the other side; a note, or what became one, is taken from there."""
    if message.role == "note":
        turn.withdraw(message.key)
        return
    to_requester = message.side == "triage"
    words = cards.requesters_words(turn, ticket) if to_requester else roles.words_of(turn, ticket.department)
    reader = telling.called(turn, ticket.requester if to_requester else ticket.assignee)
    author = people.person(turn, message.author)
    look = notes.mirrored(
        author.name if author else message.author,
        speech.shown(message.text),
        reader,
        words,
        edited=message.edited_at is not None,
    )
    place = (ticket.channel or ticket.requester) if to_requester else cards.triage_place(turn, ticket)
    under = cards.under_requester(ticket) if to_requester else cards.under_triage(ticket)
    turn.show(message.key, place, look.text, look.blocks, under=under, subject=ticket.key)


def _role(turn: Turn, ticket: Ticket, side: Side, text: str) -> Role:
    """Agents' words are notes when they are marked so; of others in the triage channel they stay there."""
    if side == "triage" and (text.startswith(NOTE_MARK) or not roles.is_agent(turn, ticket.department)):
        return "note"
    return "reply"


def _pass_on(turn: Turn, ticket: Ticket, message: Message) -> None:
    if message.role == "note":
        return
    mirror(turn, ticket, message)
    if message.side == "triage" and ticket.answered_at is None:
        cards.refresh(turn, tickets.change(turn, ticket, answered_at=turn.now))
    elif message.side == "requester":
        _requester_spoke(turn, ticket, message.text)


def _requester_spoke(turn: Turn, ticket: Ticket, text: str) -> None:
    """An answer that was waited for ends the wait; a reply to a resolved ticket, unless a mere thanks, reopens it."""
    if ticket.state == "waiting" and ticket.waiting_for == "requester":
        state = states.after("answer", ticket, gate.number(turn, ticket))
        ticket = tickets.change(turn, ticket, state=state, waiting_for=None)
        turn.record("ticket.answered", ticket.key)
        cards.refresh(turn, ticket)
    elif ticket.state == "resolved" and not pleasantries.is_pleasantry(text):
        state = states.after("reopen", ticket, gate.number(turn, ticket))
        ticket = tickets.change(turn, ticket, state=state, resolved_at=None)
        turn.record("ticket.reopened", ticket.key)
        cards.refresh(turn, ticket)
