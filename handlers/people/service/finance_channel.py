"""Desks: the channel in which a department works, and the language that it speaks; finance's above
all.
"""

from dataclasses import dataclass

from bot.kit.catalogue import Department
from bot.kit.words import Words
from handlers.people.service import roles
from storage.people.roles import discreet_named
from storage.turn import Turn


@dataclass(frozen=True)
class Desk:
    """Where a department is told things, and in which words."""

    channel: str
    words: Words


def desk(turn: Turn) -> Desk | None:
    """That of the first finance department; None where no department is finance, the bot does not
    see its channel, or others read there.
    """
    departments = turn.catalogue.finance()
    return desk_of(turn, departments[0]) if departments else None


def desk_of(turn: Turn, department: Department) -> Desk | None:
    """That of a department; None where the bot does not see its channel, or others read there."""
    channel = discreet_named(turn, department.channel)
    return Desk(channel, roles.words_of(turn, department.key)) if channel else None
