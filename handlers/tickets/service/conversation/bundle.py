"""A long thread that existed before its ticket: one text file for the agents, and the last replies
as messages.
"""

from collections.abc import Sequence
from datetime import timedelta

from bot.kit.words import Words
from handlers.people.service import roles
from handlers.tickets.service import cards, gate
from storage.documents import files
from storage.people import people
from storage.tickets import messages
from storage.tickets.messages import Message
from storage.tickets.tickets import Ticket
from storage.turn import Turn

MOST_ONE_BY_ONE = 20
LAST = 10  # of a longer thread, which are shown as messages


def divided(taken: Sequence[Message]) -> tuple[Sequence[Message], Sequence[Message]]:
    """What goes into the file, and what is shown message by message."""
    if len(taken) <= MOST_ONE_BY_ONE:
        return (), taken
    return taken[:-LAST], taken[-LAST:]


def bundle(turn: Turn, ticket: Ticket, earlier: Sequence[Message]) -> None:
    """One file with the earlier part of a thread, in the agents' thread."""
    if not earlier or cards.is_exposed(turn, ticket):
        return
    first, last = earlier[0].id, earlier[-1].id
    key = f"{_prefix(ticket)}{first}:{last}:{turn.now.isoformat()}"
    words = roles.words_of(turn, ticket.department)
    files.keep(turn, key, _text(turn, earlier, words).encode())
    sentence = words.mark_count(
        "The {n} earlier message of the thread",
        "The {n} earlier messages of the thread",
        len(earlier),
    )
    turn.send_file(
        cards.triage_place(turn, ticket),
        f"{gate.number(turn, ticket)}.txt",
        key,
        sentence,
        once=key,
        under=cards.under_triage(ticket),
        subject=ticket.key,
    )


def is_in(turn: Turn, ticket: Ticket, message: Message) -> bool:
    """Whether a message was told by the file alone."""
    return any(first <= message.id <= last for first, last in _standing(turn, ticket).values())


def renew(turn: Turn, ticket: Ticket, message: Message) -> None:
    """A message of it reads differently now, or is gone: so does the file."""
    for key, (first, last) in _standing(turn, ticket).items():
        if first <= message.id <= last:
            turn.withdraw(key)
            files.forget(turn, key, turn.now + timedelta(seconds=1))
            standing = messages.of(turn, ticket, notes=False)
            bundle(turn, ticket, [each for each in standing if first <= each.id <= last])


def _prefix(ticket: Ticket) -> str:
    return f"{ticket.key}:earlier:"


def _standing(turn: Turn, ticket: Ticket) -> dict[str, tuple[int, int]]:
    """The files that stand there, with the first and the last message in each."""
    standing = {}
    for key in messages.standing(turn, _prefix(ticket)):
        first, last, _ = key.removeprefix(_prefix(ticket)).split(":", 2)
        standing[key] = (int(first), int(last))
    return standing


def _text(turn: Turn, earlier: Sequence[Message], words: Words) -> str:
    names = people.names(turn, {message.author for message in earlier})
    lines = []
    for message in earlier:
        at = f"{words.date(message.at.date())} {message.at:%H:%M} UTC"
        lines.append(f"{at} · {names[message.author]}")
        if message.text:
            lines.append(message.text)
        for name in message.file_names:
            lines.append(words.say("File, not copied: {name}", name=name))
        lines.append("")
    return "\n".join(lines)
