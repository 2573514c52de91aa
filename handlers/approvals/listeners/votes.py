"""The buttons and forms of those who are asked."""

from bot.kit.block_kit import View
from bot.kit.replies import NOTHING, CloseView, OpenView, Reply, UpdateView, Whisper
from bot.kit.routes import Click, Submission
from handlers.approvals.blocks import cards
from handlers.approvals.routes import routes
from handlers.approvals.service import votes
from storage.approvals import Verdict
from storage.turn import Turn

_VERDICTS: dict[str, Verdict] = {cards.REJECT_FORM: "rejected", cards.CHANGES_FORM: "changes"}


@routes.action(cards.APPROVE)
def approve(turn: Turn, click: Click) -> Reply:
    id, read = str(click.value).split("|")
    if votes.decide(turn, int(id), "approved", read):
        return NOTHING
    return Whisper(turn.words.say(cards.READS_OTHERWISE))


@routes.action(cards.REJECT)
def reject(turn: Turn, click: Click) -> Reply:
    return OpenView(_reason(turn, cards.REJECT_FORM, click.number))


@routes.action(cards.CHANGES)
def changes(turn: Turn, click: Click) -> Reply:
    return OpenView(_reason(turn, cards.CHANGES_FORM, click.number))


@routes.action(cards.DELEGATE)
def delegate(turn: Turn, click: Click) -> Reply:
    title = votes.look(turn, click.number).title
    return OpenView(cards.delegate(click.number, title, turn.words))


@routes.submission(cards.REJECT_FORM)
@routes.submission(cards.CHANGES_FORM)
def decided(turn: Turn, form: Submission) -> Reply:
    id, comment = form.metadata["approval"], str(form.values["comment"] or "")
    if votes.decide(turn, id, _VERDICTS[form.callback_id], form.metadata["read"], comment):
        return CloseView()
    note = turn.words.say(cards.READS_OTHERWISE)
    return UpdateView(_reason(turn, form.callback_id, id, note))


@routes.submission(cards.DELEGATE_FORM)
def delegated(turn: Turn, form: Submission) -> Reply:
    """Whoever is asked instead reads for themselves."""
    votes.delegate(turn, form.metadata["approval"], str(form.values["person"] or ""))
    return CloseView()


def _reason(turn: Turn, form: str, id: int, note: str = "") -> View:
    """What it is about as it reads now, for those who are asked now, and the question why."""
    return cards.reason(form, id, votes.look(turn, id), turn.words, note)
