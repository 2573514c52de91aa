"""The buttons and forms of those who are asked."""

from bot.kit.markup import Mrkdwn
from bot.kit.replies import NOTHING, CloseView, OpenView, Reply, Whisper
from bot.kit.routes import Click, Submission
from handlers.approvals.blocks import cards
from handlers.approvals.routes import routes
from handlers.approvals.service import votes
from storage.turn import Turn


@routes.action(cards.APPROVE)
def approve(turn: Turn, click: Click) -> Reply:
    id, _, read = str(click.value).partition("|")
    if votes.approve(turn, int(id), read):
        return NOTHING
    return Whisper(turn.words.say(cards.READS_OTHERWISE))


@routes.action(cards.REJECT)
def reject(turn: Turn, click: Click) -> Reply:
    return OpenView(cards.reason(cards.REJECT_FORM, *_about(turn, click), turn.words))


@routes.action(cards.CHANGES)
def changes(turn: Turn, click: Click) -> Reply:
    return OpenView(cards.reason(cards.CHANGES_FORM, *_about(turn, click), turn.words))


@routes.action(cards.DELEGATE)
def delegate(turn: Turn, click: Click) -> Reply:
    return OpenView(cards.delegate(*_about(turn, click), turn.words))


@routes.submission(cards.REJECT_FORM)
def rejected(turn: Turn, submission: Submission) -> Reply:
    votes.decide(
        turn, submission.metadata["approval"], "rejected", str(submission.values["comment"] or "")
    )
    return CloseView()


@routes.submission(cards.CHANGES_FORM)
def changes_wanted(turn: Turn, submission: Submission) -> Reply:
    votes.decide(
        turn, submission.metadata["approval"], "changes", str(submission.values["comment"] or "")
    )
    return CloseView()


@routes.submission(cards.DELEGATE_FORM)
def delegated(turn: Turn, submission: Submission) -> Reply:
    votes.delegate(turn, submission.metadata["approval"], str(submission.values["person"] or ""))
    return CloseView()


def _about(turn: Turn, click: Click) -> tuple[int, Mrkdwn]:
    """The chain, and what it is about in a line: for those who are asked now."""
    return click.number, votes.title(turn, click.number)
