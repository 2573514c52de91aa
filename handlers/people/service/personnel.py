"""Personnel files: imported by HR from a list, read for the person's own certificates alone."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from bot.kit.errors import Problem
from bot.kit.tables import delimited
from bot.kit.tables.values import TableBroken, text_of
from bot.kit.words import N_
from handlers.people.model import personnel
from handlers.people.model.personnel import HEADINGS
from handlers.people.service import roles
from storage.people import people
from storage.people import personnel as files
from storage.turn import BOT, Turn


class NoPersonColumn(Problem):
    sentence = N_("The list has no column of people. Head one with “person”, “osoba” or “személy”.")


class UnreadableLine(Problem):
    sentence = N_("Line {line} of the list cannot be read. Save the list as CSV once more.")


class UnknownPerson(Problem):
    sentence = N_(
        "Nobody here is “{text}”. Name the person by e-mail address, Slack id or full name."
    )


class NoPersonnelFile(Problem):
    sentence = N_("There is no personnel file of {person} here. Ask HR for it with /ticket.")


class OnlyThemselves(Problem):
    sentence = N_("A certificate of employment is asked for by the employee alone.")


@dataclass
class Outcome:
    """What became of a list; ``problems`` are (line, problem)."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[tuple[int, Problem]] = field(default_factory=list)

    @property
    def failed(self) -> int:
        return len(self.problems)


def facts_of(turn: Turn, person: str, fields: Collection[str]) -> dict[str, Any]:
    """These facts of somebody's file and no other. Raises OnlyThemselves, NoPersonnelFile."""
    ties = ("requester",) if turn.actor.id == person else ()
    if turn.actor != BOT and not roles.may(turn, "personnel file", "see", *ties):
        raise OnlyThemselves()
    facts = files.get(turn, person)
    if facts is None:
        existing = people.person(turn, person)
        raise NoPersonnelFile(person=existing.name if existing else person)
    return {name: facts[name] for name in fields if name in facts}


def take(turn: Turn, content: bytes) -> Outcome:
    """Add and change files as the list says; what it has no column for stays as it is."""
    done = Outcome()
    for line, row in _rows(content):
        try:
            result = _save(turn, row)
        except Problem as problem:
            done.problems.append((line, problem))
            continue
        setattr(done, result, getattr(done, result) + 1)
    if done.added or done.changed:
        turn.record("personnel.imported", "personnel:list", added=done.added, changed=done.changed)
    return done


def _rows(content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        yield from _below_headings(content)
    except TableBroken as broken:
        raise UnreadableLine(line=broken.facts["line"]) from broken


def _below_headings(content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    sheet, _ = delimited.sheet("list", lambda: BytesIO(content), HEADINGS.sureness)
    rows = sheet.rows()
    columns = HEADINGS.columns(next(rows, (0, ()))[1])
    if HEADINGS.missing(columns):
        raise NoPersonColumn()
    for line, row in rows:
        cells = [text_of(cell).replace("\0", "").strip() for cell in row]
        if any(cells):
            places = ((name, each[0]) for name, each in columns.items())
            yield line, {name: cells[place] for name, place in places if place < len(cells)}


def _save(turn: Turn, row: Mapping[str, str]) -> str:
    person = people.find(turn, row.get("person", ""))
    if person is None or person.is_external:
        raise UnknownPerson(text=row.get("person", ""))
    before = files.get(turn, person.id)
    facts = {**(before or {}), **personnel.facts_of(row)}
    if facts == before:
        return "unchanged"
    files.save(turn, person.id, facts)
    return "added" if before is None else "changed"
