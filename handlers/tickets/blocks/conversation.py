"""What was asked and said about a ticket, whole: pages of it, the newest first."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.kit import block_kit, markup
from bot.kit.markup import Mrkdwn
from bot.kit.words import N_, Words
from handlers.tickets.blocks.card import Look
from handlers.tickets.model import message_text
from storage.approvals import Verdict

TURN_PAGE = "tickets.said"

_VERDICTS = {
    "approved": N_("approval"),
    "rejected": N_("refusal"),
    "changes": N_("changes wanted"),
}
_MOST_BLOCKS = 25
_MOST_BYTES = 60_000  # of a page as JSON; Slack takes a form of 250,000
_MOST_OF_A_PIECE = 2600  # beside it stand a name and a moment in a section of 3000
_LONG = 200  # characters of a field's value; what is longer gets a section of its own


@dataclass(frozen=True)
class Line:
    """Something that was said, for a reader who may read it."""

    author: str
    at: datetime
    text: str
    is_note: bool = False
    verdict: Verdict | None = None  # it is the reason that somebody gave who was to approve
    styled: str | None = None  # the text with its formatting, where it has any


@dataclass(frozen=True)
class Page:
    """What stands on one page: at the newest also what was asked, or its beginning."""

    request: Sequence[block_kit.Block]
    conversation: Sequence[block_kit.Block]
    number: int
    has_earlier: bool


def page(look: Look, lines: Sequence[Line], words: Words, number: int) -> Page:
    """The page of this number: 0 is the newest, and after the last comes none."""
    request = _request(look)
    fitting = _how_many_fit(request)
    conversation = [block for line in lines for block in _line(line, words)]
    pages = _pages([*request[fitting:], *conversation])
    number = max(0, min(number, len(pages) - 1))
    return Page(
        request=[] if number else request[:fitting],
        conversation=pages[number],
        number=number,
        has_earlier=number < len(pages) - 1,
    )


def short_facts(look: Look) -> list[block_kit.Block]:
    """The request type's own fields, but those that are long."""
    pairs = [(label, value) for label, value in look.fields if len(value) <= _LONG]
    return [block_kit.facts(pairs[start : start + 10]) for start in range(0, len(pairs), 10)]


def turning(look: Look, page: Page, words: Words) -> list[block_kit.Block]:
    """Buttons to the other pages."""
    buttons = []
    if page.has_earlier:
        buttons.append((words.say("Earlier"), "earlier", page.number + 1))
    if page.number:
        buttons.append((words.say("Newer"), "newer", page.number - 1))
    drawn = [
        block_kit.button(label, f"{TURN_PAGE}:{way}", f"{look.ticket.id}:{to}")
        for label, way, to in buttons
    ]
    return [block_kit.actions(*drawn)] if drawn else []


def _request(look: Look) -> list[block_kit.Block]:
    """All that was asked, which the card shows the beginning of; then the long fields."""
    text = look.ticket.description
    pieces = [] if text == look.ticket.subject else message_text.shown(text)
    blocks = [block_kit.section(piece) for piece in pieces]
    for label, value in look.fields:
        if len(value) > _LONG:
            blocks += _headed(Mrkdwn(f"*{markup.escape(label)}*"), value)
    return blocks


def _line(line: Line, words: Words) -> list[block_kit.Block]:
    at = block_kit.moment(line.at)
    note = f" · {words.say('internal')}" if line.is_note else ""
    if line.verdict and line.verdict in _VERDICTS:
        note = f" · {words.say(_VERDICTS[line.verdict])}"
    author = markup.escape(block_kit.cut(line.author, 80))
    return _headed(Mrkdwn(f"*{author}* · {at}{note}"), line.text, line.styled)


def _headed(head: Mrkdwn, text: str, styled: str | None = None) -> list[block_kit.Block]:
    """A text beneath who wrote it or what it is, as many sections as it takes."""
    pieces = message_text.shown(text, _MOST_OF_A_PIECE, styled) or [Mrkdwn("–")]
    first = block_kit.section(Mrkdwn(f"{head}\n{pieces[0]}"))
    return [first, *map(block_kit.section, pieces[1:])]


def _how_many_fit(blocks: Sequence[block_kit.Block]) -> int:
    room = _MOST_BYTES
    for count, block in enumerate(blocks[:_MOST_BLOCKS]):
        room -= len(json.dumps(block))
        if room < 0:
            return count
    return min(len(blocks), _MOST_BLOCKS)


def _pages(blocks: Sequence[block_kit.Block]) -> list[list[block_kit.Block]]:
    """Cut from the end, so that the newest page is full."""
    pages: list[list[block_kit.Block]] = []
    rest = list(reversed(blocks))
    while rest or not pages:
        count = _how_many_fit(rest)
        pages.append(list(reversed(rest[:count])))
        rest = rest[count:]
    return pages
