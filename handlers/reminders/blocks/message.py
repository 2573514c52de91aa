"""The message: one message about a customer with everything that is open. Values in,
Block Kit out.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from bot.kit import block_kit
from bot.kit.block_kit import Block, Element
from bot.kit.catalogue import Name
from bot.kit.markup import Mrkdwn, escape, join
from bot.kit.money import Money, totals
from bot.kit.words import Words
from handlers.ledger.model.instalments import Instalment, numbered
from handlers.reminders.model.facts import CUSTOMER_CHANNEL

PAID = "reminders.paid"
PROMISE = "reminders.promise"
DISPUTE = "reminders.dispute"
SNOOZE = "reminders.snooze"
ESCALATE = "reminders.escalate"
WHY = "reminders.why"
STATEMENT = "documents.statement"
LETTER = "documents.letter"
SNOOZE_DAYS = (1, 3, 7, 14)
MOST_LINES = 15


class Line(NamedTuple):
    """An instalment in a message; ``days_late`` is negative before it is due.

    ``stage`` where it is told with this message; ``is_about`` where that is the message's own
    stage, so that the heading speaks of it.
    """

    invoice: int
    number: str
    outstanding: Money
    due_on: date
    days_late: int
    stage: Name | None
    is_about: bool = False
    broken_promise: date | None = None
    is_disputed: bool = False
    in_time_until: date | None = None
    """The working day that counts, where the due day is a free one."""
    instalment: Instalment | None = None


@dataclass(frozen=True)
class Sight:
    """A message as its reader sees it."""

    message: int
    audience: str
    direction: str
    customer: str
    stage: Name
    stage_day: int
    """Days after the due date on which the stage begins."""
    lines: Sequence[Line]
    payments_known_until: datetime | None
    message_kind: str | None
    """The kind of document that goes with the stage, if it has one."""
    invoice: int
    """The invoice by which documents find the customer."""
    credits: Sequence[Money] = ()
    """What is to be given back to the customer; it is named, and not set off."""
    later: Sequence[tuple[int, Money]] = ()
    """What else is open, in each currency: of how many invoices, and how much."""

    @property
    def about(self) -> list[Line]:
        return [line for line in self.lines if line.is_about]


def message(sight: Sight, words: Words) -> list[Block]:
    """The whole message."""
    others = [line for line in sight.lines if not line.is_about]
    lower = [line for line in others if line.stage]
    blocks = [
        block_kit.section(_headline(sight, words)),
        block_kit.section(_opening(sight, words)),
        block_kit.section(join("\n", _listed(sight.about, _line, words))),
    ]
    if others or sight.later:
        blocks.append(block_kit.context(_others(others, sight.later, words)))
    if lower:
        blocks.append(block_kit.section(join("\n", _listed(lower, _lower, words))))
    if sight.credits:
        blocks.append(block_kit.context(_credit(sight, words)))
    if sight.audience != CUSTOMER_CHANNEL:
        blocks.append(block_kit.context(_fresh(sight, words)))
    blocks.append(block_kit.actions(*_buttons(sight, words)))
    return blocks


def _listed(
    lines: Sequence[Line], draw: Callable[[Line, Words], Mrkdwn], words: Words
) -> list[Mrkdwn]:
    """The first of them, and how many more there are: those are not drawn."""
    drawn = [draw(line, words) for line in lines[:MOST_LINES]]
    more = len(lines) - MOST_LINES
    if more > 0:
        drawn.append(words.mark_count("… and {n} more item", "… and {n} more items", more))
    return drawn


def _lower(line: Line, words: Words) -> Mrkdwn:
    """What is told along with the message, under the name of its own, earlier stage."""
    stage = line.stage.in_(words.language) if line.stage else ""
    return join(" · ", [_line(line, words), Mrkdwn(escape(stage))])


def text_of(sight: Sight, words: Words) -> str:
    """The message as one plain line, for notifications and screen readers."""
    return words.say(
        "{customer}: {stage}, {sum}",
        customer=sight.customer,
        stage=heading(sight, words),
        sum=_sum(sight.about, words),
    )


def heading(sight: Sight, words: Words) -> str:
    """The stage's own words, unless they speak of a day that is over when the message goes."""
    latest = max(line.days_late for line in sight.about)
    if sight.stage_day <= 0 and latest > 0:
        return words.say("Overdue")
    if sight.stage_day < 0 and latest == 0:
        return words.say("Last day today")
    return sight.stage.in_(words.language)


def sums(amounts: Iterable[Money], words: Words) -> str:
    """What that is in each currency."""
    return words.list([words.money(total) for total in totals(amounts)])


def _count_invoices(lines: Sequence[Line]) -> int:
    """Several instalments of one invoice are one."""
    return len({line.invoice for line in lines})


def _sum(lines: Sequence[Line], words: Words) -> str:
    return sums((line.outstanding for line in lines), words)


def broken(number: str, customer: str, until: date, outstanding: Money, words: Words) -> Mrkdwn:
    """A note to finance: a promise was not kept."""
    return words.mark(
        "⚠️ {customer} promised to pay *{number}* by {day}; {amount} is still open.",
        customer=customer,
        number=number,
        day=words.date(until),
        amount=words.money(outstanding),
    )


