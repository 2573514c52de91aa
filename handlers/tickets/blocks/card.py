"""The living cards of a ticket: the agents', the requester's, a follower's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.kit import block_kit, markup
from bot.kit.catalogue import Priority
from bot.kit.markup import Mrkdwn
from bot.kit.words import N_, Words
from handlers.tickets.blocks import stars
from storage.tickets.deadlines import Promise
from storage.tickets.tickets import State, Ticket, Wait

TAKE = "tickets.take"
ANSWER = "tickets.answer"
RESOLVE = "tickets.resolve"
OPEN = "tickets.open"
ADD = "tickets.add"
COMPLETE = "tickets.complete"
NUDGE = "tickets.nudge"
CLOSE = "tickets.close"
REOPEN = "tickets.reopen"
CHOOSE_TYPE = "tickets.choose_type"

_MOST_OF_A_TEXT = 1500
# of all values together: escaped they still fit into a message beside the text
_MOST_OF_FACTS = 2500

_SIGNS: Mapping[State, str] = {
    "new": ":large_blue_circle:",
    "in_progress": ":large_yellow_circle:",
    "waiting": ":hourglass_flowing_sand:",
    "resolved": ":white_check_mark:",
    "closed": ":heavy_check_mark:",
    "cancelled": ":no_entry_sign:",
    "merged": ":twisted_rightwards_arrows:",
}
STATES: Mapping[State, str] = {
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
# Coming, and missed.
_ANSWER = (N_("answer by {when}"), N_(":rotating_light: missed: answer by {when}"))
_RESOLVE = (N_("resolve by {when}"), N_(":rotating_light: missed: resolve by {when}"))


@dataclass(frozen=True)
class Card:
    """A message: its text for notifications and screen readers, and its blocks."""

    text: str
    blocks: list[block_kit.Block]


@dataclass(frozen=True)
class Look:
    """A ticket with every name looked up, in the language of who will read it."""

    ticket: Ticket
    number: str
    request_type: str
    department: str
    requester: str
    assignee: str | None = None
    fields: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()  # the labels of required fields that are empty
    approvers: tuple[str, ...] = ()  # who has still to approve
    answer_by: Promise | None = None
    resolve_by: Promise | None = None
    is_refused: bool = False  # it ended because an approver said no
    other_types: Sequence[Mapping[str, Any]] = ()  # a menu's groups, while its type is a guess
    linked: str | None = None  # the number of the ticket it came from or went into


def triage(look: Look, words: Words) -> Card:
    """The card in the department's channel."""
    return Card(
        _said(look),
        [
            block_kit.section(title(look)),
            block_kit.section(_where_it_stands(look, words)),
            block_kit.context(*_agents_lines(look, words)),
            *description(look),
            *facts(look),
            *buttons(agents_buttons(look.ticket, words)),
        ],
    )


def requester(look: Look, words: Words) -> Card:
    """The card in the requester's thread or direct message."""
    return Card(
        _said(look),
        [
            block_kit.section(title(look)),
            block_kit.context(progress(look, words), *_what(look, words), *_promised(look, words)),
            *([] if look.ticket.channel else description(look)),
            *facts(look),
            *_lacking(look, words),
            *stars.asked(look.ticket, words),
            *buttons([*requesters_buttons(look, words), *_another_type(look, words)]),
        ],
    )


def _another_type(look: Look, words: Words) -> list[block_kit.Element]:
    """What the words let expect is changed with one click."""
    if not look.other_types:
        return []
    menu = {
        "type": "static_select",
        "action_id": CHOOSE_TYPE,
        "option_groups": list(look.other_types),
        "placeholder": block_kit.plain(words.say("It is about something else…"), 150),
    }
    return [menu]


def follower(look: Look, words: Words) -> Card:
    """The card in a follower's direct message; they see, and press nothing but open."""
    return Card(
        _said(look),
        [
            block_kit.section(
                title(look), block_kit.button(words.say("Open"), OPEN, str(look.ticket.id))
            ),
            block_kit.context(
                state_line(look, words), words.mark("You follow this ticket."), *_what(look, words)
            ),
        ],
    )


