"""The card by which finance lets reminders go that need a person's approval."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from bot.kit import block_kit
from bot.kit.block_kit import Block
from bot.kit.catalogue import Name
from bot.kit.markup import Mrkdwn, join, person
from bot.kit.money import Money
from bot.kit.words import Words
from handlers.ledger.model.instalments import Instalment, numbered
from handlers.reminders.blocks.message import MOST_LINES, sums
from handlers.reminders.blocks.places import place

APPROVE = "reminders.approve"
REFUSE = "reminders.refuse"


class Line(NamedTuple):
    """An invoice, or one instalment of it, and what is left of it."""

    number: str
    instalment: Instalment | None
    outstanding: Money
    due_on: date


@dataclass(frozen=True)
class Asked:
    """What waits for finance: invoices of a customer, their stage, and who would be told."""

    direction: str
    customer_id: int
    customer: str
    audience: str
    to: str
    place: str
    """The name of the channel, where it goes to one."""
    stage: Name
    lines: Sequence[Line]
    day: date
    waiting: Sequence[tuple[date, Money]] = ()
    """Payments that are booked on nothing and probably for these invoices."""
    answered_by: str | None = None
    is_approved: bool = False

    @property
    def value(self) -> str:
        """What the buttons carry; an answer holds for what was read alone."""
        return f"{self.direction}|{self.customer_id}|{self.audience}|{self.day}|{self.digest}"

    @property
    def digest(self) -> str:
        """Another one where the card reads otherwise."""
        return block_kit.digest(self.to, self.stage, self.lines, self.waiting)


def card(request: Asked, words: Words) -> list[Block]:
    """The question with two buttons, or its answer."""
    rows: list[Mrkdwn] = []
    for line in request.lines[:MOST_LINES]:
        row = words.mark(
            "• *{number}* · {amount} · due {due}",
            number=numbered(line.number, line.instalment, words),
            amount=words.money(line.outstanding),
            due=words.date(line.due_on),
        )
        rows.append(row)
    if len(request.lines) > MOST_LINES:
        more = len(request.lines) - MOST_LINES
        rows.append(words.mark_count("… and {n} more item", "… and {n} more items", more))
    return [
        block_kit.section(_question(request, words)),
        *([block_kit.section(join("\n", rows))] if rows else []),
        *_waiting(request, words),
        _foot(request, words),
    ]


def _waiting(request: Asked, words: Words) -> list[Block]:
    """What the approver has to know of money before they decide."""
    if not request.waiting:
        return []
    lines: list[Mrkdwn] = []
    for day, money in request.waiting[:MOST_LINES]:
        amount = words.money(money)
        lines.append(words.mark("{amount} of {day}", amount=amount, day=words.date(day)))
    text = words.mark(
        "⚠️ A payment waits that is probably for this: {payments}. Nothing goes until it is booked "
        "or set aside.",
        payments=join(", ", lines),
    )
    return [block_kit.section(text)]


def text_of(request: Asked, words: Words) -> str:
    """The card as one plain line."""
    return words.say(
        "Approve reminders to {customer}? {stage}, {sum}",
        customer=request.customer,
        stage=request.stage.in_(words.language),
        sum=_sum(request, words),
    )


def _question(request: Asked, words: Words) -> Mrkdwn:
    return words.mark(
        "*{customer}* · {stage}: {sum}. This message goes to {to} once you approve it.",
        customer=request.customer,
        stage=request.stage.in_(words.language),
        sum=_sum(request, words),
        to=place(request.to, request.place, words),
    )


def _sum(request: Asked, words: Words) -> str:
    return sums([line.outstanding for line in request.lines], words)


def _foot(request: Asked, words: Words) -> Block:
    if request.answered_by is None:
        return block_kit.actions(
            block_kit.button(words.say("Send"), APPROVE, request.value, style="primary"),
            block_kit.button(words.say("Do not send"), REFUSE, request.value),
        )
    who = person(request.answered_by)
    if request.is_approved:
        return block_kit.context(words.mark("✅ {who} approved it.", who=who))
    return block_kit.context(words.mark("🚫 {who} decided against it.", who=who))
