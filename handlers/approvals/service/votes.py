"""Approvals: ask, vote, hand on, ask again, withdraw. What follows a decision is its subject's
business.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.kit.catalogue import ApprovalStep
from bot.kit.errors import Problem
from bot.kit.markup import Mrkdwn
from handlers.approvals.blocks import cards
from handlers.approvals.model import quorum, subjects
from handlers.approvals.model.quorum import Outcome
from handlers.approvals.service import chain, chain_state, reminders
from handlers.people.model.permissions import Tie
from handlers.people.service import roles
from storage import approvals
from storage.approvals import Approval, State, Verdict, Vote
from storage.people import people
from storage.turn import Person, Turn

_SAID = ("approved", "rejected")


class NotAsked(Problem):
    sentence = "You are not asked about this (any more)."


class SpokenAlready(Problem):
    sentence = "You have said it already."


class NoSay(Problem):
    """They were asked, and have left those whom the rule names, or the company."""

    sentence = cards.NO_SAY


class Settled(Problem):
    sentence = "This is decided already."


class CannotDecide(Problem):
    """Whoever asked for it, a guest, a bot, or somebody who is asked anyway."""

    sentence = "{person} cannot decide this in your place. Choose somebody else."
    field = "person"


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
    chosen = chain.resolved(turn, steps, department, {requester, author or requester})
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
        _show_all(turn, replace(overtaken, step=step))
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
    askers = _askers(turn, last)
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


def asked(turn: Turn, id: int) -> Approval:
    """A chain in which the actor was asked, whatever became of it."""
    approval = approvals.asked_of(turn, id, turn.actor.id)
    if approval is None:
        raise NotAsked()
    return approval


def approve(turn: Turn, id: int, read: str, comment: str = "") -> bool:
    """The actor approves what they have read, by the digest of its look; false where it reads
    otherwise by now: it is shown anew, and nothing is decided.
    """
    approval = _asked(turn, id)
    look = subjects.of(approval.subject).look(turn, approval.subject, turn.words)
    if look.digest != read:
        _show_all(turn, approval)
        return False
    _vote(turn, approval, "approved", comment)
    return True


def decide(turn: Turn, id: int, verdict: Verdict, comment: str = "") -> Approval:
    """The actor's vote, and what it leads to."""
    return _vote(turn, _asked(turn, id), verdict, comment)


def _vote(turn: Turn, approval: Approval, verdict: Verdict, comment: str) -> Approval:
    if not approvals.vote(turn, approval, turn.actor.id, verdict, comment.strip()):
        raise SpokenAlready()
    turn.record("approval.voted", approval.key, verdict=verdict)
    outcome = _outcome(approval, chain_state.present(turn, approval))
    if outcome:
        return _settle(turn, approval, outcome)
    _show_all(turn, approval)
    subjects.of(approval.subject).moved(turn, approval.subject, [])
    return approval


def delegate(turn: Turn, id: int, person_id: str) -> Approval:
    """Somebody else decides in the actor's place."""
    approval = _asked(turn, id)
    person = people.person(turn, person_id)
    barred = {*_askers(turn, approval), turn.actor.id}
    unable = person is None or person.is_external or person.is_bot or person.id in barred
    if person is None or unable or not _ask_one(turn, approval, person.id, turn.actor.id):
        raise CannotDecide(person=person.name if person else person_id)
    if not approvals.vote(turn, approval, turn.actor.id, "delegated", ""):
        raise SpokenAlready()
    turn.record("approval.delegated", approval.key, to=person.id)
    subjects.of(approval.subject).moved(turn, approval.subject, [person.id])
    _show_all(turn, approval)
    return approval


def title(turn: Turn, id: int) -> Mrkdwn:
    """What the actor is asked about, in a line."""
    subject = _asked(turn, id).subject
    return subjects.of(subject).look(turn, subject, turn.words).title


def withdraw(turn: Turn, subject: str) -> None:
    """It is not needed any more."""
    approval = approvals.latest(turn, subject)
    if approval and approval.state in ("open", "changes"):
        approval = approvals.change(turn, approval, state="withdrawn", ended_at=turn.now)
        turn.record("approval.withdrawn", approval.key)
        _show_all(turn, approval)


def show(turn: Turn, subject: str) -> None:
    """The cards of an open chain show the subject as it is now."""
    approval = approvals.latest(turn, subject)
    if approval and approval.state == "open":
        _show_all(turn, approval)


def _asked(turn: Turn, id: int) -> Approval:
    """The chain in which the actor is asked now, held with its subject."""
    about = approvals.subject_of(turn, id)
    if about:
        subjects.of(about).hold(turn, about)
    approval = approvals.asked_of(turn, id, turn.actor.id)
    is_asked = approval is not None and turn.actor.id not in _askers(turn, approval)
    ties: tuple[Tie, ...] = ("asked",) if is_asked else ()
    if approval is None or not roles.may(turn, "approval", "decide", *ties):
        raise NotAsked()
    if approval.state != "open":
        raise Settled()
    present = chain_state.present(turn, approval)
    for vote in present:
        if vote.person == turn.actor.id:
            if vote.verdict == "lapsed" or vote in _gone(turn, approval, present):
                raise NoSay()
            return approval
    raise Settled()


def look_again(turn: Turn) -> None:
    """Whoever may not decide any more is not waited for; where nobody is left, those are asked who
    may by now.
    """
    for approval in approvals.open_ones(turn):
        present = chain_state.present(turn, approval)
        if _gone(turn, approval, present) or not _is_awaited(present):
            subjects.of(approval.subject).hold(turn, approval.subject)
            held = approvals.latest(turn, approval.subject)
            if held and held.state == "open":
                _renew(turn, held)


