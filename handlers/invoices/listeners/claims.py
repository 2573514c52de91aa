"""Routes for what people say of an invoice: paid, promised, disputed; and for taking a
payment back.
"""

from datetime import date

from bot.kit.block_kit import View
from bot.kit.money import Money
from bot.kit.replies import OpenView, Reply, UpdateView, Whisper
from bot.kit.routes import Click, Submission
from handlers.approvals.blocks.cards import READS_OTHERWISE
from handlers.invoices.blocks import account_warning, card, forms
from handlers.invoices.routes import routes
from handlers.invoices.service import actions, answers
from handlers.invoices.service.invoice_view import full_sight_of, sight_of
from handlers.invoices.service.waiting import payment_board
from handlers.ledger.service import claims, overpayment
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.bank import reconciliation
from handlers.ledger.service.overpayment import Excess
from handlers.ledger.service.payments import HAND
from storage.turn import Turn


@routes.action(card.PAY)
def ask_payment(turn: Turn, click: Click) -> Reply:
    entry = claims.finances(turn, click.number)
    return OpenView(
        forms.pay_form(sight_of(turn, entry, turn.words), turn.words, ledger.today(turn))
    )


@routes.submission(forms.PAY_FORM)
def pay(turn: Turn, form: Submission) -> Reply:
    """More than is open is asked about in the form, which keeps what was typed."""
    invoice, currency = form.metadata["invoice"], form.metadata["currency"]
    amount = Money.typed(str(form.values["amount"]), currency)
    booked_on = date.fromisoformat(str(form.values["booked_on"]))
    agreed = overpayment.agreed(form.values, currency)
    paid = claims.pay(turn, invoice, amount, booked_on, form.view_id, agreed)
    if isinstance(paid, Excess):
        sight = sight_of(turn, ledger.get(turn, invoice), turn.words)
        question = overpayment.question(paid, turn.words)
        return UpdateView(forms.pay_form(sight, turn.words, booked_on, amount, question))
    return answers.of_one(turn, paid)


@routes.action(card.PROMISE)
def ask_promise(turn: Turn, click: Click) -> Reply:
    entry = ledger.get(turn, click.number)
    return OpenView(forms.promise_form(sight_of(turn, entry, turn.words), turn.words))


@routes.submission(forms.PROMISE_FORM)
def promise(turn: Turn, form: Submission) -> Reply:
    until = date.fromisoformat(str(form.values["until"]))
    return answers.of_one(turn, claims.promise(turn, form.metadata["invoice"], until))


@routes.action(card.END_PROMISE)
def end_promise(turn: Turn, click: Click) -> Reply:
    return answers.of_one(turn, claims.end_promise(turn, click.number))


@routes.action(card.DISPUTE)
def ask_dispute(turn: Turn, click: Click) -> Reply:
    entry = ledger.get(turn, click.number)
    return OpenView(forms.dispute_form(sight_of(turn, entry, turn.words), turn.words))


@routes.submission(forms.DISPUTE_FORM)
def dispute(turn: Turn, form: Submission) -> Reply:
    why = str(form.values.get("why") or "")
    return answers.of_one(turn, claims.dispute(turn, form.metadata["invoice"], why))


@routes.action(card.WRITE_OFF)
def ask_write_off(turn: Turn, click: Click) -> Reply:
    entry = claims.finances(turn, click.number)
    sight = sight_of(turn, entry, turn.words)
    return OpenView(forms.write_off_form(sight, turn.words, ledger.today(turn)))


@routes.submission(forms.WRITE_OFF_FORM)
def write_off(turn: Turn, form: Submission) -> Reply:
    """Another amount than was read is shown before it is written off."""
    invoice = form.metadata["invoice"]
    read = Money(form.metadata["open"], form.metadata["currency"])
    on_day = date.fromisoformat(str(form.values["on_day"]))
    note = str(form.values.get("note") or "")
    written_off = claims.write_off(turn, invoice, on_day, note, read)
    if written_off is None:
        sight = sight_of(turn, ledger.get(turn, invoice), turn.words)
        changed = turn.words.say(READS_OTHERWISE)
        return UpdateView(forms.write_off_form(sight, turn.words, on_day, changed))
    return answers.of_one(turn, written_off)


@routes.action(card.UNDO_WRITE_OFF)
def undo_write_off(turn: Turn, click: Click) -> Reply:
    return answers.of_one(turn, claims.undo_write_off(turn, click.number))


@routes.action(card.GIVE_POLICY)
def ask_policy(turn: Turn, click: Click) -> Reply:
    entry = claims.finances(turn, click.number)
    return OpenView(forms.policy_form(full_sight_of(turn, entry, turn.words), turn.words))


@routes.submission(forms.POLICY_FORM)
def give_policy(turn: Turn, form: Submission) -> Reply:
    key = str(form.values.get("policy") or "")
    return answers.of_one(turn, actions.give_policy(turn, form.metadata["invoice"], key))


@routes.action(card.PAYMENTS)
def show_payments(turn: Turn, click: Click) -> Reply:
    return OpenView(_payments(turn, click.number))


@routes.action(forms.TAKE_BACK)
def take_back(turn: Turn, click: Click) -> Reply:
    claims.take_back(turn, click.number)
    payment_board.show(turn)
    return UpdateView(_payments(turn, click.metadata["invoice"]))


@routes.action(account_warning.ACCOUNT_IS_RIGHT)
def account_is_right(turn: Turn, click: Click) -> Reply:
    actions.confirm_account(turn, click.number)
    return Whisper(turn.words.say("Noted: the new account is theirs."))


def _payments(turn: Turn, invoice_id: int) -> View:
    booked = claims.booked(turn, invoice_id)
    entry = ledger.get(turn, invoice_id)
    of_lines = reconciliation.of_lines(turn, booked)
    rows = [
        forms.Standing(
            item.id,
            item.booked_on,
            entry.money(item.amount),
            person=item.by_person if item.source == HAND else "",
            system="" if item.source == HAND or item.id in of_lines else item.source.title(),
        )
        for item in booked
    ]
    return forms.payments_view(sight_of(turn, entry, turn.words), rows, turn.words)
