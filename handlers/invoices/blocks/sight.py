"""How an invoice stands for whoever looks at it: its facts, and the words for what is late,
settled, given up or to be given back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.kit.markup import Mrkdwn
from bot.kit.money import Money
from bot.kit.words import N_, Words

_STATUS = {
    "cancelled": N_("cancelled"),
    "written_off": N_("written off"),
    "draft": N_("draft"),
    "paid": N_("paid"),
    "overpaid": N_("overpaid"),
    "disputed": N_("disputed"),
    "promised": N_("promised"),
    "overdue": N_("overdue"),
    "due_today": N_("due today"),
    "due_soon": N_("due soon"),
    "partly_paid": N_("partly paid"),
    "open": N_("open"),
}
_SIGN = {
    "paid": "🟢",
    "overpaid": "🔵",
    "cancelled": "⚪",
    "written_off": "⚪",
    "draft": "⚪",
    "overdue": "🔴",
    "disputed": "🟠",
}


@dataclass(frozen=True)
class Sight:
    """An invoice as a person sees it; amounts are money, days are days."""

    id: int
    number: str
    kind: str
    direction: str
    status: str
    customer: str
    seller: str
    buyer: str
    issued_on: date | None
    due_on: date | None
    total: Money
    paid: Money
    outstanding: Money
    overdue: Money
    """What of it is late: less where other instalments are still to come."""
    overdue_days: int
    instalments: Sequence[tuple[date | None, Money]] = ()
    effective_due_on: date | None = None
    """Until when paying is in time, where the due day is a free one."""
    corrections: Sequence[tuple[str, date | None, Money]] = ()
    """Each document that changed what is asked for, with its day and by how much."""
    ksef_number: str | None = None
    account: str | None = None
    promised_until: date | None = None
    is_promised: bool = False
    """Whether that day is still to come, or today."""
    disputed: str | None = None
    findings: Sequence[str] = ()
    may_book: bool = False
    is_watched: bool = False
    last_reminder: datetime | None = None
    written_off: Mrkdwn | None = None
    """On which day, by whom and why it was."""
    quiet: Sequence[Mrkdwn] = ()
    """Until when reminders of it are paused, and why."""
    pauses: Sequence[int] = ()
    policies: Sequence[tuple[str, str]] = ()
    """Key and name of the reminder policies that finance may give to it."""
    policy: str = ""
    """The key of the one that it was given."""
    is_suspect: bool = False
    """Something about it must be cleared before anybody pays."""


def sign(sight: Sight) -> str:
    return "🔵" if _is_credit(sight) else _SIGN.get(sight.status, "🟡")


def _is_credit(sight: Sight) -> bool:
    """Whether it gives money back by itself, as a credit note does that names no invoice."""
    return sight.outstanding.minor < 0 and sight.status in ("open", "partly_paid")


def status(sight: Sight, words: Words) -> str:
    if sight.status == "paid" and not sight.paid:
        return words.say("settled")
    if _is_credit(sight):
        return words.say("to be given back")
    if sight.status != "overdue":
        return words.say(_STATUS[sight.status])
    if 0 < sight.overdue.minor < sight.outstanding.minor:
        return words.count(
            "{sum} of it overdue by {n} day",
            "{sum} of it overdue by {n} days",
            sight.overdue_days,
            sum=words.money(sight.overdue),
        )
    return words.count("overdue by {n} day", "overdue by {n} days", sight.overdue_days)


def left(sight: Sight, words: Words) -> tuple[str, object]:
    """What is still to be paid, or to be given back; by how much too much was, or what nobody
    expects any more.
    """
    amount = words.money(Money(abs(sight.outstanding.minor), sight.outstanding.currency))
    if sight.status == "overpaid":
        return words.say("Paid too much"), amount
    if sight.outstanding.minor < 0:
        return words.say("To be given back"), amount
    if sight.status == "written_off":
        return words.say("Written off"), amount
    return words.say("Outstanding"), amount
