"""What is said in a ticket's threads: mirrored messages and the bot's own sentences."""

from collections.abc import Sequence
from itertools import accumulate

from bot.kit import block_kit, markup
from bot.kit.markup import Mrkdwn
from bot.kit.words import Words
from handlers.tickets.blocks.card import Card
from handlers.tickets.model import message_text

_MOST = 12_500  # characters in all blocks of a message: Slack refuses 13,200
_MOST_OF_A_NOTICE = 900  # characters: an update may hold 4000 bytes of text beside its blocks
_PIECES = 4  # of a text in one message: each of them holds less than 3000 characters


def mirrored(
    author: str, pieces: Sequence[Mrkdwn], to: str | None, words: Words, *, edited: bool = False
) -> Card:
    """What somebody wrote on the other side; ``to`` is the person who should notice."""
    pieces = fitting(pieces)
    head = Mrkdwn(f"*{markup.escape(author)}*" + (f" → {markup.person(to)}" if to else ""))
    text = Mrkdwn(
        block_kit.cut(f"{markup.escape(author)}: {pieces[0] if pieces else ''}", _MOST_OF_A_NOTICE)
    )
    blocks = [
        block_kit.section(Mrkdwn(f"{head}\n{pieces[0]}") if pieces else head),
        *map(block_kit.section, pieces[1:]),
    ]
    if edited:
        blocks.append(block_kit.context(words.mark("edited")))
    return Card(text, blocks)


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
    rest = words.mark("The rest stands in {number}.", number=number)
    return [
        block_kit.section(block_kit.cut(question, 2900)),
        block_kit.section(first),
        *([block_kit.context(rest)] if others else []),
    ]


def fitting(pieces: Sequence[Mrkdwn]) -> list[Mrkdwn]:
    """As many pieces as one message holds; an ellipsis tells of the others."""
    fit = [
        piece
        for piece, length in zip(pieces, accumulate(map(len, pieces)), strict=True)
        if length <= _MOST
    ]
    return fit if len(fit) == len(pieces) else [*fit[:-1], Mrkdwn(f"{fit[-1]} …")]


def parts(pieces: Sequence[Mrkdwn]) -> list[list[Mrkdwn]]:
    """The pieces of a long text for one message after the other."""
    return [list(pieces[start : start + _PIECES]) for start in range(0, len(pieces), _PIECES)] or [
        []
    ]
