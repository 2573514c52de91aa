"""What became of a ticket, step by step: beneath its sheet, in one small text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.kit import block_kit, markup
from bot.kit.markup import Mrkdwn
from bot.kit.words import Words

_MOST = 25  # steps
_MOST_LETTERS = 2800  # of a section's 3000


@dataclass(frozen=True)
class Step:
    """Something that somebody did with it; nobody, where it was the clock."""

    at: datetime
    person: str
    act: Mrkdwn


def history(steps: Sequence[Step], words: Words) -> list[block_kit.Block]:
    """The newest steps, in their order, and how many came before those that have no room."""
    if not steps:
        return []
    lines: list[str] = []
    room = _MOST_LETTERS
    for step in reversed(steps[-_MOST:]):
        line = _line(step)
        room -= len(line) + 1
        if room < 0:
            break
        lines.insert(0, line)
    earlier = len(steps) - len(lines)
    if earlier:
        lines.insert(0, words.count("… and {n} earlier step", "… and {n} earlier steps", earlier))
    heading = block_kit.context(words.mark("*What became of it*"))
    return [block_kit.divider(), heading, block_kit.context(Mrkdwn("\n".join(lines)))]


def _line(step: Step) -> str:
    at = block_kit.moment(step.at, begins=True)
    person = f"{markup.escape(step.person)}: " if step.person else ""
    return f"{at} · {person}{step.act}"
