"""A ticket on a sheet of its own: everything about it, what was said, and what this reader can do
with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.kit import block_kit, markup
from bot.kit.markup import Mrkdwn
from bot.kit.words import N_, Words
from handlers.tickets.blocks import card
from handlers.tickets.blocks.card import Look
from handlers.tickets.model import message_text
from storage.approvals import Verdict

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

_VERDICTS: Mapping[Verdict, str] = {
    "approved": N_("approval"),
    "rejected": N_("refusal"),
    "changes": N_("changes wanted"),
}
_MOST_LINES = 25
_MOST_PIECES = 40  # of what was asked, each of nearly 3000 characters: beside them all else fits


@dataclass(frozen=True)
class Line:
    """Something that was said, for a reader who may read it."""

    author: str
    at: datetime
    text: str
    is_note: bool = False
    verdict: Verdict | None = None  # it is the reason that somebody gave who was to approve


def sheet(
    look: Look, lines: Sequence[Line], words: Words, *, works_on_it: bool, is_own: bool
) -> block_kit.View:
    """The modal. Agents get their buttons, the requester theirs, anybody else none."""
    ticket = look.ticket
    blocks = [
        block_kit.section(card.title(look)),
        block_kit.context(
            *_standing(look, words, is_own=is_own and not works_on_it),
            *_times(look, words, works_on_it),
        ),
        block_kit.context(
            words.mark("asked by {requester}", requester=look.requester),
            f"{look.department} · {look.request_type} · "
            f"{words.say(card.PRIORITY_NAMES[ticket.priority])}",
            block_kit.moment(ticket.created_at, f"{ticket.created_at:%Y-%m-%d %H:%M} UTC"),
        ),
        *_story(look),
        *card.facts(look),
        *_groups(look, words, works_on_it=works_on_it, is_own=is_own),
        block_kit.divider(),
        *_conversation(lines, words),
    ]
    return block_kit.modal(
        look.number, blocks, callback_id="tickets.sheet", close=words.say("Close")
    )


def _story(look: Look) -> list[block_kit.Block]:
    """All that was asked, which the card shows the beginning of."""
    text = look.ticket.description
    if text == look.ticket.subject:
        return []
    return [block_kit.section(piece) for piece in message_text.shown(text)[:_MOST_PIECES]]


def _standing(look: Look, words: Words, *, is_own: bool) -> list[object]:
    """How it stands: a sentence for whoever asked, the state and who has it for everybody else."""
    if is_own:
        return [card.progress(look, words)]
    return [card.state_line(look, words), look.assignee or words.say("nobody yet")]


def _times(look: Look, words: Words, works_on_it: bool) -> list[Mrkdwn]:
    """The next promises; for those who work on it also how long it rests."""
    return [*(card.rest(look.ticket, words) if works_on_it else []), *card.due(look, words)]


def _groups(look: Look, words: Words, *, works_on_it: bool, is_own: bool) -> list[block_kit.Block]:
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


def _more(look: Look, words: Words) -> list[block_kit.Element]:
    """What is wanted less often."""
    ticket, value = look.ticket, str(look.ticket.id)
    if not ticket.is_open:
        again = (
            [block_kit.button(words.say("Reopen"), REOPEN_IT, value)] if _can_reopen(look) else []
        )
        return [*again, block_kit.button(words.say("Followers…"), FOLLOW, value)]
    waits = ticket.state == "waiting" and ticket.waiting_for != "approval"
    return [
        *([block_kit.button(words.say("Go on"), GO_ON, value)] if waits else []),
        *([block_kit.button(words.say("Wake it up"), WAKE, value)] if ticket.snoozed_until else []),
        block_kit.button(words.say("Assign…"), ASSIGN, value),
        *([block_kit.button(words.say("Put back"), PUT_BACK, value)] if ticket.assignee else []),
        block_kit.button(words.say("Type, priority…"), RETYPE, value),
        block_kit.button(words.say("Snooze…"), SNOOZE, value),
        block_kit.button(words.say("Merge…"), MERGE, value),
        block_kit.button(words.say("Split…"), SPLIT, value),
        block_kit.button(words.say("Escalate…"), ESCALATE, value),
        block_kit.button(words.say("Followers…"), FOLLOW, value),
    ]


def _can_reopen(look: Look) -> bool:
    return look.ticket.state in ("resolved", "closed", "cancelled") and not look.is_refused


def _conversation(lines: Sequence[Line], words: Words) -> list[block_kit.Block]:
    if not lines:
        return [block_kit.context(words.mark("Nothing has been said yet."))]
    return [block_kit.section(_line(line, words)) for line in lines[-_MOST_LINES:]]


def _line(line: Line, words: Words) -> Mrkdwn:
    at = block_kit.moment(line.at, f"{line.at:%Y-%m-%d %H:%M} UTC")
    note = f" · {words.say('internal')}" if line.is_note else ""
    if line.verdict and line.verdict in _VERDICTS:
        note = f" · {words.say(_VERDICTS[line.verdict])}"
    return Mrkdwn(
        f"*{markup.escape(line.author)}* · "
        f"{at}{note}\n{markup.escape(block_kit.cut(line.text, 1000))}"
    )
