"""Routes of the board of payments that wait."""

from collections.abc import Callable
from dataclasses import replace

from bot.kit import block_kit
from bot.kit.replies import NOTHING, CloseView, OpenView, Options, Reply, UpdateView, Whisper
from bot.kit.routes import Click, Search, Submission
from handlers.invoices.blocks import payment_form, waiting_payments
from handlers.invoices.blocks import payment_list as looks
from handlers.invoices.routes import routes
from handlers.invoices.service.waiting import invoice_choice, payment_board, payment_list
from handlers.invoices.service.waiting.payment_list import Chosen
from handlers.ledger.service import claims
from handlers.ledger.service.bank import reconciliation
from handlers.ledger.service.bank.manual_payments import NoLongerEntered
from handlers.ledger.service.bank.reconciliation import StillOpen
from handlers.ledger.service.lookup import Entry
from storage.turn import Turn


@routes.action(waiting_payments.ALLOT)
def allot(turn: Turn, click: Click) -> Reply:
    """One click books a payment on what was proposed for it."""
    claims.require_finance(turn)
    line, amounts = payment_board.read(str(click.value))
    return _booked(turn, click, lambda: reconciliation.allot(turn, line, amounts))


@routes.action(waiting_payments.CHOOSE, reads=True)
def choose(turn: Turn, click: Click) -> Reply:
    """None of what is proposed is meant: the invoices are looked for. In the window of all that
    waits, the form takes its place and gives it back.
    """
    claims.require_finance(turn)
    line = invoice_choice.line_of(turn, click.number)
    came_from = Chosen.of(click.metadata).facts if click.view else {}
    waiting = payment_board.sight_of(turn, line)
    view = payment_form.view(
        waiting, turn.words, invoice_choice.FIELD, {"line": line.id, **came_from}
    )
    return UpdateView(view) if click.view else OpenView(view)


@routes.search(payment_form.FIND)
def find(turn: Turn, search: Search) -> Reply:
    claims.require_finance(turn)
    entries = invoice_choice.offered(turn, search.metadata["line"], search.text)
    return Options([_option(turn, entry) for entry in entries])


def _option(turn: Turn, entry: Entry) -> block_kit.Element:
    invoice = entry.invoice
    open_ = turn.words.money(entry.outstanding)
    return block_kit.option(
        f"{invoice.number} · {open_}", str(invoice.id), description=invoice.customer_name
    )


@routes.submission(payment_form.FORM)
def book_chosen(turn: Turn, form: Submission) -> Reply:
    claims.require_finance(turn)
    chosen = form.values[invoice_choice.FIELD] or ()
    invoice_choice.book(turn, form.metadata["line"], list(map(int, chosen)))
    payment_board.show(turn)
    if "page" in form.metadata:
        return _anew(turn, Chosen.of(form.metadata))
    return CloseView()


@routes.action(waiting_payments.RECOGNISE)
def recognise(turn: Turn, click: Click) -> Reply:
    """One click tells that a payment was entered before: it is booked once."""
    claims.require_finance(turn)
    line, *told = map(int, str(click.value).split(","))
    return _booked(turn, click, lambda: reconciliation.recognise(turn, line, told))


@routes.action(waiting_payments.KEEP)
def keep_as_credit(turn: Turn, click: Click) -> Reply:
    """One click keeps what was paid beyond an invoice as the payer's credit."""
    claims.require_finance(turn)
    line, invoice = map(int, str(click.value).split(","))
    return _booked(turn, click, lambda: reconciliation.keep_as_credit(turn, line, invoice))


def _booked(turn: Turn, click: Click, book: Callable[[], object]) -> Reply:
    """What is drawn may be behind what others booked: it is drawn as things are now, either way."""
    behind = ""
    try:
        book()
    except (*reconciliation.BEHIND, NoLongerEntered, StillOpen) as problem:
        behind = turn.words.problem(problem)
    payment_board.show(turn)
    if click.view:
        return _anew(turn, Chosen.of(click.metadata), behind)
    return Whisper(behind) if behind else NOTHING


def _anew(turn: Turn, chosen: Chosen, notice: str = "") -> Reply:
    return UpdateView(payment_list.view(turn, chosen, notice))


@routes.action(waiting_payments.SET_ASIDE)
def set_aside(turn: Turn, click: Click) -> Reply:
    claims.require_finance(turn)
    return _booked(turn, click, lambda: reconciliation.set_aside(turn, click.number))


@routes.action(looks.SHOW, reads=True)
def show_all(turn: Turn, _: Click) -> Reply:
    """Everything that waits, in a window of its own."""
    claims.require_finance(turn)
    return OpenView(payment_list.view(turn, Chosen()))


@routes.action(looks.ACCOUNT, reads=True)
def choose_account(turn: Turn, click: Click) -> Reply:
    claims.require_finance(turn)
    chosen = Chosen.of(click.metadata)
    return _anew(turn, replace(chosen, account=str(click.value), page=0))


@routes.action(looks.IMPORT, reads=True)
def choose_import(turn: Turn, click: Click) -> Reply:
    claims.require_finance(turn)
    chosen = Chosen.of(click.metadata)
    return _anew(turn, replace(chosen, imported=str(click.value), page=0))


@routes.action(looks.PAGE, reads=True)
def turn_page(turn: Turn, click: Click) -> Reply:
    claims.require_finance(turn)
    return _anew(turn, replace(Chosen.of(click.metadata), page=click.number))


@routes.action(looks.BOOK)
def book_many(turn: Turn, click: Click) -> Reply:
    """Each payment of the page on what is proposed for it first."""
    claims.require_finance(turn)
    notice = payment_list.book(turn, str(click.value).split(";"))
    payment_board.show(turn)
    return _anew(turn, Chosen.of(click.metadata), notice)


@routes.action(looks.SET_ASIDE)
def set_many_aside(turn: Turn, click: Click) -> Reply:
    """All that were counted under the choice of account and import."""
    claims.require_finance(turn)
    chosen = Chosen.of(click.metadata)
    payment_list.set_aside(turn, chosen, click.number)
    payment_board.show(turn)
    return _anew(turn, chosen)


@routes.action(waiting_payments.SHOW_ASIDE, reads=True)
def show_aside(turn: Turn, _: Click) -> Reply:
    claims.require_finance(turn)
    return OpenView(payment_board.set_aside(turn))


@routes.action(waiting_payments.REOPEN)
def reopen(turn: Turn, click: Click) -> Reply:
    """It does pay an invoice after all."""
    claims.require_finance(turn)
    reconciliation.reopen(turn, click.number)
    payment_board.show(turn)
    return UpdateView(payment_board.set_aside(turn))


@routes.action(waiting_payments.CONFIRM)
def confirm(turn: Turn, _: Click) -> Reply:
    claims.confirm_payments_known(turn)
    payment_board.show(turn)
    return NOTHING
