"""Doors of the board of payments that wait."""

from collections.abc import Callable

from bot.kit.replies import NOTHING, OpenView, Reply, UpdateView, Whisper
from bot.kit.routes import Click
from handlers.invoices.blocks import waiting_payments
from handlers.invoices.routes import routes
from handlers.invoices.service import payment_board
from handlers.ledger.service import claims, reconciliation
from handlers.ledger.service.manual_payments import NoLongerEntered
from handlers.ledger.service.reconciliation import NotOpenBySoMuch
from storage.turn import Turn


@routes.action(waiting_payments.ALLOT)
def allot(turn: Turn, click: Click) -> Reply:
    """One click books a payment on what was proposed for it."""
    claims.require_finance(turn)
    line, amounts = payment_board.read(str(click.value))
    return _booked(turn, lambda: reconciliation.allot(turn, line, amounts))


@routes.action(waiting_payments.RECOGNISE)
def recognise(turn: Turn, click: Click) -> Reply:
    """One click tells that a payment was entered before: it is booked once."""
    claims.require_finance(turn)
    line, *told = map(int, str(click.value).split(","))
    return _booked(turn, lambda: reconciliation.recognise(turn, line, told))


def _booked(turn: Turn, book: Callable[[], object]) -> Reply:
    """The board may be behind what others booked: it is drawn as things are now, either way."""
    reply: Reply = NOTHING
    try:
        book()
    except (NotOpenBySoMuch, NoLongerEntered) as behind:
        reply = Whisper(turn.words.problem(behind))
    payment_board.show(turn)
    return reply


@routes.action(waiting_payments.SET_ASIDE)
def set_aside(turn: Turn, click: Click) -> Reply:
    claims.require_finance(turn)
    reconciliation.set_aside(turn, int(str(click.value)))
    payment_board.show(turn)
    return NOTHING


@routes.action(waiting_payments.SHOW_ASIDE)
def show_aside(turn: Turn, _: Click) -> Reply:
    claims.require_finance(turn)
    return OpenView(payment_board.set_aside(turn))


@routes.action(waiting_payments.REOPEN)
def reopen(turn: Turn, click: Click) -> Reply:
    """It does pay an invoice after all."""
    claims.require_finance(turn)
    reconciliation.reopen(turn, int(str(click.value)))
    payment_board.show(turn)
    return UpdateView(payment_board.set_aside(turn))


@routes.action(waiting_payments.CONFIRM)
def confirm(turn: Turn, _: Click) -> Reply:
    claims.confirm_payments_known(turn)
    payment_board.show(turn)
    return NOTHING
