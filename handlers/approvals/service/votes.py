"""Votes: what somebody who is asked says: approve what they have read, refuse, ask for changes,
delegate.
"""

from bot.kit.errors import Problem
from bot.kit.markup import Mrkdwn
from handlers.approvals.blocks import cards
from handlers.approvals.model import subjects
from handlers.approvals.service import approvers, chain, chain_cards, chain_state
from handlers.people.model.permissions import Tie
from handlers.people.service import roles
from storage import approvals
from storage.approvals import Approval, Verdict
from storage.people import people
from storage.turn import Turn


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
    approval = _asked_now(turn, id)
    look = subjects.of(approval.subject).look(turn, approval.subject, turn.words)
    if look.digest != read:
        chain_cards.show(turn, approval)
        return False
    _vote(turn, approval, "approved", comment)
    return True


def decide(turn: Turn, id: int, verdict: Verdict, comment: str = "") -> Approval:
    """The actor's vote, and what it leads to."""
    return _vote(turn, _asked_now(turn, id), verdict, comment)


def delegate(turn: Turn, id: int, person_id: str) -> Approval:
    """Somebody else decides in the actor's place."""
    approval = _asked_now(turn, id)
    person = people.person(turn, person_id)
    barred = {*approvers.askers_of(turn, approval), turn.actor.id}
    if person is None or not approvers.is_able(person, barred):
        raise CannotDecide(person=person.name if person else person_id)
    if not chain.ask_one(turn, approval, person.id, turn.actor.id):
        raise CannotDecide(person=person.name)
    if not approvals.vote(turn, approval, turn.actor.id, "delegated", ""):
        raise SpokenAlready()
    turn.record("approval.delegated", approval.key, to=person.id)
    subjects.of(approval.subject).moved(turn, approval.subject, [person.id])
    chain_cards.show(turn, approval)
    return approval


def title(turn: Turn, id: int) -> Mrkdwn:
    """What the actor is asked about, in a line."""
    subject = _asked_now(turn, id).subject
    return subjects.of(subject).look(turn, subject, turn.words).title


def _vote(turn: Turn, approval: Approval, verdict: Verdict, comment: str) -> Approval:
    if not approvals.vote(turn, approval, turn.actor.id, verdict, comment.strip()):
        raise SpokenAlready()
    turn.record("approval.voted", approval.key, verdict=verdict)
    return chain.advance(turn, approval)


def _asked_now(turn: Turn, id: int) -> Approval:
    """The chain in which the actor is asked now, held with its subject."""
    about = approvals.subject_of(turn, id)
    if about:
        subjects.of(about).hold(turn, about)
    approval = approvals.asked_of(turn, id, turn.actor.id)
    is_asked = approval is not None and turn.actor.id not in approvers.askers_of(turn, approval)
    ties: tuple[Tie, ...] = ("asked",) if is_asked else ()
    if approval is None or not roles.may(turn, "approval", "decide", *ties):
        raise NotAsked()
    if approval.state != "open":
        raise Settled()
    present = chain_state.present(turn, approval)
    for vote in present:
        if vote.person == turn.actor.id:
            if vote.verdict == "lapsed" or vote in approvers.gone(turn, approval, present):
                raise NoSay()
            return approval
    raise Settled()
