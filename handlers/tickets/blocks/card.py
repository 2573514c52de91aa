"""The two living cards of a ticket: the agents' and the requester's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.kit import looks, markup
from bot.kit.catalogue import Priority
from bot.kit.markup import Mrkdwn
from bot.kit.words import N_, Words
from storage.tickets import State, Ticket, Wait

TAKE = "tickets.take"
REPLY = "tickets.reply"
RESOLVE = "tickets.resolve"
MORE = "tickets.more"
ADD = "tickets.add"
CLOSE = "tickets.close"
REOPEN = "tickets.reopen"

_MOST_OF_A_TEXT = 1500

_SIGNS: Mapping[State, str] = {
    "new": ":large_blue_circle:",
    "in_progress": ":large_yellow_circle:",
    "waiting": ":hourglass_flowing_sand:",
    "resolved": ":white_check_mark:",
    "closed": ":heavy_check_mark:",
    "cancelled": ":no_entry_sign:",
    "merged": ":twisted_rightwards_arrows:",
}
_STATES: Mapping[State, str] = {
    "new": N_("New"),
    "in_progress": N_("In progress"),
    "waiting": N_("Waiting"),
    "resolved": N_("Resolved"),
    "closed": N_("Closed"),
    "cancelled": N_("Cancelled"),
    "merged": N_("Merged"),
}
_WAITS: Mapping[Wait, str] = {
    "requester": N_("Waiting for the requester"),
    "third_party": N_("Waiting for somebody outside"),
    "approval": N_("Waiting for approval"),
}
PRIORITY_NAMES: Mapping[Priority, str] = {
    "low": N_("Low priority"),
    "normal": N_("Normal priority"),
    "high": N_("High priority"),
    "urgent": N_("Urgent"),
}
_PRIORITY_SIGNS: Mapping[Priority, str] = {
    "low": "",
    "normal": "",
    "high": ":large_orange_circle: ",
    "urgent": ":red_circle: ",
}


@dataclass(frozen=True)
class Card:
    """A message: its text for notifications and screen readers, and its blocks."""

    text: str
    blocks: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Look:
    """A ticket with every name looked up, in the language of who will read it."""

    ticket: Ticket
    number: str
    request_type: str
    department: str
    requester: str
    assignee: str | None = None
    fields: tuple[tuple[str, object], ...] = ()


def triage(look: Look, words: Words) -> Card:
    """The card in the department's channel."""
    ticket = look.ticket
    blocks = [
        looks.section(title(look)),
        looks.context(
            _state(look, words), _whose(look, words), _what(look, words), looks.moment(ticket.created_at, "")
        ),
        *_description(look),
        *_fields(look),
        *_buttons(_agents_buttons(ticket, words)),
    ]
    return Card(f"{look.number} {ticket.subject}", blocks)


def requester(look: Look, words: Words) -> Card:
    """The card in the requester's thread or direct message."""
    ticket = look.ticket
    own_words = [] if ticket.channel else _description(look)
    blocks = [
        looks.section(title(look)),
        looks.context(_progress(look, words), f"{look.department} · {look.request_type}"),
        *own_words,
        *_fields(look),
        *_buttons(_requesters_buttons(ticket, words)),
    ]
    return Card(f"{look.number} {ticket.subject}", blocks)


def moved(number: str, department: str, words: Words) -> Card:
    """What is left of a card in a channel that its ticket has left."""
    text = words.say("{number} went to {department}.", number=number, department=department)
    return Card(text, [looks.context(text)])


def title(look: Look) -> Mrkdwn:
    sign = _PRIORITY_SIGNS[look.ticket.priority]
    lock = ":lock: " if look.ticket.is_private else ""
    return Mrkdwn(f"{sign}{lock}*{look.number}* · {markup.escape(look.ticket.subject)}")


def state_line(ticket: Ticket, words: Words) -> Mrkdwn:
    """``:hourglass: Waiting for the requester``."""
    name = _WAITS[ticket.waiting_for] if ticket.state == "waiting" and ticket.waiting_for else _STATES[ticket.state]
    return Mrkdwn(f"{_SIGNS[ticket.state]} {words.say(name)}")


def _state(look: Look, words: Words) -> Mrkdwn:
    who = markup.person(look.ticket.assignee) if look.ticket.assignee else words.mark("nobody yet")
    return Mrkdwn(f"{state_line(look.ticket, words)} · {who}")


def _whose(look: Look, words: Words) -> Mrkdwn:
    return words.mark("asked by {requester}", requester=look.requester)


def _what(look: Look, words: Words) -> str:
    ticket = look.ticket
    return f"{look.request_type} · {words.say(PRIORITY_NAMES[ticket.priority])}"


def _progress(look: Look, words: Words) -> Mrkdwn:
    """How it stands, in a sentence for the one who waits for it."""
    ticket = look.ticket
    sign = _SIGNS[ticket.state]
    match ticket.state:
        case "new":
            sentence = words.mark("{department} has it; nobody has taken it yet.", department=look.department)
        case "in_progress":
            sentence = words.mark("{agent} is working on it.", agent=look.assignee or look.department)
        case "waiting" if ticket.waiting_for == "requester":
            sentence = words.mark("{agent} is waiting for your answer.", agent=look.assignee or look.department)
        case "waiting":
            return state_line(ticket, words)
        case "resolved":
            sentence = words.mark("{agent} resolved it. Is everything fine?", agent=look.assignee or look.department)
        case _:
            return state_line(ticket, words)
    return Mrkdwn(f"{sign} {sentence}")


def _description(look: Look) -> list[looks.Block]:
    text = look.ticket.description
    return [looks.section(looks.cut(text, _MOST_OF_A_TEXT))] if text and text != look.ticket.subject else []


def _fields(look: Look) -> list[looks.Block]:
    filled = [(label, value) for label, value in look.fields if value not in ("", None)]
    return [looks.facts(filled[start : start + 10]) for start in range(0, len(filled), 10)]


def _agents_buttons(ticket: Ticket, words: Words) -> list[looks.Element]:
    if not ticket.is_open:
        return []
    value = str(ticket.id)
    take = [] if ticket.assignee else [looks.button(words.say("Take"), TAKE, value, "primary")]
    return [*take, looks.button(words.say("Resolve"), RESOLVE, value)]


def _requesters_buttons(ticket: Ticket, words: Words) -> list[looks.Element]:
    return []


def _buttons(elements: list[looks.Element]) -> list[looks.Block]:
    return [looks.actions(*elements)] if elements else []
