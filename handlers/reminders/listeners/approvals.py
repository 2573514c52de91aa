"""Routes for finance: letting go what needs approval, or deciding against it."""

from datetime import date

from bot.kit.replies import NOTHING, Reply, Whisper
from bot.kit.routes import Click
from handlers.approvals.blocks.cards import READS_OTHERWISE
from handlers.reminders.blocks import approval as looks
from handlers.reminders.routes import routes
from handlers.reminders.service import approval
from storage.turn import Turn


@routes.action(looks.APPROVE)
def approve(turn: Turn, click: Click) -> Reply:
    return _answer(turn, click, yes=True)


@routes.action(looks.REFUSE)
def refuse(turn: Turn, click: Click) -> Reply:
    return _answer(turn, click, yes=False)


def _answer(turn: Turn, click: Click, *, yes: bool) -> Reply:
    direction, customer, audience, day, read = str(click.value).split("|")
    card = approval.Card(direction, int(customer), audience, date.fromisoformat(day), read)
    if approval.answer(turn, card, yes=yes):
        return NOTHING
    return Whisper(turn.words.say(READS_OTHERWISE))
