"""How the approval of a subject stands: who is waited for, and whether anybody has spoken."""

from collections.abc import Sequence

from bot.kit.catalogue import ApprovalStep
from handlers.approvals.service import approvers
from storage import approvals
from storage.approvals import Approval, Vote
from storage.people import people
from storage.turn import Turn


def latest(turn: Turn, subject: str) -> Approval | None:
    """The last chain about a subject."""
    return approvals.latest(turn, subject)


def is_pending(turn: Turn, subject: str) -> bool:
    """Whether a chain is open, or waits for changes after which it is asked again."""
    approval = approvals.latest(turn, subject)
    return approval is not None and approval.state in ("open", "changes")


def has_votes(turn: Turn, subject: str) -> bool:
    """Whether anybody has spoken in the last chain about a subject; who handed it on has not."""
    approval = approvals.latest(turn, subject)
    if approval is None:
        return False
    return any(vote.verdict in approvals.SPOKEN for vote in approvals.votes_of(turn, approval))


def goes_on(turn: Turn, subject: str, steps: Sequence[ApprovalStep], department: str) -> bool:
    """Whether a chain of just these steps is under way, in which nobody has spoken yet, or changes
    are wanted.
    """
    last = approvals.latest(turn, subject)
    if last is None or not approvers.is_of(last.steps, steps, department):
        return False
    return last.state == "changes" or (last.state == "open" and not has_votes(turn, subject))


def is_asked_alike(turn: Turn, subject: str, other: str) -> bool:
    """Whether another subject waits for the same approval as this one."""
    last, others = approvals.latest(turn, subject), approvals.latest(turn, other)
    if last is None or others is None or others.state not in ("open", "changes"):
        return False
    return approvers.rules_of(last.steps) == approvers.rules_of(others.steps)


def waiting_people(turn: Turn, subject: str) -> list[str]:
    """Who has still to speak, or to look at the changes that they wanted, by name."""
    approval = approvals.latest(turn, subject)
    if approval is None or approval.state not in ("open", "changes"):
        return []
    awaited: list[str] = []
    for vote in present(turn, approval):
        if vote.verdict in (None, "changes"):
            awaited.append(vote.person)
    return [person.name for person in people.persons(turn, awaited).values()]


def present(turn: Turn, approval: Approval) -> list[Vote]:
    """Those who are asked in the present step."""
    return [vote for vote in approvals.votes_of(turn, approval) if vote.step == approval.step]
