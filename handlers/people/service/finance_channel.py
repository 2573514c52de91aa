"""Desks: the channel in which a department works, and the language that it speaks; finance's above
all.
"""

from dataclasses import dataclass

from bot.kit.catalogue import Department
from bot.kit.words import Words
from handlers.people.service import roles
from storage.people.roles import discreet_named
from storage.turn import Person, Turn


@dataclass(frozen=True)
class Desk:
    """Where a department is told things, and in which words."""

    channel: str
    words: Words
    is_person: bool = False

    def once(self, key: str) -> str:
        """The key under which something is told here once: each person hears it."""
        return f"{key}|{self.channel}" if self.is_person else key


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


def hearers(turn: Turn, department: Department | None = None) -> list[Desk]:
    """Who hears at once what finance (its first department, unless told) is to know and what is
    told but once: its channel. While that is not fit for money, the department's lead, or, where
    none is known who is it by right, and not by a name alone, whoever works there by right.
    """
    of = department or next(iter(turn.catalogue.finance()), None)
    if of is None:
        return []
    channel = desk_of(turn, of)
    if channel is not None:
        return [channel]
    lead = roles.lead_of(turn, of.key)
    if lead and _sees_money(turn, lead):
        return [_in_person(turn, lead)]
    workers = roles.workers_of(turn, of.key)
    return [_in_person(turn, each) for each in workers if _sees_money(turn, each)]


def _sees_money(turn: Turn, person: Person) -> bool:
    return roles.may(turn, "overview", "see money of all", person=person)


def _in_person(turn: Turn, person: Person) -> Desk:
    return Desk(person.id, roles.words_for(turn, person.id), is_person=True)
