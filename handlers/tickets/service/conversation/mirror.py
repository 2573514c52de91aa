"""Shows what was written on one side of a ticket on the other, files too, and takes it
back again.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.kit.markup import Mrkdwn, escape
from bot.kit.words import Words
from handlers.people.service import roles
from handlers.tickets.blocks import notes
from handlers.tickets.blocks.card import Card
from handlers.tickets.model import message_text
from handlers.tickets.service import cards, requesters
from handlers.tickets.service.conversation import notifications
from storage.documents import files
from storage.outbox import Under
from storage.people import people
from storage.tickets import messages, tickets
from storage.tickets.messages import Message
from storage.tickets.tickets import Ticket
from storage.turn import Turn

CARRY_FILE = "tickets.carry_file"


def mirror(turn: Turn, ticket: Ticket, message: Message) -> None:
    """Show a reply on the other side; a note, or what became one, is taken from there."""
    if message.role == "note":
        take_back(turn, message)
        return
    to_requester = message.side == "triage"
    if to_requester and ticket.channel is None and message.author == ticket.requester:
        return  # an agent's own ticket: nobody is written to about what they wrote themselves
    if not to_requester and cards.is_exposed(turn, ticket):
        return
    comes_as_a_file = any(file.get("url_private") for file in message.attached.values())
    if message.text or message.edited_at or not comes_as_a_file:
        looks = _looks(turn, ticket, message, to_requester=to_requester)
        _show(turn, ticket, message.key, looks, to_requester=to_requester, of=message)
        for other in requesters.also(turn, ticket) if to_requester else ():
            copies = _looks(turn, other, message, to_requester=True)
            _show(turn, other, _copy(message.key, other), copies, to_requester=True, of=message)
    carry_files(turn, message)


def show_where_it_goes_on(turn: Turn, ticket: Ticket, live: Ticket, message: Message) -> None:
    """What an agent wrote beneath a ticket that goes on in another stands in the live one's thread
    too, for those who work there.
    """
    if cards.is_exposed(turn, live):
        return
    author, person = people.person(turn, message.author), people.person(turn, ticket.requester)
    name = author.name if author else message.author
    words, to = roles.words_of(turn, live.department), f" → {person.name}" if person else ""
    pieces = message_text.shown(message.text, styled=message.styled)
    looks = notes.mirrored(f"{name}{to}", pieces, None, words)
    _show(turn, live, f"{message.key}:agents", looks, to_requester=False, of=message)


def show_own_side(turn: Turn, ticket: Ticket, message: Message) -> None:
    """What was written in a form stands in the writer's own thread too, for those who
    read there.
    """
    to_requester = message.side == "requester"
    if not to_requester and cards.is_exposed(turn, ticket):
        return
    looks = _looks(turn, ticket, message, to_requester=to_requester, calling=False)
    _show(turn, ticket, f"{message.key}:own", looks, to_requester=to_requester, of=message)


def take_back(turn: Turn, message: Message) -> None:
    """The other side, and whoever else read it, shall not see it any more."""
    for key in messages.shown_as(turn, message.key):
        turn.withdraw(key)


def take_back_files(turn: Turn, message: Message) -> None:
    """Files that were taken out of a message leave the other side too."""
    for place in range(len(message.files)):
        if place not in message.attached:
            for key in messages.shown_as(turn, _file_key(message, place)):
                turn.withdraw(key)


def carry_files(turn: Turn, message: Message) -> None:
    """Fetch each file of a message from Slack, to be put beneath its mirror; of one of which Slack
    does not tell where it lies, it is said that there is one.
    """
    for place, file in message.attached.items():
        payload: dict[str, Any] = {"message": message.id, "place": place}
        if file.get("url_private"):
            key = _file_key(message, place)
            turn.task(CARRY_FILE, key, url=file["url_private"], **payload)
        else:
            miss_file(turn, payload)


def carry_into(turn: Turn, ticket: Ticket, target: Ticket) -> None:
    """The files of a merged ticket come to the agents of the one in which it goes on."""
    for message in messages.of(turn, ticket, notes=True):
        for place, file in message.attached.items():
            if file.get("url_private"):
                turn.task(
                    CARRY_FILE,
                    _file_key(message, place, target.id),
                    message=message.id,
                    place=place,
                    url=file["url_private"],
                    into=target.id,
                )


def put_file(turn: Turn, payload: Mapping[str, Any], content: bytes) -> None:
    """A file is here: it goes to the other side, or to where its ticket was merged into, unless its
    message was deleted meanwhile.
    """
    message, into = messages.numbered(turn, payload["message"]), payload.get("into")
    is_kept_back = message.role == "note" and into is None
    if message.is_deleted or is_kept_back or payload["place"] not in message.attached:
        return
    ticket = tickets.of_system(turn, into or message.ticket)
    to_requester = message.side == "triage" and into is None
    if not to_requester and cards.is_exposed(turn, ticket):
        return
    key = _file_key(message, payload["place"], into)
    name = str(message.files[payload["place"]]["name"])
    files.keep(turn, key, content)
    to, under = _place(turn, ticket, to_requester=to_requester)
    beside = _beside_a_file(turn, ticket, message, name, to_requester=to_requester)
    turn.send_file(to, name, key, beside, once=key, under=under, subject=ticket.key)
    for other in requesters.also(turn, ticket) if to_requester else ():
        to, under = _place(turn, other, to_requester=True)
        once = _copy(key, other)
        beside = _beside_a_file(turn, other, message, name, to_requester=True)
        turn.send_file(to, name, key, beside, once=once, under=under, subject=other.key)


def miss_file(turn: Turn, payload: Mapping[str, Any]) -> None:
    """A file could not be fetched: the other side is told that there is one."""
    message, into = messages.numbered(turn, payload["message"]), payload.get("into")
    ticket = tickets.of_system(turn, into or message.ticket)
    to_requester = message.side == "triage" and into is None
    if not to_requester and cards.is_exposed(turn, ticket):
        return
    words = _words(turn, ticket, to_requester=to_requester)
    name = str(message.files[payload["place"]]["name"])
    sentence = words.mark(
        "There is a file, {name}, that I could not bring here. Please ask for it.", name=name
    )
    to, under = _place(turn, ticket, to_requester=to_requester)
    look = notes.told(sentence)
    once = f"{_file_key(message, payload['place'], into)}:missed"
    turn.tell(to, look.text, look.blocks, once=once, under=under, subject=ticket.key)


def _beside_a_file(
    turn: Turn, ticket: Ticket, message: Message, name: str, *, to_requester: bool
) -> Mrkdwn:
    """Its name beneath the words that it came with; whose it is where it came without any."""
    if message.text or message.role == "description":
        return escape(name)
    author = people.person(turn, message.author)
    reader = ticket.requester if to_requester else ticket.assignee
    called = reader if reader != message.author else None
    return notes.author_of_files(author.name if author else message.author, called)


def _looks(
    turn: Turn, ticket: Ticket, message: Message, *, to_requester: bool, calling: bool = True
) -> list[Card]:
    author = people.person(turn, message.author)
    reader = (
        notifications.called(turn, ticket.requester if to_requester else ticket.assignee)
        if calling
        else None
    )
    return notes.mirrored(
        author.name if author else message.author,
        message_text.shown(message.text, styled=message.styled),
        reader,
        _words(turn, ticket, to_requester=to_requester),
        edited=message.edited_at is not None,
    )


def _words(turn: Turn, ticket: Ticket, *, to_requester: bool) -> Words:
    return (
        cards.requesters_words(turn, ticket)
        if to_requester
        else roles.words_of(turn, ticket.department)
    )


def _show(
    turn: Turn,
    ticket: Ticket,
    key: str,
    looks: Sequence[Card],
    *,
    to_requester: bool,
    of: Message,
) -> None:
    """One message, and where a text is long as many as it takes; what a correction leaves over
    goes.
    """
    to, under = _place(turn, ticket, to_requester=to_requester)
    person = people.person(turn, of.author) if turn.catalogue.tickets.as_authors else None
    keys = [key, *(f"{key}:part:{count}" for count in range(2, len(looks) + 1))]
    for name, look in zip(keys, looks, strict=True):
        turn.show(name, to, look.text, look.blocks, under=under, subject=ticket.key, author=person)
    for name in messages.shown_as(turn, f"{key}:part"):
        if name not in keys:
            turn.withdraw(name)


def _place(turn: Turn, ticket: Ticket, *, to_requester: bool) -> tuple[str, Under]:
    if to_requester:
        return ticket.channel or ticket.requester, cards.under_requester(ticket)
    return cards.triage_place(turn, ticket), cards.under_triage(ticket)


def _copy(key: str, other: Ticket) -> str:
    """What a message is called where the requester of a merged ticket reads it."""
    return f"{key}:to:{other.id}"


def _file_key(message: Message, place: int, into: int | None = None) -> str:
    """What a file is called on the other side, or in the ticket ``into`` which its own merged."""
    key = f"{message.key}:file:{place}"
    return f"{key}:into:{into}" if into else key