def _renew(turn: Turn, approval: Approval) -> None:
    gone = _gone(turn, approval, chain_state.present(turn, approval))
    for vote in gone:
        approvals.vote(turn, approval, vote.person, "lapsed", "")
        turn.record("approval.lapsed", approval.key, person=vote.person)
    request = (
        [] if _is_awaited(chain_state.present(turn, approval)) else _ask_others(turn, approval)
    )
    present = chain_state.present(turn, approval)
    outcome = _outcome(approval, present)
    if outcome:
        _settle(turn, approval, outcome, _decider(turn, present, outcome))
    elif gone or request:
        subjects.of(approval.subject).moved(turn, approval.subject, request)
        _show_all(turn, approval)


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
    request: list[str] = []
    askers = _askers(turn, approval)
    for person, instead_of in chain.named_now(turn, approval.steps[approval.step], askers):
        if person not in spoken:
            first = reminders.first(turn, person)
            approvals.ask_anew(turn, approval, person, instead_of, first)
            turn.record("approval.asked_anew", approval.key, person=person)
            request.append(person)
    return request


def _spoken(present: Sequence[Vote]) -> set[str]:
    """Whoever has spoken, and all in whose place they did."""
    behind = {vote.person: vote.instead_of for vote in present}
    spoken: set[str] = set()
    for vote in present:
        if vote.verdict in _SAID:
            spoken |= chain.line_of(vote.person, behind)
    return spoken


def _gone(turn: Turn, approval: Approval, present: Sequence[Vote]) -> list[Vote]:
    """Those who have not spoken and may not decide any more."""
    pairs = [(vote.person, vote.instead_of) for vote in present]
    able = chain.able_of(turn, approval.steps[approval.step], _askers(turn, approval), pairs)
    return [vote for vote in present if vote.verdict is None and vote.person not in able]


def _askers(turn: Turn, approval: Approval) -> frozenset[str]:
    """Whose request it is by now: none of them decides."""
    return approval.askers | subjects.of(approval.subject).askers(turn, approval.subject)


def _is_awaited(present: Sequence[Vote]) -> bool:
    return any(vote.verdict is None for vote in present)


def _ask_step(turn: Turn, approval: Approval) -> None:
    pairs = chain.asked_now(turn, approval.steps[approval.step], _askers(turn, approval))
    request: list[str] = []
    for person, instead_of in pairs:
        _ask_one(turn, approval, person, instead_of)
        request.append(person)
    subjects.of(approval.subject).moved(turn, approval.subject, request)
    _show_all(turn, approval)


def _begin_anew(turn: Turn, last: Approval) -> None:
    """The same chain once more, from its first step."""
    approval = approvals.begin(turn, last.subject, last.requester, last.steps, author=last.author)
    turn.record("approval.asked", approval.key, about=last.subject)
    _ask_step(turn, approval)


def _ask_one(turn: Turn, approval: Approval, person: str, instead_of: str | None) -> bool:
    return approvals.ask(turn, approval, person, instead_of, reminders.first(turn, person))


def _settle(
    turn: Turn, approval: Approval, outcome: Outcome, decider: Person | None = None
) -> Approval:
    """The step has come to this; by the actor, unless another had decided it."""
    if outcome == "approved" and approval.step + 1 < len(approval.steps):
        _show_all(turn, approval, done=True)
        approval = approvals.change(turn, approval, step=approval.step + 1)
        _ask_step(turn, approval)
        return approval
    approval = approvals.change(turn, approval, state=outcome, ended_at=turn.now)
    turn.record("approval.decided", approval.key, outcome=outcome)
    _show_all(turn, approval)
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
    existing = people.persons(turn, voters)
    lines: list[str] = []
    for vote in reasons:
        voter = existing.get(vote.person)
        name = voter.name if voter else vote.person
        lines.append(f"{name}: {vote.comment}")
    return "\n".join(lines)


def _show_all(turn: Turn, approval: Approval, *, done: bool = False) -> None:
    """The card of everybody who is asked in the present step; ``done``: this step is over, the
    chain goes on.
    """
    present = chain_state.present(turn, approval)
    existing = people.persons(turn, [vote.person for vote in present])
    state: State = "approved" if done else approval.state
    handed_to: dict[str, str] = {}
    deciders: list[str] = []
    others = -1  # but the reader
    for vote in present:
        others += vote.verdict != "lapsed"
        if vote.instead_of:
            handed_to[vote.instead_of] = vote.person
        if vote.verdict == state and vote.person in existing:
            deciders.append(existing[vote.person].name)
    for vote in present:
        words = roles.words_for(turn, vote.person)
        look = subjects.of(approval.subject).look(turn, approval.subject, words)
        if vote.verdict == "delegated" and (other := existing.get(handed_to.get(vote.person, ""))):
            card = cards.handed_on(look.title, other.name, words)
        elif vote.verdict == "lapsed":
            card = cards.lapsed(look.title, words)
        elif state == "open" and vote.verdict is None:
            needs = approval.steps[approval.step]["needs"]
            card = cards.asking(approval.id, look, needs, others, words)
        else:
            card = cards.settled(look.title, state, deciders, words)
        turn.show(
            approval.card(vote.person),
            vote.person,
            words.mark("Do you approve this? {title}", title=look.title),
            card,
            subject=approval.key,
        )