def _said(look: Look) -> Mrkdwn:
    """What a notification says: mrkdwn too, so no mention may come of it."""
    return Mrkdwn(f"{look.number} {markup.escape(look.ticket.subject)}")


def moved(number: str, department: str, words: Words) -> Card:
    """What is left of a card in a channel that its ticket has left."""
    text = words.mark("{number} went to {department}.", number=number, department=department)
    return Card(text, [block_kit.context(text)])


def title(look: Look) -> Mrkdwn:
    sign = _PRIORITY_SIGNS[look.ticket.priority]
    lock = ":lock: " if look.ticket.is_private else ""
    return Mrkdwn(f"{sign}{lock}*{look.number}* · {markup.escape(look.ticket.subject)}")


def state_line(look: Look, words: Words) -> Mrkdwn:
    """``:hourglass: Waiting for the requester``."""
    ticket = look.ticket
    if ticket.waiting_for == "approval" and look.approvers:
        sentence = words.mark(
            "Waiting for the approval of {people}", people=words.list(look.approvers)
        )
        return Mrkdwn(f"{_SIGNS['waiting']} {sentence}")
    if ticket.state == "merged" and look.linked:
        sentence = words.mark("Merged into {number}", number=look.linked)
        return Mrkdwn(f"{_SIGNS['merged']} {sentence}")
    if look.is_refused:
        return Mrkdwn(f"{_SIGNS['cancelled']} {words.say('Refused')}")
    name = (
        _WAITS[ticket.waiting_for]
        if ticket.state == "waiting" and ticket.waiting_for
        else STATES[ticket.state]
    )
    return Mrkdwn(f"{_SIGNS[ticket.state]} {words.say(name)}")


def progress(look: Look, words: Words) -> Mrkdwn:
    """How it stands, in a sentence for the one who waits for it."""
    ticket, agent = look.ticket, look.assignee or look.department
    match ticket.state:
        case "new":
            sentence = words.mark(
                "{department} has it; nobody has taken it yet.", department=look.department
            )
        case "in_progress":
            sentence = words.mark("{agent} is working on it.", agent=agent)
        case "waiting" if ticket.waiting_for == "requester":
            sentence = words.mark("{agent} is waiting for your answer.", agent=agent)
        case "resolved":
            sentence = words.mark("{agent} resolved it. Is everything fine?", agent=agent)
        case _:
            return state_line(look, words)
    return Mrkdwn(f"{_SIGNS[ticket.state]} {sentence}")


def description(look: Look) -> list[block_kit.Block]:
    text = look.ticket.description
    return (
        [block_kit.section(block_kit.cut(text, _MOST_OF_A_TEXT))]
        if text and text != look.ticket.subject
        else []
    )


