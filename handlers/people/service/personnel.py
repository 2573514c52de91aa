"""Personnel files: imported by HR from a list, read for the person's own certificates alone."""

from collections.abc import Collection
from typing import Any

from bot.kit.errors import Problem
from bot.kit.tables import lists
from bot.kit.tables.lists import Outcome, Record, Taken
from bot.kit.words import N_
from handlers.people.model import personnel
from handlers.people.model.personnel import HEADINGS
from handlers.people.service import roles
from storage.people import people
from storage.people import personnel as files
from storage.turn import Turn


class UnknownPerson(Problem):
    sentence = N_(
        "Nobody here is “{text}”. Name the person by e-mail address, Slack id or full name."
    )


class NoPersonnelFile(Problem):
    sentence = N_("There is no personnel file of {person} here.")


class OnlyThemselves(Problem):
    sentence = N_("A certificate of employment is asked for by the employee alone.")


def facts_of(turn: Turn, person: str, fields: Collection[str]) -> dict[str, Any]:
    """These facts of somebody's file and no other. Raises OnlyThemselves, NoPersonnelFile."""
    ties = ("requester",) if turn.actor.id == person else ()
    if not roles.may(turn, "personnel file", "see", *ties):
        raise OnlyThemselves()
    facts = files.get(turn, person)
    if facts is None:
        existing = people.person(turn, person)
        raise NoPersonnelFile(person=existing.name if existing else person)
    return {name: facts[name] for name in fields if name in facts}


def take(turn: Turn, content: bytes, name: str = "people") -> Outcome:
    """Add and change files as the list says; what it has no column for stays as it is. Raises what
    :func:`bot.kit.tables.lists.take` raises.
    """
    done = lists.take(name, content, HEADINGS, lambda record: _save(turn, record))
    if done.added or done.changed:
        turn.record("personnel.imported", "personnel:list", added=done.added, changed=done.changed)
    return done


def _save(turn: Turn, record: Record) -> Taken:
    person = people.find(turn, record.text("person"))
    if person is None or person.is_external:
        raise UnknownPerson(text=record.text("person"))
    before = files.get(turn, person.id)
    facts = {**(before or {}), **personnel.facts_of(record)}
    if facts == before:
        return "unchanged"
    files.save(turn, person.id, facts)
    return "added" if before is None else "changed"
