"""Who is asked in each step: named people, leads, agents; never whoever asked; substitutes for the absent."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from bot.kit.catalogue import ApprovalStep
from bot.kit.errors import Problem
from handlers.people import absences, roles
from storage import people
from storage.turn import Person, Turn

Asked = tuple[Person, Person | None]  # who, and whom they stand in for


class NobodyToApprove(Problem):
    """Four eyes are wanted, and there are only those of whoever asked."""

    sentence = "This needs an approval, and there is nobody who could give it. Please ask an administrator."


def resolved(
    turn: Turn, steps: Sequence[ApprovalStep], department: str, askers: Collection[str]
) -> list[dict[str, Any]]:
    """The steps with the ids of whom they ask, never of the askers; raises :class:`NobodyToApprove`."""
    return [_step(turn, step, department, askers) for step in steps]


def people_of(step: Mapping[str, Any]) -> list[tuple[str, str | None]]:
    return [(asked, instead_of) for asked, instead_of in step["people"]]


def _step(turn: Turn, step: ApprovalStep, department: str, askers: Collection[str]) -> dict[str, Any]:
    found: dict[str, str | None] = {}
    for home, person in _named(turn, step, department):
        for asked, instead_of in _there(turn, step, home, person):
            if _is_able(asked, askers):
                found.setdefault(asked.id, instead_of.id if instead_of else None)
    asked_people = list(found.items()) or _last_resort(turn, step, askers)
    if not asked_people:
        raise NobodyToApprove()
    return {"needs": step.needs, "people": [list(pair) for pair in asked_people]}


def _named(turn: Turn, step: ApprovalStep, department: str) -> list[tuple[str, Person]]:
    """Everybody whom a step names, each with the department whose absences tell of them."""
    found: list[tuple[str, Person]] = []
    for approver in step.approvers:
        what, _, key = approver.partition(":")
        home = key or department
        if what == "lead":
            lead = roles.lead_of(turn, home)
            found += [(home, lead)] if lead else []
        elif what == "agents":
            found += [(home, agent) for agent in roles.agents_of(turn, home)]
        else:
            person = people.find(turn, approver)
            found += [(department, person)] if person else []
    return found


def _there(turn: Turn, step: ApprovalStep, department: str, person: Person) -> list[Asked]:
    """The person, or while they are away the step's substitute, else their own."""
    if absences.of(turn, department, person) is None:
        return [(person, None)]
    substitute = people.find(turn, step.substitute) if step.substitute else None
    substitute = substitute or absences.stand_in(turn, department, person)
    return [(substitute, person)] if substitute else [(person, None)]


def _last_resort(turn: Turn, step: ApprovalStep, askers: Collection[str]) -> list[tuple[str, str | None]]:
    """Where nobody is left: the step's substitute, else the administrators."""
    substitute = people.find(turn, step.substitute) if step.substitute else None
    found = [substitute] if substitute and _is_able(substitute, askers) else roles.administrators(turn)
    return [(person.id, None) for person in found if _is_able(person, askers)]


def _is_able(person: Person, askers: Collection[str]) -> bool:
    """Four eyes: never whoever asked for it; and nobody from outside."""
    return person.id not in askers and not person.is_external and not person.is_bot
