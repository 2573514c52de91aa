"""The buttons and forms of those who are asked."""

from datetime import timedelta

from bot.kit.doors import Click, Doors, Submission
from bot.kit.markup import Mrkdwn
from bot.kit.replies import NOTHING, CloseView, OpenView, Reply
from handlers.approvals import blocks, service
from storage.turn import Turn

doors: Doors[Turn] = Doors("approvals")


@doors.job("look_again", every=timedelta(minutes=5))
def look_again(turn: Turn) -> None:
    """Who may not decide any more is waited for no longer: they left a channel, the company, or
    became a guest.
    """
    service.look_again(turn)


@doors.action(blocks.APPROVE)
def approve(turn: Turn, click: Click) -> Reply:
    service.decide(turn, _id(click), "approved")
    return NOTHING


@doors.action(blocks.REJECT)
def reject(turn: Turn, click: Click) -> Reply:
    return OpenView(blocks.reason(blocks.REJECT_FORM, *_about(turn, click), turn.words))


@doors.action(blocks.CHANGES)
def changes(turn: Turn, click: Click) -> Reply:
    return OpenView(blocks.reason(blocks.CHANGES_FORM, *_about(turn, click), turn.words))


@doors.action(blocks.DELEGATE)
def delegate(turn: Turn, click: Click) -> Reply:
    return OpenView(blocks.delegate(*_about(turn, click), turn.words))


@doors.submission(blocks.REJECT_FORM)
def rejected(turn: Turn, submission: Submission) -> Reply:
    service.decide(
        turn, submission.metadata["approval"], "rejected", str(submission.values["comment"] or "")
    )
    return CloseView()


@doors.submission(blocks.CHANGES_FORM)
def changes_wanted(turn: Turn, submission: Submission) -> Reply:
    service.decide(
        turn, submission.metadata["approval"], "changes", str(submission.values["comment"] or "")
    )
    return CloseView()


@doors.submission(blocks.DELEGATE_FORM)
def delegated(turn: Turn, submission: Submission) -> Reply:
    service.delegate(turn, submission.metadata["approval"], str(submission.values["person"] or ""))
    return CloseView()


def _about(turn: Turn, click: Click) -> tuple[int, Mrkdwn]:
    """The chain, and what it is about in a line: for those who are asked now."""
    return _id(click), service.title(turn, _id(click))


def _id(click: Click) -> int:
    return int(str(click.value))
