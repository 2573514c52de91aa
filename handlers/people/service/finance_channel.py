"""Finance's desk: the channel in which the first finance department works, and the language that it
speaks.
"""

from dataclasses import dataclass

from bot.kit.words import Words
from handlers.people.service import roles
from storage.people.roles import channels_named
from storage.turn import Turn


@dataclass(frozen=True)
class Desk:
    """Where finance is told things, and in which words."""

    channel: str
    words: Words


def desk(turn: Turn) -> Desk | None:
    """None where no department is finance, or the bot does not see its channel."""
    for department in turn.catalogue.finance()[:1]:
        for channel in channels_named(turn, [department.channel]).values():
            return Desk(channel, roles.words_of(turn, department.key))
    return None
