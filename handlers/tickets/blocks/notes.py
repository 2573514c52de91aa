"""What is said in a ticket's threads: mirrored messages and the bot's own sentences."""

from collections.abc import Sequence

from bot.kit import looks, markup
from bot.kit.markup import Mrkdwn
from bot.kit.words import Words
from handlers.tickets.blocks.card import Card


def mirrored(author: str, pieces: Sequence[Mrkdwn], to: str | None, words: Words, *, edited: bool = False) -> Card:
    """What somebody wrote on the other side; ``to`` is the person who should notice."""
    head = Mrkdwn(f"*{markup.escape(author)}*" + (f" → {markup.person(to)}" if to else ""))
    text = Mrkdwn(f"{author}: {pieces[0] if pieces else ''}")
    blocks = [looks.section(Mrkdwn(f"{head}\n{pieces[0]}") if pieces else head), *map(looks.section, pieces[1:])]
    if edited:
        blocks.append(looks.context(words.mark("edited")))
    return Card(text, blocks)


def told(sentence: Mrkdwn, pieces: Sequence[Mrkdwn] = (), to: str | None = None) -> Card:
    """A sentence of the bot's, perhaps with somebody's words beneath; ``to`` is the person who should notice."""
    head = Mrkdwn(f"{markup.person(to)} {sentence}") if to else sentence
    return Card(head, [looks.section(head), *map(looks.section, pieces)])
