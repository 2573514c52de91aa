"""What waits for somebody's word: rows with a button, on Home and page by page. Values in, Block
Kit out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.kit import block_kit
from bot.kit.block_kit import Block, View
from bot.kit.markup import Mrkdwn
from bot.kit.words import Words

DECIDE = "home.decide"
APPROVALS = "home.approvals"


@dataclass(frozen=True)
class Row:
    """A line with what can be pressed beside it; ``value`` is what the button carries."""

    text: Mrkdwn
    value: str


@dataclass(frozen=True)
class Waiting:
    """A page of what waits for somebody's word."""

    heading: str
    """How much it is, or that there is nothing."""
    rows: Sequence[Row]
    page: int
    is_last: bool


def rows_of(kind: str, rows: Sequence[Row], label: str, action: str) -> list[Block]:
    """Blocks are named, so that a click finds its row though the tab was drawn anew meanwhile."""
    return [
        block_kit.section(
            row.text,
            block_kit.button(label, f"{action}:{row.value}", row.value),
            f"{kind}:{row.value}",
        )
        for row in rows
    ]


def further(n: int, words: Words) -> list[Block]:
    if not n:
        return []
    text = words.mark_count("… and {n} more.", "… and {n} more.", n)
    return [block_kit.section(text, block_kit.button(words.say("Show"), APPROVALS, "0"), "further")]


def listing(waiting: Waiting, words: Words) -> list[Block]:
    """What waits for somebody's word, page by page."""
    back = block_kit.button(words.say("‹ Back"), f"{APPROVALS}:back", str(waiting.page - 1))
    on = block_kit.button(words.say("More ›"), f"{APPROVALS}:on", str(waiting.page + 1))
    turning = [*([back] if waiting.page else []), *([] if waiting.is_last else [on])]
    return [
        block_kit.header(waiting.heading),
        *rows_of("approval", waiting.rows, words.say("Decide…"), DECIDE),
        *([block_kit.actions(*turning)] if turning else []),
    ]


def window(waiting: Waiting, words: Words) -> View:
    """The same in a window of its own."""
    blocks = listing(waiting, words)
    title = words.say("Waiting for you")
    return block_kit.modal(
        title, blocks, callback_id="home.approvals_list", close=words.say("Close")
    )
