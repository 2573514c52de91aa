"""Who is asked in each step: named people, leads, agents; never whoever asked; substitutes for the
absent.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any

from bot.kit.catalogue import ApprovalStep
from bot.kit.errors import Problem
from handlers.approvals.model import subjects
from handlers.people.service import absences, roles
from storage.approvals import Approval, Vote
from storage.people import people
from storage.turn import Person, Turn

Asked = tuple[Person, Person | None]  # who, and whom they stand in for
Pair = tuple[str, str | None]  # the same by their ids


class NobodyToApprove(Problem):
    """Four eyes are wanted, and there are only those of whoever asked."""

    sentence = (
        "This needs an approval, and there is nobody who could give it. Please ask an "
        "administrator."
    )


def resolved(
    turn: Turn, steps: Sequence[ApprovalStep], department: str, askers: Collection[str]
) -> list[dict[str, Any]]:
    """The steps with the ids of whom they ask, never of the askers; raises
    :class:`NobodyToApprove`.
    """
    return [_step(turn, step, department, askers) for step in steps]


def asked_now(turn: Turn, step: Mapping[str, Any], askers: Collection[str]) -> list[Pair]:
    """Those of a resolved step who may still decide; where nobody of them may, those whom its rule
    names by now.
    """
    pairs: list[Pair] = list(map(tuple, step["people"]))
    able = able_of(turn, step, askers, pairs)
    return [pair for pair in pairs if pair[0] in able] or named_now(turn, step, askers)


def named_now(turn: Turn, step: Mapping[str, Any], askers: Collection[str]) -> list[Pair]:
    """Whom the rule of a resolved step would ask if it were resolved today; nobody, where there is
    nobody.
    """
    return _asked(turn, _rule(step), step.get("department", ""), askers)


def is_of(
    resolved_steps: Sequence[Mapping[str, Any]], steps: Sequence[ApprovalStep], department: str
) -> bool:
    """Whether these are the steps of a department, resolved at whatever time."""
    rules = [(step.model_dump(mode="json"), department) for step in steps]
    return rules == rules_of(resolved_steps)


def rules_of(resolved_steps: Sequence[Mapping[str, Any]]) -> list[tuple[object, object]]:
    """What steps were resolved from, whenever that was: the rule and the department of each."""
    return [(step.get("rule"), step.get("department")) for step in resolved_steps]


def able_of(
    turn: Turn, step: Mapping[str, Any], askers: Collection[str], pairs: Iterable[Pair]
) -> frozenset[str]:
    """Who of those asked may decide: the rule names them, or somebody in whose place they were
    asked, also today.
    """
    named = set(dict(named_now(turn, step, askers)))
    for _, person in _named(turn, _rule(step), step.get("department", "")):
        if _is_insider(person):
            named.add(person.id)
    behind = dict(pairs)
    able: set[str] = set()
    for id in behind:
        voter = people.find(turn, id)
        if voter and is_able(voter, askers) and not named.isdisjoint(line_of(id, behind)):
            able.add(id)
    return frozenset(able)


def askers_of(turn: Turn, approval: Approval) -> frozenset[str]:
    """Whose request it is by now: none of them decides."""
    return approval.askers | subjects.of(approval.subject).askers(turn, approval.subject)


def gone(turn: Turn, approval: Approval, present: Sequence[Vote]) -> list[Vote]:
    """Those who have not spoken and may not decide any more."""
    pairs = [(vote.person, vote.instead_of) for vote in present]
    able = able_of(turn, approval.steps[approval.step], askers_of(turn, approval), pairs)
    return [vote for vote in present if vote.verdict is None and vote.person not in able]


def is_able(person: Person, barred: Collection[str]) -> bool:
    """Four eyes: never whoever asked for it; and nobody from outside."""
    return person.id not in barred and _is_insider(person)


def line_of(person: str, behind: Mapping[str, str | None]) -> set[str]:
    """Somebody, and all in whose place they decide."""
    line: set[str] = set()
    at: str | None = person
    while at and at not in line:
        line.add(at)
        at = behind.get(at)
    return line


def _step(
    turn: Turn, step: ApprovalStep, department: str, askers: Collection[str]
) -> dict[str, Any]:
    pairs = _asked(turn, step, department, askers)
    if not pairs:
        raise NobodyToApprove()
    return {
        "needs": step.needs,
        "people": list(map(list, pairs)),
        "rule": step.model_dump(mode="json"),
        "department": department,
    }


def _rule(step: Mapping[str, Any]) -> ApprovalStep:
    """What a step was resolved from; where that was not kept, its people were named one by one."""
    kept = step.get("rule") or {"approvers": list(dict(step["people"])), "needs": step["needs"]}
    return ApprovalStep.model_construct(**kept)


def _asked(turn: Turn, step: ApprovalStep, department: str, askers: Collection[str]) -> list[Pair]:
    result: dict[str, str | None] = {}
    for home, person in _named(turn, step, department):
        for voter, instead_of in _there(turn, step, home, person):
            if is_able(voter, askers):
                result.setdefault(voter.id, instead_of.id if instead_of else None)
    return list(result.items()) or _last_resort(turn, step, askers)


def _named(turn: Turn, step: ApprovalStep, department: str) -> list[tuple[str, Person]]:
    """Everybody whom a step names, each with the department whose absences tell of them."""
    result: list[tuple[str, Person]] = []
    for approver in step.approvers:
        what, _, key = approver.partition(":")
        home = key or department
        if what == "lead":
            lead = roles.lead_of(turn, home)
            result += [(home, lead)] if lead else []
        elif what == "agents":
            result += zip(repeat(home), roles.agents_of(turn, home))
        else:
            person = people.find(turn, approver)
            result += [(department, person)] if person else []
    return result


def _there(turn: Turn, step: ApprovalStep, department: str, person: Person) -> list[Asked]:
    """The person, or while they are away the step's substitute, else their own."""
    if absences.of(turn, department, person) is None:
        return [(person, None)]
    substitute = people.find(turn, step.substitute) if step.substitute else None
    substitute = substitute or absences.stand_in(turn, department, person)
    return [(substitute, person)] if substitute else [(person, None)]


def _last_resort(turn: Turn, step: ApprovalStep, askers: Collection[str]) -> list[Pair]:
    """Where nobody is left: the step's substitute, else the administrators."""
    substitute = people.find(turn, step.substitute) if step.substitute else None
    result = (
        [substitute] if substitute and is_able(substitute, askers) else roles.administrators(turn)
    )
    return [(person.id, None) for person in result if is_able(person, askers)]


def _is_insider(person: Person) -> bool:
    return not person.is_external and not person.is_bot