def facts(look: Look) -> list[block_kit.Block]:
    """The request type's own fields, as far as they are filled in."""
    room = max(_MOST_OF_FACTS // max(len(look.fields), 1), 40)
    lines = [(label, block_kit.cut(value, room)) for label, value in look.fields]
    return [block_kit.facts(lines[start : start + 10]) for start in range(0, len(lines), 10)]


def agents_buttons(ticket: Ticket, words: Words) -> list[block_kit.Element]:
    value = str(ticket.id)
    more = block_kit.button(words.say("More…"), OPEN, value)
    if not ticket.is_open:
        return [more]
    style = None if ticket.waiting_for == "approval" else "primary"
    take = [] if ticket.assignee else [block_kit.button(words.say("Take"), TAKE, value, style)]
    return [
        *take,
        block_kit.button(words.say("Answer…"), ANSWER, value),
        block_kit.button(words.say("Resolve"), RESOLVE, value),
        more,
    ]


def requesters_buttons(look: Look, words: Words) -> list[block_kit.Element]:
    ticket, value = look.ticket, str(look.ticket.id)
    if ticket.is_open:
        complete = (
            [block_kit.button(words.say("Complete…"), COMPLETE, value, "primary")]
            if _can_complete(look)
            else []
        )
        return [
            *complete,
            block_kit.button(words.say("Add…"), ADD, value),
            block_kit.button(words.say("Nudge"), NUDGE, value),
            block_kit.button(
                words.say("Not needed any more"), CLOSE, value, confirm=_sure(look, words)
            ),
        ]
    fine = (
        [block_kit.button(words.say("Everything is fine"), CLOSE, value, "primary")]
        if ticket.state == "resolved"
        else []
    )
    again = (
        [block_kit.button(words.say("Reopen"), REOPEN, value)]
        if ticket.state in ("resolved", "closed", "cancelled") and not look.is_refused
        else []
    )
    return [*fine, *again]


def buttons(elements: list[block_kit.Element]) -> list[block_kit.Block]:
    return [block_kit.actions(*elements)] if elements else []


def due(look: Look, words: Words) -> list[Mrkdwn]:
    """The next promises, and those that were missed, each in the reader's own zone."""
    promised = ((_ANSWER, look.answer_by), (_RESOLVE, look.resolve_by))
    return [
        words.mark(
            sentences[promise.is_missed],
            when=block_kit.moment(promise.by),
        )
        for sentences, promise in promised
        if promise
    ]


def _agents_lines(look: Look, words: Words) -> list[object]:
    ticket = look.ticket
    text = words.mark("asked by {requester}", requester=look.requester)
    since = block_kit.moment(ticket.created_at)
    rating = [stars.drawn(ticket.rating)] if ticket.rating else []
    return [
        Mrkdwn(f"{text} · {since}"),
        *_what(look, words),
        *_linked(look, words),
        *rest(ticket, words),
        *rating,
    ]


def _linked(look: Look, words: Words) -> list[Mrkdwn]:
    """What it came from; what it was merged into stands in its state."""
    is_named = look.linked is None or look.ticket.state == "merged"
    return [] if is_named else [words.mark("linked to {number}", number=look.linked)]


def _where_it_stands(look: Look, words: Words) -> Mrkdwn:
    """State, holder and deadlines: what an agent looks for first."""
    lines = [" · ".join([state_line(look, words), *_holder(look, words)])]
    promises = due(look, words)
    if promises:
        lines.append(" · ".join(f"*{promise}*" for promise in promises))
    return Mrkdwn("\n".join(lines))


def _holder(look: Look, words: Words) -> list[Mrkdwn]:
    """Who has it; that nobody has is news only where somebody could take it."""
    if look.ticket.assignee:
        return [markup.person(look.ticket.assignee)]
    cannot_be_taken = look.ticket.waiting_for == "approval" or not look.ticket.is_open
    return [] if cannot_be_taken else [words.mark("nobody yet")]


def _promised(look: Look, words: Words) -> list[Mrkdwn]:
    """The next promise that still holds, for the one to whom it was made."""
    if not look.ticket.is_open:
        return []
    for promise in (look.answer_by, look.resolve_by):
        if promise and promise.is_missed:
            return []
    return due(look, words)[:1]


def rest(ticket: Ticket, words: Words) -> list[Mrkdwn]:
    """Until when a snoozed ticket rests."""
    until = ticket.snoozed_until
    if until is None:
        return []
    if until.year == 9999:
        return [words.mark(":zzz: until something happens")]
    return [
        words.mark(
            ":zzz: until {day}",
            day=block_kit.moment(until, f"{until:%Y-%m-%d}", "{date_short_pretty}"),
        )
    ]


def _what(look: Look, words: Words) -> list[object]:
    return [
        f"{look.department} · {look.request_type} · "
        f"{words.say(PRIORITY_NAMES[look.ticket.priority])}"
    ]


def _lacking(look: Look, words: Words) -> list[block_kit.Block]:
    if not look.missing or not look.ticket.is_open:
        return []
    return [
        block_kit.context(words.mark("Still needed: {fields}.", fields=words.list(look.missing)))
    ]


def _can_complete(look: Look) -> bool:
    return bool(look.missing) or look.ticket.waiting_for == "requester"


def _sure(look: Look, words: Words) -> dict[str, Any]:
    return block_kit.confirm(
        look.number,
        words.say(
            "Close this ticket? {department} will stop working on it.", department=look.department
        ),
        words.say("Yes, not needed any more"),
        words.say("No, keep it"),
    )
