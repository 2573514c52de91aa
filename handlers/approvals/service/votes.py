"""Votes: what somebody who is asked says of what they have read: approve, refuse, ask for changes;
or delegate.
"""

from bot.kit.errors import Problem
from handlers.approvals.blocks import cards
from handlers.approvals.model import subjects
from handlers.approvals.model.subjects import Look
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


def look(turn: Turn, id: int) -> Look:
    """What the actor is asked about now, as they read it."""
    return _look(turn, _asked_now(turn, id))


def decide(turn: Turn, id: int, verdict: Verdict, read: str, comment: str = "") -> bool:
    """The actor's word on what they have read, by the digest of its look, and what it leads to;
    false where it reads otherwise by now: it is shown anew, and nothing is decided.
    """
    approval = _asked_now(turn, id)
    if _look(turn, approval).digest != read:
        chain_cards.show(turn, approval)
        return False
    if not approvals.vote(turn, approval, turn.actor.id, verdict, comment.strip()):
        raise SpokenAlready()
    turn.record("approval.voted", approval.key, verdict=verdict)
    chain.advance(turn, approval)
    return True


def anew(turn: Turn, id: int) -> int:
    """The chain in which the actor is asked about the same by now; the same one where it was not
    asked anew.
    """
    subject = approvals.subject_of(turn, id)
    waiting = approvals.waiting_for(turn, turn.actor.id)
    return next((each.id for each in waiting if each.subject == subject), id)


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


def _look(turn: Turn, approval: Approval) -> Look:
    return subjects.of(approval.subject).look(turn, approval.subject, turn.words)


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
