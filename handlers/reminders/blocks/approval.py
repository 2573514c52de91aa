"""The card by which finance lets reminders go that need a person's approval."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.kit import block_kit
from bot.kit.block_kit import Block
from bot.kit.catalogue import Name
from bot.kit.markup import Mrkdwn, channel, join, person
from bot.kit.money import Money
from bot.kit.words import Words
from handlers.reminders.blocks.message import MOST_LINES, sums

APPROVE = "reminders.approve"
REFUSE = "reminders.refuse"


@dataclass(frozen=True)
class Asked:
    """What waits for finance: invoices of a customer, their stage, and who would be told."""

    direction: str
    customer_id: int
    customer: str
    audience: str
    to: str
    stage: Name
    lines: Sequence[tuple[str, Money, date]]
    day: date
    waiting: Sequence[tuple[date, Money]] = ()
    """Payments that are booked on nothing and probably for these invoices."""
    answered_by: str | None = None
    is_approved: bool = False

    @property
    def value(self) -> str:
        """What the buttons carry."""
        return f"{self.direction}|{self.customer_id}|{self.audience}|{self.day}"


def card(asked: Asked, words: Words) -> list[Block]:
    """The question with two buttons, or its answer."""
    rows = [
        words.mark(
            "• *{number}* · {amount} · due {due}",
            number=n,
            amount=words.money(m),
            due=words.date(due),
        )
        for n, m, due in asked.lines[:MOST_LINES]
    ]
    if len(asked.lines) > MOST_LINES:
        more = len(asked.lines) - MOST_LINES
        rows.append(words.mark_count("… and {n} more invoice", "… and {n} more invoices", more))
    return [
        block_kit.section(_question(asked, words)),
        *([block_kit.section(join("\n", rows))] if rows else []),
        *_waiting(asked, words),
        _foot(asked, words),
    ]


def _waiting(asked: Asked, words: Words) -> list[Block]:
    """What the approver has to know of money before they decide."""
    if not asked.waiting:
        return []
    told = [
        words.mark("{amount} of {day}", amount=words.money(money), day=words.date(day))
        for day, money in asked.waiting[:MOST_LINES]
    ]
    text = words.mark(
        "⚠️ A payment waits that is probably for this: {payments}. Nothing goes until it is booked "
        "or set aside.",
        payments=join(", ", told),
    )
    return [block_kit.section(text)]


def text_of(asked: Asked, words: Words) -> str:
    """The card as one plain line."""
    return words.say(
        "Approve reminders to {customer}? {stage}, {sum}",
        customer=asked.customer,
        stage=asked.stage.in_(words.language),
        sum=_sum(asked, words),
    )


def _question(asked: Asked, words: Words) -> Mrkdwn:
    to = person(asked.to) if asked.to.startswith(("U", "W")) else channel(asked.to)
    return words.mark(
        "*{customer}* · {stage}: {sum}. This message goes to {to} once you approve it.",
        customer=asked.customer,
        stage=asked.stage.in_(words.language),
        sum=_sum(asked, words),
        to=to,
    )


def _sum(asked: Asked, words: Words) -> str:
    return sums([amount for _, amount, _ in asked.lines], words)


def _foot(asked: Asked, words: Words) -> Block:
    if asked.answered_by is None:
        return block_kit.actions(
            block_kit.button(words.say("Let it go"), APPROVE, asked.value, style="primary"),
            block_kit.button(words.say("Do not send"), REFUSE, asked.value),
        )
    who = person(asked.answered_by)
    if asked.is_approved:
        return block_kit.context(words.mark("✅ {who} approved it.", who=who))
    return block_kit.context(words.mark("🚫 {who} decided against it.", who=who))
