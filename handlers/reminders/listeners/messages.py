"""Routes on messages: their buttons, the forms behind these, and what finance confirms."""

from collections.abc import Callable
from datetime import date

from bot.kit import block_kit
from bot.kit.block_kit import View
from bot.kit.money import Money
from bot.kit.replies import OpenView, Reply, UpdateView, Whisper
from bot.kit.routes import Click, Submission
from handlers.approvals.blocks.cards import READS_OTHERWISE
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service import overpayment
from handlers.reminders.blocks import claim as claim_looks
from handlers.reminders.blocks import forms, message, reasons
from handlers.reminders.blocks.forms import Choice
from handlers.reminders.blocks.reasons import Reason
from handlers.reminders.routes import routes
from handlers.reminders.service import answers, claims
from handlers.reminders.service.answers import Heard
from handlers.reminders.service.explanation import explain_to
from storage.turn import Turn


@routes.action(message.PAID, outsiders=True)
def ask_payment(turn: Turn, click: Click) -> Reply:
    return _open(turn, click, lambda choice: forms.pay(choice, turn.words, ledger.today(turn)))


@routes.submission(forms.PAY_FORM, outsiders=True)
def pay(turn: Turn, form: Submission) -> Reply:
    heard = _heard(turn, form)
    amount = form.values.get("amount")
    money = Money.typed(str(amount), heard.entries[0].invoice.currency) if amount else None
    paid_on = date.fromisoformat(str(form.values["paid_on"]))
    choice = _choice(heard, form.metadata["channel"])
    if money is None and choice.digest != form.metadata["read"]:
        changed = block_kit.context(turn.words.say(READS_OTHERWISE))
        return UpdateView(forms.pay(choice, turn.words, paid_on, question=[changed]))
    agreed = overpayment.agreed(form.values, money.currency) if money else None
    request = answers.pay(turn, heard, _which(form), money, paid_on, _origin(form), agreed)
    if request:
        question = overpayment.question(request, turn.words)
        return UpdateView(forms.pay(choice, turn.words, paid_on, money, question))
    return _noted(turn)


@routes.action(message.PROMISE, outsiders=True)
def ask_promise(turn: Turn, click: Click) -> Reply:
    return _open(turn, click, lambda choice: forms.promise(choice, turn.words))


@routes.submission(forms.PROMISE_FORM, outsiders=True)
def promise(turn: Turn, form: Submission) -> Reply:
    until = date.fromisoformat(str(form.values["until"]))
    answers.promise(turn, _heard(turn, form), _which(form), until, _origin(form))
    return _noted(turn)


@routes.action(message.DISPUTE, outsiders=True)
def ask_dispute(turn: Turn, click: Click) -> Reply:
    return _open(turn, click, lambda choice: forms.dispute(choice, turn.words))


@routes.submission(forms.DISPUTE_FORM, outsiders=True)
def dispute(turn: Turn, form: Submission) -> Reply:
    answers.dispute(turn, _heard(turn, form), _which(form), str(form.values["why"]), _origin(form))
    return _noted(turn)


@routes.action(message.SNOOZE)
def snooze(turn: Turn, click: Click) -> Reply:
    message_id, days = str(click.value).split("|")
    heard = answers.heard(turn, int(message_id), _channel(click))
    until = answers.snooze(turn, heard, int(days))
    return Whisper(
        turn.words.say(
            "No reminders about {customer} until {day}.",
            customer=heard.customer,
            day=turn.words.date(until),
        )
    )


@routes.action(message.ESCALATE)
def ask_escalation(turn: Turn, click: Click) -> Reply:
    answers.inside(answers.heard(turn, click.number, _channel(click)))
    return _open(turn, click, lambda choice: forms.escalate(choice, turn.words))


@routes.submission(forms.ESCALATE_FORM)
def escalate(turn: Turn, form: Submission) -> Reply:
    answers.escalate(turn, _heard(turn, form), str(form.values["note"]), _origin(form))
    return Whisper(
        turn.words.say("Finance has a ticket about it; you follow it in your messages with me.")
    )


@routes.action(message.WHY)
def why(turn: Turn, click: Click) -> Reply:
    heard = answers.inside(answers.heard(turn, click.number, _channel(click)))
    reader = heard.message.audience
    results: list[Reason] = []
    for entry in heard.entries:
        for each in explain_to(turn, entry, reader):
            other = each.audience if each.audience != reader else None
            results.append(Reason(entry.invoice.number, each.decision, other))
    return Whisper(
        turn.words.say("Why a reminder goes or waits"), reasons.blocks(results, turn.words)
    )


@routes.action(claim_looks.CONFIRM)
def confirm(turn: Turn, click: Click) -> Reply:
    claims.settle(turn, str(click.value), is_so=True)
    return Reply()


@routes.action(claim_looks.REFUSE)
def refuse(turn: Turn, click: Click) -> Reply:
    claims.settle(turn, str(click.value), is_so=False)
    return Reply()


def _open(turn: Turn, click: Click, form: Callable[[Choice], View]) -> Reply:
    heard = answers.heard(turn, click.number, _channel(click))
    return OpenView(form(_choice(heard, _channel(click))))


def _choice(heard: Heard, channel: str) -> Choice:
    invoices = [
        (entry.invoice.id, entry.invoice.number, entry.outstanding) for entry in heard.entries
    ]
    return Choice(heard.customer, invoices, {"message": heard.message.id, "channel": channel})


def _heard(turn: Turn, form: Submission) -> Heard:
    return answers.heard(turn, int(form.metadata["message"]), str(form.metadata["channel"]))


def _channel(click: Click) -> str:
    return click.place.channel if click.place else ""


def _which(form: Submission) -> str:
    return str(form.values.get("which") or "all")


def _origin(form: Submission) -> str:
    """One form is one answer, however often it arrives."""
    return f"view:{form.view_id}"


def _noted(turn: Turn) -> Reply:
    return Whisper(turn.words.say("Noted. Thank you."))
