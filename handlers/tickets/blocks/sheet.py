"""A ticket on a sheet of its own: everything about it, what was said, and what this reader can do
with it.
"""

from collections.abc import Sequence

from bot.kit import block_kit
from bot.kit.markup import Mrkdwn
from bot.kit.words import Words
from handlers.tickets.blocks import card, conversation, history, stars
from handlers.tickets.blocks.card import Look
from handlers.tickets.blocks.conversation import Line, Page
from handlers.tickets.blocks.history import Step

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


def sheet(
    look: Look,
    lines: Sequence[Line],
    words: Words,
    *,
    works_on_it: bool,
    is_own: bool,
    is_requester: bool = False,
    steps: Sequence[Step] = (),
    page: int = 0,
) -> block_kit.View:
    """The modal. Agents get their buttons, the requester theirs, anybody else none; on the
    earlier pages stands what was said alone.
    """
    ticket = look.ticket
    shown = conversation.page(look, lines, words, page)
    if shown.number:
        blocks = [block_kit.section(card.title(look)), *_conversation(look, shown, words)]
        return _modal(look, blocks, words)
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
            block_kit.moment(ticket.created_at, begins=True),
        ),
        *shown.request,
        *conversation.short_facts(look),
        *(stars.asked(ticket, words) if is_requester else []),
        *_groups(look, words, works_on_it=works_on_it, is_own=is_own),
        block_kit.divider(),
        *_conversation(look, shown, words),
        *history.history(steps, words),
    ]
    return _modal(look, blocks, words)


def _modal(look: Look, blocks: Sequence[block_kit.Block], words: Words) -> block_kit.View:
    return block_kit.modal(
        look.number, blocks, callback_id="tickets.sheet", close=words.say("Close")
    )


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


def _conversation(look: Look, shown: Page, words: Words) -> list[block_kit.Block]:
    nothing = [block_kit.context(words.mark("Nothing has been said yet."))]
    return [*(shown.conversation or nothing), *conversation.turning(look, shown, words)]
