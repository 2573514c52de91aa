"""Who is away, as the catalogue's dates or their Slack status say, and who stands in."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.kit.catalogue import Absence as Known
from bot.kit.folding import fold
from handlers.people.service import roles
from storage.people import people
from storage.turn import Person, Turn

_AWAY_EMOJI = frozenset(
    {
        "palm_tree",
        "beach_with_umbrella",
        "desert_island",
        "airplane",
        "luggage",
        "face_with_thermometer",
        "sneezing_face",
        "thermometer",
        "hospital",
        "no_entry",
        "no_entry_sign",
        "baby",
        "bed",
    }
)
_AWAY_WORDS = frozenset(
    fold(phrase)
    for line in (
        "vacation; vacationing; on holiday; on leave; sick; ill; out of office; ooo; away; "
        "parental leave; off today",
        "urlop; na urlopie; chora; chory; choruję; zwolnienie lekarskie; l4; nieobecny; "
        "nieobecna; macierzyński",
        "szabadság; szabadságon; szabin; beteg; táppénz; táppénzen; házon kívül; távol; szülési "
        "szabadság",
    )
    for phrase in line.split(";")
)


@dataclass(frozen=True)
class Absence:
    """Somebody away: until when, where that is known, and who stands in."""

    person: Person
    until: date | None = None
    substitute: Person | None = None


def of(turn: Turn, department: str, person: Person) -> Absence | None:
    """Whether somebody of a department is away today."""
    for existing in _today(turn, department):
        if roles.is_named(existing.person, person):
            substitute = people.find(turn, existing.substitute) if existing.substitute else None
            return Absence(person, existing.last_day, substitute)
    return Absence(person) if says_away(person.status) else None


def _today(turn: Turn, department: str) -> list[Known]:
    """The catalogue's absences of today, where the department is; none for one that it
    has no more.
    """
    if department not in turn.catalogue.departments:
        return []
    today = turn.now.astimezone(ZoneInfo(turn.catalogue.calendar_of(department).timezone)).date()
    return [
        each
        for each in turn.catalogue.departments[department].absences
        if each.first_day <= today <= each.last_day
    ]


def present(turn: Turn, department: str) -> list[Person]:
    """Those of the department's queue who are at work, by name; substitutes of the absent among
    them.
    """
    result: dict[str, Person] = {}
    for agent in roles.workers_of(turn, department):
        there = stand_in(turn, department, agent)
        if there:
            result.setdefault(there.id, there)
    return sorted(result.values(), key=lambda person: (person.name, person.id))


def stand_in(turn: Turn, department: str, person: Person) -> Person | None:
    """The person, or who stands in for them while they are away; None when nobody does."""
    absence = of(turn, department, person)
    if absence is None:
        return person
    substitute = absence.substitute
    return substitute if substitute and of(turn, department, substitute) is None else None


def says_away(status: str) -> bool:
    """Whether a Slack status (``:palm_tree: Back on Monday``) says that somebody is not at work."""
    emoji, _, text = status.partition(" ") if status.startswith(":") else ("", "", status)
    if emoji.strip(":") in _AWAY_EMOJI:
        return True
    words = f" {fold(text)} "
    return any(f" {away} " in words for away in _AWAY_WORDS)
