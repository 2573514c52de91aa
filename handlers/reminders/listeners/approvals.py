"""Routes for finance: letting go what needs approval, or deciding against it."""

from datetime import date

from bot.kit.replies import NOTHING, Reply
from bot.kit.routes import Click
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
    direction, customer, audience, day = str(click.value).split("|")
    approval.answer(turn, direction, int(customer), audience, date.fromisoformat(day), yes=yes)
    return NOTHING
