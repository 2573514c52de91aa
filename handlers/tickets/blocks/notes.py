"""What is said in a ticket's threads: mirrored messages and the bot's own sentences."""

from collections.abc import Sequence

from bot.kit import block_kit, markup
from bot.kit.markup import Mrkdwn
from bot.kit.words import Words
from handlers.tickets.blocks.card import Card
from handlers.tickets.model import message_text

_MOST_OF_A_SECTION = 3000
_MOST_OF_A_NOTICE = 900  # characters: an update may hold 4000 bytes of text beside its blocks
_PIECES = 4  # of a text in one message, each of less than 3000 characters: Slack refuses 13,200


def mirrored(
    author: str, pieces: Sequence[Mrkdwn], to: str | None, words: Words, *, edited: bool = False
) -> list[Card]:
    """What somebody wrote on the other side, in as many messages as it takes; ``to`` is the person
    who should notice.
    """
    name = markup.escape(author)
    called = f" → {markup.person(to)}" if to else ""
    several = parts(pieces)
    cards = []
    for count, part in enumerate(several, start=1):
        place = f" ({count}/{len(several)})" if len(several) > 1 else ""
        head = Mrkdwn(f"*{name}*{called}{place}")
        cards.append(_mirrored(name, head, part))
        called = ""
    if edited:
        cards[-1].blocks.append(block_kit.context(words.mark("edited")))
    return cards


def _mirrored(name: Mrkdwn, head: Mrkdwn, pieces: Sequence[Mrkdwn]) -> Card:
    begins = pieces[0] if pieces else ""
    text = Mrkdwn(block_kit.cut(f"{name}: {begins}", _MOST_OF_A_NOTICE))
    if len(head) + len(begins) < _MOST_OF_A_SECTION:
        head, pieces = Mrkdwn(f"{head}\n{begins}" if begins else head), pieces[1:]
    return Card(text, [block_kit.section(head), *map(block_kit.section, pieces)])


def author_of_files(author: str, to: str | None) -> Mrkdwn:
    """What stands beside files that came without a word."""
    return Mrkdwn(f"*{markup.escape(author)}*" + (f" → {markup.person(to)}" if to else ""))


def told(sentence: Mrkdwn, pieces: Sequence[Mrkdwn] = (), to: str | None = None) -> Card:
    """A sentence of the bot's, perhaps with somebody's words beneath; ``to`` is the person who
    should notice.
    """
    head = Mrkdwn(f"{markup.person(to)} {sentence}") if to else sentence
    return Card(head, [block_kit.section(head), *map(block_kit.section, pieces)])


def asked_and_answered(
    question: Mrkdwn, answer: str, number: str, words: Words
) -> list[block_kit.Block]:
    """What an approver wanted to know, and what was said since; of a long answer the beginning."""
    first, *others = message_text.shown(answer) or [words.mark("Nothing was written since.")]
    rest = words.mark("The rest is in {number}.", number=number)
    return [
        block_kit.section(block_kit.cut(question, 2900)),
        block_kit.section(first),
        *([block_kit.context(rest)] if others else []),
    ]


def parts(pieces: Sequence[Mrkdwn]) -> list[list[Mrkdwn]]:
    """The pieces of a long text for one message after the other."""
    return [list(pieces[start : start + _PIECES]) for start in range(0, len(pieces), _PIECES)] or [
        []
    ]
