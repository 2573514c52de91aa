"""Tickets made at once, without a form: from an intake channel's messages, and from a message with
an emoji on it.
"""

from collections.abc import Sequence

from bot.kit.catalogue import IntakeChannel, RequestType
from handlers.people.service import roles as roles_of_people
from handlers.tickets.blocks.form import halves
from handlers.tickets.model import pleasantries
from handlers.tickets.service import followers, gate, proposals
from handlers.tickets.service.conversation import thread as conversation
from handlers.tickets.service.conversation.thread import Said
from handlers.tickets.service.submission import submit
from storage.people import people, roles
from storage.tickets import messages
from storage.tickets.tickets import Request, Ticket
from storage.turn import Turn


def channel_of(turn: Turn, channel: str) -> IntakeChannel | None:
    """The intake channel of the catalogue that this is, if it is one."""
    existing = turn.catalogue.intake_channels.values()
    ids = roles.channels_named(turn, [each.channel for each in existing])
    return next((each for each in existing if ids.get(each.channel) == channel), None)


def hear(turn: Turn, said: Said) -> bool:
    """A message at the top of a channel: in an intake channel a ticket, or more for the one that
    was just begun.
    """
    intake = channel_of(turn, said.channel)
    if intake is None or said.text.startswith(intake.opt_out) or _asks_nothing(said):
        return False
    begun = messages.begun_by(
        turn, turn.actor.id, said.channel, turn.now - turn.catalogue.tickets.burst
    )
    if begun:
        conversation.add_to_description(turn, begun, said)
        return True
    usual = turn.catalogue.request_types[intake.request_type]
    kind = proposals.proposed(turn, said.text) or usual
    _make(turn, kind, said, said.ts, turn.actor.id)
    return True


def pick(turn: Turn, said: Said, thread_ts: str, thread: Sequence[Said]) -> Ticket | None:
    """The message under an emoji becomes a ticket of whoever wrote it; who put the
    emoji follows.
    """
    if conversation.is_ticket_thread(turn, said.channel, thread_ts):
        return None
    requester = able_to_ask(turn, said.author) or turn.actor.id
    language = roles_of_people.words_for(turn, requester).language
    kind = proposals.proposed(turn, said.text, language) or _type_for(turn, said.channel)
    if kind is None:
        return None
    ticket = _make(turn, kind, said, thread_ts, requester)
    if not gate.is_from_private(turn, said.channel):
        conversation.take_over(turn, ticket, [each for each in thread if each.ts != said.ts])
    if requester != turn.actor.id:
        followers.begin(turn, ticket, [turn.actor.id])
    return ticket


def able_to_ask(turn: Turn, id: str) -> str | None:
    """The author of a message, where they may have tickets of their own."""
    author = people.person(turn, id)
    is_able = author is not None and not author.is_external and not author.is_bot
    return id if is_able else None


def _make(turn: Turn, kind: RequestType, said: Said, thread_ts: str, requester: str) -> Ticket:
    subject, text = halves(said.text or _names(said))
    return submit(
        turn,
        Request(
            origin=said.origin,
            request_type=kind.key,
            is_type_guessed=True,
            subject=subject,
            description=text,
            requester=requester,
            channel=said.channel,
            thread_ts=thread_ts,
            files=said.files,
        ),
    )


def _type_for(turn: Turn, channel: str) -> RequestType | None:
    """Where no words tell: the intake channel's type, else that of the department whose channel it
    is, else the one for all.
    """
    catalogue = turn.catalogue
    intake = channel_of(turn, channel)
    if intake:
        return catalogue.request_types[intake.request_type]
    ids = roles.channels_named(
        turn, [department.channel for department in catalogue.departments.values()]
    )
    for department in catalogue.departments.values():
        if ids.get(department.channel) == channel:
            return catalogue.default_type(department.key)
    return catalogue.request_types.get(catalogue.tickets.default_type or "")


def _asks_nothing(said: Said) -> bool:
    return not said.files and (not said.text or pleasantries.is_pleasantry(said.text))


def _names(said: Said) -> str:
    """A file that came without a word speaks by its name."""
    return ", ".join(str(file["name"]) for file in said.files)
