"""Lists of tickets: queue, mine, search; a line for each with a button that opens it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.kit import block_kit, markup
from bot.kit.markup import Mrkdwn
from bot.kit.words import N_, Words
from handlers.tickets.blocks import card
from handlers.tickets.blocks.card import Look

PAGE = "tickets.page"
EXPORT = "tickets.export"

_WHICH = (
    ("all", N_("All")),
    ("mine", N_("Mine")),
    ("unassigned", N_("Unassigned")),
    ("late", N_("Late")),
)


@dataclass(frozen=True)
class Listing:
    """A page of a list. ``again`` is what makes the next or previous page of it."""

    heading: str
    rows: Sequence[Look]
    page: int
    is_last: bool
    again: Mapping[str, Any]
    empty: str
    export: bool = False
    reader: str = ""  # whose own tickets read as they do on their own card


def listing(shown: Listing, words: Words) -> list[block_kit.Block]:
    """The blocks of a private answer or a part of Home."""
    rows = [row(item, words, is_own=item.ticket.requester == shown.reader) for item in shown.rows]
    return [
        block_kit.header(shown.heading),
        *card.buttons(_parts(shown, words)),
        *(rows or [block_kit.section(shown.empty)]),
        *card.buttons(_turning(shown, words)),
    ]


def modal(shown: Listing, words: Words) -> block_kit.View:
    """The same in a window of its own, for where no private answer stands."""
    blocks = listing(shown, words)
    return block_kit.modal(
        shown.heading, blocks, callback_id="tickets.list", close=words.say("Close")
    )


def row(look: Look, words: Words, *, is_own: bool) -> block_kit.Block:
    """A ticket in a list, with a button that opens it."""
    since = block_kit.moment(
        look.ticket.created_at, f"{look.ticket.created_at:%Y-%m-%d}", "{date_short_pretty}"
    )
    state = card.progress(look, words).removesuffix(".") if is_own else _worked_on(look, words)
    due = "".join(f" · {promise}" for promise in card.due(look, words)[:1])
    text = Mrkdwn(f"{card.title(look)}\n{state} · {since}{due}")
    return block_kit.section(
        text, block_kit.button(words.say("Open"), card.OPEN, str(look.ticket.id))
    )


def told(sentence: Mrkdwn, ticket: int, words: Words) -> list[block_kit.Block]:
    """A sentence about a ticket, and the button that opens it."""
    return [
        block_kit.section(sentence, block_kit.button(words.say("Open"), card.OPEN, str(ticket)))
    ]


def _worked_on(look: Look, words: Words) -> Mrkdwn:
    who = markup.escape(look.assignee or words.say("nobody yet"))
    text = words.mark("asked by {requester}", requester=look.requester)
    return Mrkdwn(f"{card.state_line(look, words)} · {who} · {text}")


def _turning(shown: Listing, words: Words) -> list[block_kit.Element]:
    """Back, onwards, and the whole as a file."""
    back = block_kit.button(words.say("‹ Back"), f"{PAGE}:back", _again(shown, shown.page - 1))
    on = block_kit.button(words.say("More ›"), f"{PAGE}:on", _again(shown, shown.page + 1))
    whole = block_kit.button(words.say("As a file"), EXPORT, _again(shown, 0))
    return [
        *([back] if shown.page else []),
        *([] if shown.is_last else [on]),
        *([whole] if shown.export and shown.rows else []),
    ]


def _parts(shown: Listing, words: Words) -> list[block_kit.Element]:
    """The parts of a queue; the one that is shown stands out."""
    if shown.again["list"] != "queue":
        return []
    return [
        block_kit.button(
            words.say(label),
            f"{PAGE}:{which}",
            json.dumps({**shown.again, "which": which, "page": 0}, ensure_ascii=False),
            "primary" if which == shown.again.get("which", "all") else None,
        )
        for which, label in _WHICH
    ]


def _again(shown: Listing, page: int) -> str:
    return json.dumps({**shown.again, "page": page}, ensure_ascii=False)
