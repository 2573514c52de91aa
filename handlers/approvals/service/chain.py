"""The chain of steps about a subject: begun, asked again, overtaken, withdrawn, and what each step
comes to. What follows a decision is its subject's business.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.kit.catalogue import ApprovalStep
from handlers.approvals.model import quorum, subjects
from handlers.approvals.model.quorum import Outcome
from handlers.approvals.service import approvers, chain_cards, chain_state, reminders
from handlers.people.service import roles
from storage import approvals
from storage.approvals import Approval, Vote
from storage.people import people
from storage.turn import Person, Turn

_SAID = ("approved", "rejected")


def ask(
    turn: Turn,
    subject: str,
    steps: Sequence[ApprovalStep],
    *,
    department: str,
    requester: str,
    author: str | None = None,
) -> Approval:
    """Begin a chain about a subject: the people of its first step are asked, never those who asked
    for it.
    """
    chosen = approvers.resolved(turn, steps, department, {requester, author or requester})
    approval = approvals.begin(turn, subject, requester, chosen, author=author)
    turn.record("approval.asked", approval.key, about=subject)
    _ask_step(turn, approval)
    return approval


def ask_again(turn: Turn, subject: str) -> bool:
    """After changes: the same people are asked anew, from the first step; false when no changes
    were wanted.
    """
    last = approvals.latest(turn, subject)
    if last is None or last.state != "changes":
        return False
    _begin_anew(turn, last)
    return True


def overtake(turn: Turn, subject: str, *, ask: bool) -> bool:
    """The subject was changed: who has spoken spoke of something else, and no vote counts any more;
    with ``ask`` the same people are asked anew, from the first step. False where nobody had spoken,
    or all is asked anew or over anyway.
    """
    last = approvals.latest(turn, subject)
    if (
        last is None
        or last.state not in ("open", "approved")
        or not chain_state.has_votes(turn, subject)
    ):
        return False
    overtaken = approvals.change(turn, last, state="overtaken", ended_at=turn.now)
    turn.record("approval.overtaken", last.key)
    for step in range(overtaken.step + 1):
        chain_cards.show(turn, replace(overtaken, step=step))
    if ask:
        _begin_anew(turn, last)
    return True


def join(turn: Turn, subject: str) -> bool:
    """Somebody else asks for it too: they are not waited for any more. True where they had spoken
    of it, so that the others are asked anew.
    """
    last = approvals.latest(turn, subject)
    if last is None:
        return False
    askers = approvers.askers_of(turn, last)
    for vote in approvals.votes_of(turn, last):
        if vote.person in askers and vote.verdict in _SAID:
            return overtake(turn, subject, ask=True)
    if last.state == "open":
        _renew(turn, last)
    return False


def remind(turn: Turn, subject: str) -> None:
    """Those who have still to speak hear beneath their card that the actor waits."""
    approval = approvals.latest(turn, subject)
    if approval is None or approval.state != "open":
        return
    for vote in chain_state.present(turn, approval):
        if vote.verdict is None and vote.person != turn.actor.id:
            sentence = roles.words_for(turn, vote.person).mark(
                "{asker} waits for your decision.", asker=turn.actor.name
            )
            reminders.tell_beneath(turn, approval, vote.person, sentence, "reminded")


def withdraw(turn: Turn, subject: str) -> None:
    """It is not needed any more."""
    approval = approvals.latest(turn, subject)
    if approval and approval.state in ("open", "changes"):
        approval = approvals.change(turn, approval, state="withdrawn", ended_at=turn.now)
        turn.record("approval.withdrawn", approval.key)
        chain_cards.show(turn, approval)


def show(turn: Turn, subject: str) -> None:
    """The cards of an open chain show the subject as it is now."""
    approval = approvals.latest(turn, subject)
    if approval and approval.state == "open":
        chain_cards.show(turn, approval)


def advance(turn: Turn, approval: Approval) -> Approval:
    """The actor has spoken: the step is settled by it, or waits for the others."""
    outcome = _outcome(approval, chain_state.present(turn, approval))
    if outcome:
        return _settle(turn, approval, outcome)
    chain_cards.show(turn, approval)
    subjects.of(approval.subject).moved(turn, approval.subject, [])
    return approval


def ask_one(turn: Turn, approval: Approval, person: str, instead_of: str | None) -> bool:
    """Ask one more person in the present step; false where they are asked already."""
    return approvals.ask(turn, approval, person, instead_of, reminders.first(turn, person))


def look_again(turn: Turn) -> None:
    """Whoever may not decide any more is not waited for; where nobody is left, those are asked who
    may by now.
    """
    for approval in approvals.open_ones(turn):
        present = chain_state.present(turn, approval)
        if approvers.gone(turn, approval, present) or not _is_awaited(present):
            subjects.of(approval.subject).hold(turn, approval.subject)
            held = approvals.latest(turn, approval.subject)
            if held and held.state == "open":
                _renew(turn, held)


def _renew(turn: Turn, approval: Approval) -> None:
    gone = approvers.gone(turn, approval, chain_state.present(turn, approval))
    for vote in gone:
        approvals.vote(turn, approval, vote.person, "lapsed", "")
        turn.record("approval.lapsed", approval.key, person=vote.person)
    others: list[str] = []
    if not _is_awaited(chain_state.present(turn, approval)):
        others = _ask_others(turn, approval)
    present = chain_state.present(turn, approval)
    outcome = _outcome(approval, present)
    if outcome:
        _settle(turn, approval, outcome, _decider(turn, present, outcome))
    elif gone or others:
        subjects.of(approval.subject).moved(turn, approval.subject, others)
        chain_cards.show(turn, approval)


def _outcome(approval: Approval, present: Sequence[Vote]) -> Outcome | None:
    needs = approval.steps[approval.step]["needs"]
    return quorum.outcome(needs, [vote.verdict for vote in present])


def _decider(turn: Turn, present: Sequence[Vote], outcome: Outcome) -> Person | None:
    """Whoever said last what it came to."""
    agreeing = [vote for vote in present if vote.verdict == outcome]
    last = max(agreeing, key=lambda vote: vote.at or turn.now)
    return people.person(turn, last.person)


def _ask_others(turn: Turn, approval: Approval) -> list[str]:
    """Those whom the rule names by now, but whoever has spoken, or had somebody speak in their
    place.
    """
    spoken = _spoken(chain_state.present(turn, approval))
    others: list[str] = []
    askers = approvers.askers_of(turn, approval)
    for person, instead_of in approvers.named_now(turn, approval.steps[approval.step], askers):
        if person not in spoken:
            first = reminders.first(turn, person)
            approvals.ask_anew(turn, approval, person, instead_of, first)
            turn.record("approval.asked_anew", approval.key, person=person)
            others.append(person)
    return others


def _spoken(present: Sequence[Vote]) -> set[str]:
    """Whoever has spoken, and all in whose place they did."""
    behind = {vote.person: vote.instead_of for vote in present}
    spoken: set[str] = set()
    for vote in present:
        if vote.verdict in _SAID:
            spoken |= approvers.line_of(vote.person, behind)
    return spoken


def _is_awaited(present: Sequence[Vote]) -> bool:
    return any(vote.verdict is None for vote in present)


def _ask_step(turn: Turn, approval: Approval) -> None:
    askers = approvers.askers_of(turn, approval)
    asked: list[str] = []
    for person, instead_of in approvers.asked_now(turn, approval.steps[approval.step], askers):
        ask_one(turn, approval, person, instead_of)
        asked.append(person)
    subjects.of(approval.subject).moved(turn, approval.subject, asked)
    chain_cards.show(turn, approval)


def _begin_anew(turn: Turn, last: Approval) -> None:
    """The same chain once more, from its first step."""
    approval = approvals.begin(turn, last.subject, last.requester, last.steps, author=last.author)
    turn.record("approval.asked", approval.key, about=last.subject)
    _ask_step(turn, approval)


def _settle(
    turn: Turn, approval: Approval, outcome: Outcome, decider: Person | None = None
) -> Approval:
    """The step has come to this; by the actor, unless another had decided it."""
    if outcome == "approved" and approval.step + 1 < len(approval.steps):
        chain_cards.show(turn, approval, done=True)
        approval = approvals.change(turn, approval, step=approval.step + 1)
        _ask_step(turn, approval)
        return approval
    approval = approvals.change(turn, approval, state=outcome, ended_at=turn.now)
    turn.record("approval.decided", approval.key, outcome=outcome)
    chain_cards.show(turn, approval)
    by = replace(turn, actor=decider) if decider else turn
    reasons = _reasons(turn, approval, by.actor.id)
    subjects.of(approval.subject).decided(by, approval.subject, outcome, reasons)
    return approval


def _reasons(turn: Turn, approval: Approval, decider: str) -> str:
    """What everybody gave as their reason, by name where it was not the decider alone."""
    reasons = [vote for vote in approvals.votes_of(turn, approval) if vote.comment]
    voters = [vote.person for vote in reasons]
    if voters == [decider]:
        return reasons[0].comment
    persons = people.persons(turn, voters)
    lines: list[str] = []
    for vote in reasons:
        voter = persons.get(vote.person)
        name = voter.name if voter else vote.person
        lines.append(f"{name}: {vote.comment}")
    return "\n".join(lines)
