"""Approval: stages that need a person wait on a card for finance, who lets them go or decides
against them.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.kit.catalogue import Stage
from bot.kit.errors import Problem
from bot.kit.words import N_, Words
from handlers.reminders.blocks import approval as looks
from handlers.reminders.blocks.approval import Asked
from handlers.reminders.model.facts import FINANCE
from handlers.reminders.service.accounts import Account, Item, Judged, accounts, context
from handlers.reminders.service.appointments import appoint
from handlers.reminders.service.audiences import Reader
from handlers.reminders.service.policies.rights import must_be_finance
from storage.reminders import messages, reminders
from storage.reminders.messages import Appointment, Message
from storage.reminders.reminders import UNAPPROVED, Row
from storage.turn import Turn


class AlreadyAnswered(Problem):
    """The second click on an approval."""

    sentence = N_("This was answered already: nothing waits here any more.")


def ask(turn: Turn, account: Account, message: Message, waiting: Sequence[Judged]) -> None:
    """Show finance what waits for it, when there is something that it was not asked about yet,
    also in this turn: before what waits is entered.
    """
    lines = [(item, decision.stage) for item, decision in waiting if decision.stage]
    before = _held(turn, lines, message.audience)
    asked_about = {(row.instalment, row.stage) for row in before}
    if asked_about >= {(item.instalment, stage.key) for item, stage in lines}:
        return
    for day in sorted({row.on_day for row in before} - {message.day}):
        turn.withdraw(_card_key(account, message.audience, day))
    turn.record(
        "reminder.approval_asked",
        f"customer:{account.id}",
        audience=message.audience,
        day=str(message.day),
    )
    _show(turn, account, _asked(account, message.audience, message.day, lines))
    _tell_finance(turn, account, message, lines)


def _held(turn: Turn, lines: Sequence[tuple[Item, Stage]], audience: str) -> list[Row]:
    """What the ledger holds by now of these instalments as waiting for approval."""
    instalments = {item.instalment for item, _ in lines}
    rows = reminders.rows_of(turn, {item.entry.invoice.id for item, _ in lines})
    return [
        row
        for row in rows
        if row.instalment in instalments
        and row.audience == audience
        and row.state == "held"
        and row.reason == UNAPPROVED
    ]


def _tell_finance(
    turn: Turn, account: Account, message: Message, lines: Sequence[tuple[Item, Stage]]
) -> None:
    """By the card finance knows of what it asks about: no message of its own tells that again."""
    finance = account.finance
    if finance is None:
        return
    highest = max((stage for _, stage in lines), key=lambda stage: stage.days)
    card = Appointment(
        customer=account.id,
        direction=message.direction,
        audience=f"{messages.FOR_APPROVAL}{message.audience}",
        day=message.day,
        addressee=finance.to,
        send_at=turn.now,
    )
    asked = messages.note_asked(turn, card, highest.key)
    rows = [
        item.row(FINANCE, stage.key, message.day, "sent", message=asked)
        for item, stage in lines
        if FINANCE in item.rules.policy.audience
    ]
    reminders.enter(turn, rows)


def renew(turn: Turn, account: Account, audience: str) -> None:
    """Money came that is probably for what waits for approval: the card that asks says so."""
    waiting = _asked_about(account, audience)
    if any(account.facts(item, audience).waiting for item, _ in waiting):
        day = max(_days_asked(account, audience))  # the earlier cards were withdrawn for this one
        _show(turn, account, _asked(account, audience, day, waiting))


def _days_asked(account: Account, audience: str) -> set[date]:
    rows = (row for item in account.items for row in item.rows if row.audience == audience)
    return {row.on_day for row in rows if _is_asked(row)}


def _is_asked(row: Row) -> bool:
    return row.state == "held" and row.reason == UNAPPROVED and not row.approved_by


def answer(
    turn: Turn, direction: str, customer: int, audience: str, day: date, *, yes: bool
) -> None:
    """Finance lets the waiting reminders about a customer go, or decides against them."""
    must_be_finance(turn)
    book = context(turn, direction)
    if book is None:
        raise AlreadyAnswered()
    (account,) = accounts(turn, book, [customer])
    waiting = _asked_about(account, audience)
    answered = reminders.answer(turn, customer, audience, yes=yes)
    if not answered:
        raise AlreadyAnswered()
    event = "reminder.approved" if yes else "reminder.refused"
    turn.record(event, f"customer:{customer}", audience=audience, invoices=answered)
    if yes:
        appoint(turn, book, customer, audience)
    request = _asked(account, audience, day, waiting)
    _show(turn, account, replace(request, answered_by=turn.actor.id, is_approved=yes))


def _asked_about(account: Account, audience: str) -> list[tuple[Item, Stage]]:
    """What stands on the card, whatever else holds it now."""
    result = []
    for item in account.items:
        stages = {stage.key: stage for stage in item.rules.policy.stages}
        for row in item.rows:
            if _is_asked(row) and row.audience == audience and row.stage in stages:
                result.append((item, stages[row.stage]))
    return result


def _show(turn: Turn, account: Account, request: Asked) -> None:
    finance = account.finance
    if finance:
        words = Words(finance.language)
        key, subject = _card_key(account, request.audience, request.day), f"customer:{account.id}"
        turn.show(
            key,
            finance.to,
            looks.text_of(request, words),
            looks.card(request, words),
            subject=subject,
        )


def _card_key(account: Account, audience: str, day: date) -> str:
    return messages.question_key(account.context.policy.direction, account.id, audience, day)


def _asked(
    account: Account, audience: str, day: date, waiting: Sequence[tuple[Item, Stage]]
) -> Asked:
    reader: Reader | None = account.readers.get(audience)
    highest = max((stage for _, stage in waiting), key=lambda stage: stage.days, default=None)
    money = (each for item, _ in waiting for each in account.facts(item, audience).waiting)
    return Asked(
        direction=account.context.policy.direction,
        customer_id=account.id,
        customer=account.name,
        audience=audience,
        to=reader.to if reader else "",
        stage=highest.label if highest else account.rules.policy.label,
        lines=[
            (item.entry.invoice.number, item.outstanding, item.due_on)
            for item, _ in waiting
            if item.due_on
        ],
        day=day,
        waiting=list(dict.fromkeys((each.booked_on, each.amount) for each in money)),
    )
