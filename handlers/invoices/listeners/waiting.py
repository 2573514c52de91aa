"""Doors of the board of payments that wait."""

from collections.abc import Callable

from bot.kit.doors import Click
from bot.kit.replies import NOTHING, OpenView, Reply, UpdateView, Whisper
from handlers.invoices import board
from handlers.invoices.blocks import lines
from handlers.invoices.doors import doors
from handlers.ledger import claims, reconciling
from handlers.ledger.entered import NoLongerEntered
from handlers.ledger.reconciling import NotOpenBySoMuch
from storage.turn import Turn


@doors.action(lines.ALLOT)
def allot(turn: Turn, click: Click) -> Reply:
    """One click books a payment on what was proposed for it."""
    claims.require_finance(turn)
    line, amounts = board.read(str(click.value))
    return _booked(turn, lambda: reconciling.allot(turn, line, amounts))


@doors.action(lines.RECOGNISE)
def recognise(turn: Turn, click: Click) -> Reply:
    """One click tells that a payment was entered before: it is booked once."""
    claims.require_finance(turn)
    line, *told = map(int, str(click.value).split(","))
    return _booked(turn, lambda: reconciling.recognise(turn, line, told))


def _booked(turn: Turn, book: Callable[[], object]) -> Reply:
    """The board may be behind what others booked: it is drawn as things are now, either way."""
    reply: Reply = NOTHING
    try:
        book()
    except (NotOpenBySoMuch, NoLongerEntered) as behind:
        reply = Whisper(turn.words.problem(behind))
    board.show(turn)
    return reply


@doors.action(lines.SET_ASIDE)
def set_aside(turn: Turn, click: Click) -> Reply:
    claims.require_finance(turn)
    reconciling.set_aside(turn, int(str(click.value)))
    board.show(turn)
    return NOTHING


@doors.action(lines.SHOW_ASIDE)
def show_aside(turn: Turn, _: Click) -> Reply:
    claims.require_finance(turn)
    return OpenView(board.set_aside(turn))


@doors.action(lines.REOPEN)
def reopen(turn: Turn, click: Click) -> Reply:
    """It does pay an invoice after all."""
    claims.require_finance(turn)
    reconciling.reopen(turn, int(str(click.value)))
    board.show(turn)
    return UpdateView(board.set_aside(turn))


@doors.action(lines.CONFIRM)
def confirm(turn: Turn, _: Click) -> Reply:
    claims.confirm_payments_known(turn)
    board.show(turn)
    return NOTHING
