"""Approval: stages that need a person wait on a card for finance, who lets them go or decides
against them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter

from bot.kit.catalogue import Stage
from bot.kit.errors import Problem
from bot.kit.money import Money
from bot.kit.words import N_, Words
from handlers.reminders.blocks import approval as looks
from handlers.reminders.blocks.approval import Asked, Line
from handlers.reminders.model.facts import FINANCE
from handlers.reminders.service.accounts import Account, Item, Judged, accounts
from handlers.reminders.service.appointments import appoint
from handlers.reminders.service.audiences import Reader
from handlers.reminders.service.policies.rights import must_be_finance
from handlers.reminders.service.policy_context import context_of
from storage.people import people
from storage.reminders import messages, reminders
from storage.reminders.messages import Appointment, Message
from storage.reminders.reminders import UNAPPROVED, Row
from storage.turn import Turn


@dataclass(frozen=True)
class Card:
    """Which card was answered, and what stood on it (:attr:`Asked.digest`)."""

    direction: str
    customer: int
    audience: str
    day: date
    read: str


class AlreadyAnswered(Problem):
    """The second click on an approval."""

    sentence = N_("This was answered already: nothing waits here any more.")


def ask(turn: Turn, account: Account, message: Message, waiting: Sequence[Judged]) -> None:
    """Show finance what waits for it, when there is something that it was not asked about yet,
    also in this turn: before what waits is entered.
    """
    lines = [(item, decision.stage) for item, decision in waiting if decision.stage]
    wanted = {(item.instalment, stage.key) for item, stage in lines}
    days: set[date] = set()
    for row in _held(turn, lines, message.audience):
        wanted.discard((row.instalment, row.stage))
        days.add(row.on_day)
    if not wanted:
        return
    for day in sorted(days - {message.day}):
        turn.withdraw(_card_key(account, message.audience, day))
    turn.record(
        "reminder.approval_asked",
        f"customer:{account.id}",
        audience=message.audience,
        day=str(message.day),
    )
    _show(turn, account, _asked(turn, account, message.audience, message.day, lines))
    _tell_finance(turn, account, message, lines)


def _held(turn: Turn, lines: Sequence[tuple[Item, Stage]], audience: str) -> Iterator[Row]:
    """What the ledger holds by now of these instalments as waiting for approval."""
    instalments: set[int] = set()
    invoices: set[int] = set()
    for item, _ in lines:
        instalments.add(item.instalment)
        invoices.add(item.entry.invoice.id)
    for row in reminders.rows_of(turn, invoices):
        is_theirs = row.instalment in instalments and row.audience == audience
        if is_theirs and row.state == "held" and row.reason == UNAPPROVED:
            yield row


def _tell_finance(
    turn: Turn, account: Account, message: Message, lines: Sequence[tuple[Item, Stage]]
) -> None:
    """By the card finance knows of what it asks about: no message of its own tells that again."""
    finance = account.finance
    if finance is None:
        return
    highest = _highest(lines)
    card = Appointment(
        customer=account.id,
        direction=message.direction,
        audience=f"{messages.FOR_APPROVAL}{message.audience}",
        day=message.day,
        addressee=finance.to,
        send_at=turn.now,
    )
    asked = messages.note_asked(turn, card, highest.key)
    rows: list[Row] = []
    for item, stage in lines:
        if FINANCE in item.rules.policy.audience:
            rows.append(item.row(FINANCE, stage.key, message.day, "sent", message=asked))
    reminders.enter(turn, rows)


def _highest(lines: Sequence[tuple[Item, Stage]]) -> Stage:
    return max((stage for _, stage in lines), key=attrgetter("days"))


def renew(turn: Turn, account: Account, audience: str) -> None:
    """Money came that is probably for what waits for approval: the card that asks says so."""
    waiting = _asked_about(account, audience)
    if _money_for(account, waiting):
        # The earlier cards were withdrawn for the last one.
        day = max(row.on_day for _, row in _unanswered(account, audience))
        _show(turn, account, _asked(turn, account, audience, day, waiting))


def _unanswered(account: Account, audience: str) -> Iterator[tuple[Item, Row]]:
    """What the ledger holds for an audience until finance has answered."""
    for item in account.items:
        for row in item.rows:
            is_asked = row.state == "held" and row.reason == UNAPPROVED and not row.approved_by
            if is_asked and row.audience == audience:
                yield item, row


def _money_for(account: Account, lines: Sequence[tuple[Item, Stage]]) -> list[tuple[date, Money]]:
    """The day and amount of what came that is probably for one of these, each once."""
    money: dict[tuple[date, Money], None] = {}
    for item, _ in lines:
        for each in account.context.waiting.of(item.entry.invoice.id):
            money[each.booked_on, each.amount] = None
    return list(money)


def answer(turn: Turn, card: Card, *, yes: bool) -> bool:
    """Finance lets the waiting reminders about a customer go, or decides against them; false where
    the card reads otherwise by now: it is shown anew, and nothing is decided.
    """
    must_be_finance(turn)
    context = context_of(turn, card.direction)
    if context is None:
        raise AlreadyAnswered()
    (account,) = accounts(turn, context, [card.customer])
    waiting = _asked_about(account, card.audience)
    request = _asked(turn, account, card.audience, card.day, waiting)
    if waiting and request.digest != card.read:
        _show(turn, account, request)
        return False
    shown = {item.instalment for item, _ in waiting}
    answered = reminders.answer(turn, card.customer, card.audience, shown, yes=yes)
    if not answered:
        raise AlreadyAnswered()
    # What is paid stands on no card: should it be open again, it is asked about anew.
    reminders.ask_again(turn, card.customer, card.audience)
    event = "reminder.approved" if yes else "reminder.refused"
    subject = f"customer:{card.customer}"
    turn.record(event, subject, audience=card.audience, invoices=answered)
    if yes:
        appoint(turn, context, card.customer, card.audience)
    _show(turn, account, replace(request, answered_by=turn.actor.id, is_approved=yes))
    return True


def _asked_about(account: Account, audience: str) -> list[tuple[Item, Stage]]:
    """What stands on the card, whatever else holds it now."""
    result: list[tuple[Item, Stage]] = []
    for item, row in _unanswered(account, audience):
        for stage in item.rules.policy.stages:
            if stage.key == row.stage:
                result.append((item, stage))
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
    turn: Turn, account: Account, audience: str, day: date, waiting: Sequence[tuple[Item, Stage]]
) -> Asked:
    reader: Reader | None = account.readers.get(audience)
    to = reader.to if reader else ""
    stage = _highest(waiting).label if waiting else account.rules.policy.label
    lines: list[Line] = []
    for item, _ in waiting:
        if item.due_on:
            number = item.entry.invoice.number
            lines.append(Line(number, item.which, item.outstanding, item.due_on))
    return Asked(
        direction=account.context.policy.direction,
        customer_id=account.id,
        customer=account.name,
        audience=audience,
        to=to,
        place=people.channel_name(turn, to) or "",
        stage=stage,
        lines=lines,
        day=day,
        waiting=_money_for(account, waiting),
    )