def _headline(sight: Sight, words: Words) -> Mrkdwn:
    return words.mark(
        "*{customer}* · {stage}", customer=sight.customer, stage=heading(sight, words)
    )


def _opening(sight: Sight, words: Words) -> Mrkdwn:
    amount = _sum(sight.about, words)
    n = _count_invoices(sight.about)
    if sight.audience == CUSTOMER_CHANNEL:
        return words.mark_count(
            "We kindly remind you of {n} invoice: {sum}.",
            "We kindly remind you of {n} invoices: {sum}.",
            n,
            sum=amount,
        )
    if sight.direction == "payable":
        return words.mark_count(
            "{n} invoice to be paid: {sum}.", "{n} invoices to be paid: {sum}.", n, sum=amount
        )
    return words.mark_count(
        "{n} invoice not paid: {sum}.", "{n} invoices not paid: {sum}.", n, sum=amount
    )


def _line(line: Line, words: Words) -> Mrkdwn:
    text = words.mark(
        "• *{number}* · {amount} · due {day} · {when}",
        number=numbered(line.number, line.instalment, words),
        amount=words.money(line.outstanding),
        day=_due(line, words),
        when=_when(line.days_late, words),
    )
    if line.broken_promise:
        promise = words.mark("promised by {day}, not kept", day=words.date(line.broken_promise))
        return join(" · ", [text, promise])
    return text


def _when(days_late: int, words: Words) -> str:
    if days_late == 0:
        return words.say("last day today")
    if days_late > 0:
        return words.count("{n} day late", "{n} days late", days_late)
    return words.count("in {n} day", "in {n} days", -days_late)


def _credit(sight: Sight, words: Words) -> Mrkdwn:
    amount = sums(sight.credits, words)
    if sight.audience == CUSTOMER_CHANNEL:
        return words.mark("You have {sum} in credit with us, which is not set off.", sum=amount)
    if sight.direction == "payable":
        return words.mark("They owe us back {sum}, which is not set off.", sum=amount)
    return words.mark("They have {sum} in credit, which is not set off.", sum=amount)


def in_credit(customer: str, owed: Money, credit: Money, words: Words) -> Mrkdwn:
    """A question to finance: why a message is held."""
    return words.mark(
        "⏸ *{customer}*: reminders are held. {owed} is open and {credit} is to be given back. "
        "Set it off or pay it back; reminders go on when more is open than that.",
        customer=customer,
        owed=words.money(owed),
        credit=words.money(credit),
    )


def _due(line: Line, words: Words) -> str:
    if line.in_time_until in (None, line.due_on):
        return words.date(line.due_on)
    day, until = words.date(line.due_on), words.date(line.in_time_until)
    return words.say("{day} (in time until {until})", day=day, until=until)


def _others(others: Sequence[Line], later: Sequence[tuple[int, Money]], words: Words) -> Mrkdwn:
    amounts = [line.outstanding for line in others]
    n = _count_invoices(others)
    for count, amount_of_them in later:
        amounts.append(amount_of_them)
        n += count
    amount = sums(amounts, words)
    return words.mark_count(
        "Also open: {n} invoice, {sum}.", "Also open: {n} invoices, {sum}.", n, sum=amount
    )


def _fresh(sight: Sight, words: Words) -> Mrkdwn:
    payments_known_until = sight.payments_known_until
    if payments_known_until is None:
        return words.mark("Payments are not known.")
    return words.mark(
        "Payments known up to {moment}.",
        moment=block_kit.moment(
            payments_known_until, payments_known_until.isoformat(timespec="minutes")
        ),
    )


def _buttons(sight: Sight, words: Words) -> list[Element]:
    value = str(sight.message)
    outside = sight.audience == CUSTOMER_CHANNEL
    paid = words.say("We have paid") if outside else words.say("It is paid…")
    buttons = [
        block_kit.button(paid, PAID, value, style="primary"),
        block_kit.button(words.say("Promise to pay…"), PROMISE, value),
        block_kit.button(words.say("Not agreed…"), DISPUTE, value),
    ]
    if outside:
        return buttons
    papers = [block_kit.button(words.say("Statement"), STATEMENT, str(sight.invoice))]
    if sight.message_kind:
        papers.append(
            block_kit.button(words.say("Letter…"), LETTER, f"{sight.message_kind}|{sight.invoice}")
        )
    return [
        *buttons,
        block_kit.select(SNOOZE, _snoozes(sight, words), placeholder=words.say("Snooze")),
        *(papers if sight.direction == "receivable" else []),
        block_kit.button(words.say("Escalate…"), ESCALATE, value),
        block_kit.button(words.say("Why?"), WHY, value),
    ]


def _snoozes(sight: Sight, words: Words) -> list[Element]:
    return [
        block_kit.option(
            words.count("for {n} day", "for {n} days", days), f"{sight.message}|{days}"
        )
        for days in SNOOZE_DAYS
    ]
