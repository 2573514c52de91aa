"""A ticket on a sheet of its own: everything about it, what was said, and what this reader can do
with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.kit import looks, markup
from bot.kit.markup import Mrkdwn
from bot.kit.words import Words
from handlers.tickets.blocks import card
from handlers.tickets.blocks.card import Look

ASSIGN = "tickets.assign"
PUT_BACK = "tickets.put_back"
REOPEN_IT = "tickets.reopen_it"
RETYPE = "tickets.retype"
FOLLOW = "tickets.follow"
SNOOZE = "tickets.snooze"
WAKE = "tickets.wake"
GO_ON = "tickets.go_on"
MERGE = "tickets.merge"
SPLIT = "tickets.split"
ESCALATE = "tickets.escalate"

_MOST_LINES = 25


@dataclass(frozen=True)
class Line:
    """Something that was said, for a reader who may read it."""

    author: str
    at: datetime
    text: str
    is_note: bool = False


def sheet(
    look: Look, lines: Sequence[Line], words: Words, *, works_on_it: bool, is_own: bool
) -> looks.View:
    """The modal. Agents get their buttons, the requester theirs, anybody else none."""
    ticket = look.ticket
    blocks = [
        looks.section(card.title(look)),
        looks.context(
            *_standing(look, words, is_own=is_own and not works_on_it),
            *_times(look, words, works_on_it),
        ),
        looks.context(
            words.mark("asked by {requester}", requester=look.requester),
            f"{look.department} · {look.request_type} · "
            f"{words.say(card.PRIORITY_NAMES[ticket.priority])}",
            looks.moment(ticket.created_at, f"{ticket.created_at:%Y-%m-%d %H:%M} UTC"),
        ),
        *card.description(look),
        *card.facts(look),
        *_groups(look, words, works_on_it=works_on_it, is_own=is_own),
        looks.divider(),
        *_conversation(lines, words),
    ]
    return looks.modal(look.number, blocks, callback_id="tickets.sheet", close=words.say("Close"))


def _standing(look: Look, words: Words, *, is_own: bool) -> list[object]:
    """How it stands: a sentence for whoever asked, the state and who has it for everybody else."""
    if is_own:
        return [card.progress(look, words)]
    return [card.state_line(look, words), look.assignee or words.say("nobody yet")]


def _times(look: Look, words: Words, works_on_it: bool) -> list[Mrkdwn]:
    """The next promises; for those who work on it also how long it rests."""
    return [*(card.rest(look.ticket, words) if works_on_it else []), *card.due(look, words)]


def _groups(look: Look, words: Words, *, works_on_it: bool, is_own: bool) -> list[looks.Block]:
    groups = []
    if works_on_it:
        groups.append(
            [
                each
                for each in card.agents_buttons(look.ticket, words)
                if each["action_id"] != card.OPEN
            ]
        )
        groups.append(_more(look, words))
    if is_own:
        groups.append(card.requesters_buttons(look, words))
    return [block for group in groups for block in card.buttons(group)]


def _more(look: Look, words: Words) -> list[looks.Element]:
    """What is wanted less often."""
    ticket, value = look.ticket, str(look.ticket.id)
    if not ticket.is_open:
        again = [looks.button(words.say("Reopen"), REOPEN_IT, value)] if _can_reopen(look) else []
        return [*again, looks.button(words.say("Followers…"), FOLLOW, value)]
    waits = ticket.state == "waiting" and ticket.waiting_for != "approval"
    return [
        *([looks.button(words.say("Go on"), GO_ON, value)] if waits else []),
        *([looks.button(words.say("Wake it up"), WAKE, value)] if ticket.snoozed_until else []),
        looks.button(words.say("Assign…"), ASSIGN, value),
        *([looks.button(words.say("Put back"), PUT_BACK, value)] if ticket.assignee else []),
        looks.button(words.say("Type, priority…"), RETYPE, value),
        looks.button(words.say("Snooze…"), SNOOZE, value),
        looks.button(words.say("Merge…"), MERGE, value),
        looks.button(words.say("Split…"), SPLIT, value),
        looks.button(words.say("Escalate…"), ESCALATE, value),
        looks.button(words.say("Followers…"), FOLLOW, value),
    ]


def _can_reopen(look: Look) -> bool:
    return look.ticket.state in ("resolved", "closed", "cancelled") and not look.is_refused


def _conversation(lines: Sequence[Line], words: Words) -> list[looks.Block]:
    if not lines:
        return [looks.context(words.mark("Nothing has been said yet."))]
    return [looks.section(_line(line, words)) for line in lines[-_MOST_LINES:]]


def _line(line: Line, words: Words) -> Mrkdwn:
    at = looks.moment(line.at, f"{line.at:%Y-%m-%d %H:%M} UTC")
    note = f" · {words.say('internal')}" if line.is_note else ""
    return Mrkdwn(
        f"*{markup.escape(line.author)}* · {at}{note}\n{markup.escape(looks.cut(line.text, 1000))}"
    )
