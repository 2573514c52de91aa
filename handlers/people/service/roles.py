"""Who somebody is: agents, leads, finance, admins, and by that what they may; where a department
sits and which language it speaks.
"""

from collections.abc import Callable, Mapping

from bot.kit.errors import Problem
from bot.kit.words import Words
from handlers.people.model import permissions
from handlers.people.model.permissions import Tie
from storage.people import people, roles
from storage.turn import BOT, Person, Turn


class NoTriageChannel(Problem):
    """A department's channel is not there, or the bot is not in it."""

    sentence = (
        "{department} cannot be reached: I do not see its channel {channel}. "
        "Please ask an administrator to create it or to invite me."
    )


def agents_of(turn: Turn, department: str) -> list[Person]:
    """Who may work on a department's tickets, by name; its lead last, where they are not in the
    channel.
    """
    persons = workers_of(turn, department)
    lead = lead_of(turn, department)
    return persons if lead is None or lead in persons else [*persons, lead]


def workers_of(turn: Turn, department: str) -> list[Person]:
    """Who works the department's queue: the members of its channel and user group, by name."""
    memberships = memberships_by_department(turn).get(department)
    return roles.people_in(turn, memberships) if memberships else []


def departments_of(turn: Turn, person: Person | None = None) -> frozenset[str]:
    """The departments that somebody (the actor, unless told) is an agent or the lead of."""
    who = person or turn.actor
    if who.is_external or who.is_bot:
        return frozenset()
    if who.id == turn.actor.id:
        roles.read_circles(turn, _channel_names(turn))
    memberships = memberships_by_department(turn)
    theirs = roles.memberships_among(turn, who.id, set().union(*memberships.values()))
    departments: set[str] = set()
    for department in turn.catalogue.departments.values():
        is_member = not theirs.isdisjoint(memberships[department.key])
        if is_member or is_named(department.lead, who):
            departments.add(department.key)
    return frozenset(departments)


def memberships_by_department(turn: Turn) -> dict[str, set[str]]:
    """The channels and user groups whose members are each department's agents: of a channel that
    anybody may join only where the department is open.
    """
    departments = turn.catalogue.departments.values()
    ids = _channels(turn)
    private = roles.private_among(turn, ids.values())
    memberships: dict[str, set[str]] = {}
    for d in departments:
        memberships[d.key] = set()
        channel = ids.get(d.channel)
        if channel and (d.open or channel in private):
            memberships[d.key].add(channel)
        if d.user_group:
            memberships[d.key].add(d.user_group)
    return memberships


def _channels(turn: Turn) -> Mapping[str, str]:
    """The ids of the departments' channels, by name."""
    return roles.channels_named(turn, _channel_names(turn))


def _channel_names(turn: Turn) -> list[str]:
    return [department.channel for department in turn.catalogue.departments.values()]


def is_agent(turn: Turn, department: str, person: Person | None = None) -> bool:
    """Whether somebody (the actor, unless told) works a department's queue."""
    return department in departments_of(turn, person)


def lead_of(turn: Turn, department: str) -> Person | None:
    """The department's lead, if the catalogue names one that the directory knows."""
    existing = turn.catalogue.departments.get(department)
    if existing is None or not existing.lead:
        return None
    lead = people.find(turn, existing.lead)
    if lead is None or lead.is_external:
        return None
    return lead


def stands_in_for(turn: Turn, person: Person | None = None) -> frozenset[str]:
    """The departments in which somebody stands in, by an absence that has begun."""
    who = person or turn.actor
    today = turn.now.date()
    departments: set[str] = set()
    for department in turn.catalogue.departments.values():
        for absence in department.absences:
            if absence.first_day <= today and is_named(absence.substitute, who):
                departments.add(department.key)
    return frozenset(departments)


def may(turn: Turn, noun: str, verb: str, *ties: Tie, person: Person | None = None) -> bool:
    """Whether the table lets somebody (the actor, unless told) do this, by who they are or by these
    ties to the thing. The house itself, its jobs and its command line, may everything.
    """
    who = person or turn.actor
    if who == BOT:
        return True
    if who.is_bot:
        return False
    if who.is_external:
        return permissions.may({"outsider"}, noun, verb)
    holders = permissions.holders(noun, verb)
    if not holders.isdisjoint(ties):
        return True
    return any(is_one(turn, who) for tie, is_one in _BY_THEMSELVES.items() if tie in holders)


def is_finance(turn: Turn, person: Person | None = None) -> bool:
    """Whether somebody works in a finance department."""
    return any(turn.catalogue.departments[key].finance for key in departments_of(turn, person))


def administrators(turn: Turn) -> list[Person]:
    """Everybody who is one."""
    if not turn.catalogue.admins:
        return roles.administrators(turn)
    named: list[Person] = []
    for handle in turn.catalogue.admins:
        person = people.find(turn, handle)
        if person and not person.is_external:
            named.append(person)
    return named


def reads_invoices(turn: Turn, person: Person) -> bool:
    """Whether the catalogue names somebody as a reader: by themselves, a user group, a
    department.
    """
    as_agent = {f"agents:{key}" for key in departments_of(turn, person)}
    groups: list[str] = []
    for reader in turn.catalogue.invoices.readers:
        if is_named(reader, person) or reader in as_agent:
            return True
        if reader.startswith("S"):
            groups.append(reader)
    return bool(roles.memberships_among(turn, person.id, groups))


_BY_THEMSELVES: Mapping[Tie, Callable[[Turn, Person], bool]] = {
    "employee": lambda turn, person: True,
    "finance": is_finance,
    "reader": reads_invoices,
}
"""The ties that somebody has to the house, whatever they reach for."""


def triage_channel(turn: Turn, department: str) -> str:
    """The id of the channel in which a department works; raises :class:`NoTriageChannel`."""
    wanted = turn.catalogue.departments[department]
    result = roles.channels_named(turn, [wanted.channel])
    if not result:
        raise NoTriageChannel(
            department=wanted.name.in_(turn.actor.language), channel=wanted.channel
        )
    return result[wanted.channel]


def words_of(turn: Turn, department: str) -> Words:
    """The language that a department's channel speaks; the company's for one that the catalogue has
    no more.
    """
    existing = turn.catalogue.departments.get(department)
    return Words(existing.language if existing else turn.catalogue.company.language)


def words_of_channel(turn: Turn, channel: str) -> Words:
    """The language of a channel: its department's, or the company's."""
    named = _channels(turn)
    for department in turn.catalogue.departments.values():
        if named.get(department.channel) == channel:
            return Words(department.language)
    return Words(turn.catalogue.company.language)


def words_for(turn: Turn, person: str) -> Words:
    """The language of a person; the company's when the directory has not met them."""
    existing = people.person(turn, person)
    return Words(existing.language if existing else turn.catalogue.company.language)


def is_named(handle: str | None, person: Person) -> bool:
    """Whether the catalogue means this person: by id, address or handle, never by a name that they
    chose.
    """
    if not handle:
        return False
    return handle.removeprefix("@") in (person.id, person.email, person.handle)
