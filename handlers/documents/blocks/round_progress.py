"""A round of confirmations as it goes on: its card, and those for whom none was made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.kit import block_kit
from bot.kit.block_kit import Block, Element
from bot.kit.markup import Mrkdwn, escape, join
from bot.kit.words import N_, Words

MISSING = "documents.confirm_missing"
MORE_MISSING = "documents.confirm_missing_more"
ANSWERS = "documents.confirm_answers"
MOST_SHOWN = 20
_FAILURES = {
    "failed": N_("could not be made"),
    "refused": N_("not approved"),
    "withdrawn": N_("was withdrawn"),
}


@dataclass(frozen=True)
class Progress:
    """How far a round is, in customers."""

    round: int
    day: date
    total: int
    waiting: int
    """Not yet dealt with, or ordered and not yet made."""
    made: int
    lacking: int
    answers: int


@dataclass(frozen=True)
class Lacking:
    """A customer without a confirmation, and why."""

    customer: str
    why: str


def card(progress: Progress, words: Words) -> tuple[Mrkdwn, list[Block]]:
    """The living card: how many are made, who lacks something, who has answered."""
    heading = words.mark("*Balances as of {day}*", day=words.date(progress.day))
    text = join("\n", [heading, _state(progress, words), join(" · ", _facts(progress, words))])
    return heading, [block_kit.section(text), block_kit.actions(*_buttons(progress, words))]


def missing(
    round_id: int, rows: Sequence[Lacking], words: Words, skip: int = 0
) -> tuple[str, list[Block]]:
    """A page of those for whom none was made."""
    heading = words.say("What is missing")
    shown = rows[skip : skip + MOST_SHOWN]
    lines = [Mrkdwn(f"• *{escape(each.customer)}*: {escape(each.why)}") for each in shown]
    after = skip + MOST_SHOWN
    return heading, [
        block_kit.header(heading),
        *(block_kit.section(join("\n", part)) for part in _parts(lines)),
        *_more(len(rows) - after, after, round_id, words),
    ]


def _parts(lines: list[Mrkdwn], size: int = 5) -> list[list[Mrkdwn]]:
    """A section holds 3,000 characters, so a few lines each."""
    return [lines[start : start + size] for start in range(0, len(lines), size)]


def _more(count: int, after: int, round_id: int, words: Words) -> list[Block]:
    if count <= 0:
        return []
    button = block_kit.button(words.say("More"), MORE_MISSING, f"{round_id}|{after}")
    return [block_kit.context(words.mark("… and {n} more", n=count)), block_kit.actions(button)]


def failure(state: str, words: Words) -> str:
    """What became of a confirmation that was ordered and is not there."""
    return words.say(_FAILURES[state])


def _state(progress: Progress, words: Words) -> Mrkdwn:
    if not progress.waiting:
        return words.mark("✅ Finished")
    done = progress.total - progress.waiting
    return words.mark("⏳ Done: {done} of {total}", done=done, total=progress.total)


def _facts(progress: Progress, words: Words) -> list[Mrkdwn]:
    facts = [
        words.mark_count("{n} confirmation made", "{n} confirmations made", progress.made),
        words.mark_count("{n} answer", "{n} answers", progress.answers),
    ]
    if progress.lacking:
        none = words.mark_count(
            "⚠️ none for {n} customer", "⚠️ none for {n} customers", progress.lacking
        )
        facts.insert(1, none)
    return facts


def _buttons(progress: Progress, words: Words) -> list[Element]:
    round_id, day = str(progress.round), progress.day.isoformat()
    buttons = [block_kit.button(words.say("Who has answered"), ANSWERS, day)]
    if progress.lacking:
        buttons.append(block_kit.button(words.say("What is missing"), MISSING, round_id))
    return buttons
