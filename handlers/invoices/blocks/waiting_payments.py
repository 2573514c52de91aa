"""Payments that wait for a person: one living card with what each may pay, a click away."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.kit import block_kit
from bot.kit.block_kit import Block, Element, View
from bot.kit.markup import Mrkdwn, escape, join
from bot.kit.money import Money
from bot.kit.words import Words
from handlers.invoices.blocks import statement_imports
from handlers.invoices.blocks.card import fresh

ALLOT = "invoices.allot"
RECOGNISE = "invoices.recognise"
KEEP = "invoices.keep_credit"
CHOOSE = "invoices.choose_for_payment"
SET_ASIDE = "invoices.set_aside"
CONFIRM = "invoices.confirm_known"
REOPEN = "invoices.reopen_line"
SHOW_ASIDE = "invoices.show_aside"
SHOW_ALL = "invoices.show_payments"
_MOST_SOURCES = 8  # of them Slack's context takes ten


@dataclass(frozen=True)
class Choice:
    """What one click books: the label says which invoices, ``value`` carries their ids
    and amounts.
    """

    label: str
    value: str
    why: str
    is_exact: bool = False
    """Its amount is that of the payment."""


@dataclass(frozen=True)
class Waiting:
    """A payment that no invoice surely takes."""

    id: int
    booked_on: date
    amount: Money
    counterparty: str
    title: str
    choices: Sequence[Choice] = ()
    entered: Sequence[Choice] = ()
    """Payments that were entered before and may be this one."""
    credits: Sequence[Choice] = ()
    """Invoices that are paid, on which it may stay as the payer's credit."""
    whole: Money | None = None
    """What came, where a part of it is booked and ``amount`` is what is left."""
    remark: str = ""
    """What speaks against a quick click: it may be here already, or it names what is paid."""


def board(
    waiting: Sequence[Waiting],
    more: int,
    words: Words,
    known: Mapping[str, datetime],
    aside: int = 0,
) -> list[Block]:
    """The payments that wait, the oldest first; ``more`` are not shown yet, ``aside`` pay no
    invoice. ``known`` says up to when each source's payments are known.
    """
    freshness = block_kit.context(fresh(words, min(known.values(), default=None)), *_each(known))
    if not waiting:
        calm = block_kit.section(words.mark("Every payment that came in is booked."))
        return [calm, freshness, _below(words, aside)]
    heading = words.mark_count(
        "{n} payment waits to be booked on an invoice",
        "{n} payments wait to be booked on invoices",
        len(waiting) + more,
    )
    blocks = [block_kit.section(heading)]
    for item in waiting:
        blocks += line(item, words)
    label = words.count(
        "All {n}, by account and import…", "All {n}, by account and import…", len(waiting) + more
    )
    rest = [block_kit.actions(block_kit.button(label, SHOW_ALL, "all"))]
    return [*blocks, *rest, freshness, _below(words, aside)]


def _each(known: Mapping[str, datetime]) -> list[Mrkdwn]:
    """Where there are several sources, each with the moment up to which its payments are known, the
    one furthest behind first.
    """
    if len(known) < 2:
        return []
    oldest = sorted(known.items(), key=lambda item: item[1])[:_MOST_SOURCES]
    return [
        Mrkdwn(f"{escape(source)}: {block_kit.moment(until, until.isoformat(timespec='minutes'))}")
        for source, until in oldest
    ]


def aside_view(aside: Sequence[Waiting], more: int, words: Words) -> View:
    """What was said to pay no invoice, the newest first, each with a button that makes it wait
    again.
    """
    rows = [
        block_kit.section(
            join("\n", _told(item, words)),
            block_kit.button(words.say("Let it wait again"), f"{REOPEN}:{item.id}", str(item.id)),
        )
        for item in aside
    ]
    nothing = [block_kit.section(words.mark("Nothing is set aside."))]
    rest = (
        [block_kit.context(words.mark_count("… and {n} more.", "… and {n} more.", more))]
        if more
        else []
    )
    return block_kit.modal(
        words.say("Set aside"),
        [*(rows or nothing), *rest],
        callback_id="invoices.aside_view",
        close=words.say("Close"),
    )


def line(waiting: Waiting, words: Words) -> list[Block]:
    """One payment, why it may pay what, and its buttons."""
    whys: list[Mrkdwn] = []
    buttons: list[Element] = []
    for i, (action, choice) in enumerate(_offered(waiting)):
        style = "primary" if i == 0 and not waiting.remark else None
        id_ = f"{action}:{waiting.id}:{i}"
        buttons.append(block_kit.button(choice.label, id_, choice.value, style=style))
        whys.append(Mrkdwn(f"*{escape(choice.label)}*: {escape(choice.why)}"))
    sure = block_kit.confirm(
        words.say("Set aside?"),
        words.say(
            "{amount} will not be booked on any invoice.", amount=words.money(waiting.amount)
        ),
        words.say("Pays no invoice"),
        words.say("Cancel"),
    )
    choose = block_kit.button(
        words.say("Choose invoices…"), f"{CHOOSE}:{waiting.id}", str(waiting.id)
    )
    label = words.say("Pays no invoice")
    aside = block_kit.button(label, f"{SET_ASIDE}:{waiting.id}", str(waiting.id), confirm=sure)
    reasons = [block_kit.context(*whys)] if whys else []
    return [
        told(waiting, words),
        *reasons,
        block_kit.actions(*buttons, *_credits(waiting, words), choose, aside),
    ]


def _offered(waiting: Waiting) -> list[tuple[str, Choice]]:
    """What is just this money comes before that of which it may be a part."""
    entered = [(RECOGNISE, choice) for choice in waiting.entered]
    choices = [(ALLOT, choice) for choice in waiting.choices]
    return sorted(entered + choices, key=lambda offer: not offer[1].is_exact)


def told(waiting: Waiting, words: Words) -> Block:
    """Amount and day, who paid, and what they wrote."""
    return block_kit.section(join("\n", _told(waiting, words)))


def _credits(waiting: Waiting, words: Words) -> Iterator[Element]:
    """What was paid beyond an invoice is kept for the payer with a click."""
    amount = words.money(waiting.amount)
    for i, choice in enumerate(waiting.credits):
        label = words.say("Keep as credit: {number}", number=choice.label)
        sure = block_kit.confirm(
            words.say("Keep as credit?"),
            words.say(
                "{amount} stays on {number}, beyond what it asks for, and is the payer's credit.",
                amount=amount,
                number=choice.label,
            ),
            words.say("Keep as credit"),
            words.say("Cancel"),
        )
        yield block_kit.button(label, f"{KEEP}:{waiting.id}:{i}", choice.value, confirm=sure)


def _told(waiting: Waiting, words: Words) -> list[Mrkdwn]:
    headline = Mrkdwn(
        f"*{escape(words.money(waiting.amount))}* · {escape(words.date(waiting.booked_on))}"
    )
    if waiting.whole:
        of = words.mark("left of {sum}", sum=words.money(waiting.whole))
        headline = join(" · ", [headline, of])
    remark = [Mrkdwn(f"⚠️ {escape(waiting.remark)}")] if waiting.remark else []
    return [headline, *_said(waiting), *remark]


def _said(waiting: Waiting) -> list[Mrkdwn]:
    return [
        Mrkdwn(escape(block_kit.cut(text, 300)))
        for text in (waiting.counterparty, waiting.title)
        if text
    ]


def _below(words: Words, aside: int) -> Block:
    """What concerns all payments: that none is missing, and those that pay no invoice."""
    request = block_kit.confirm(
        words.say("Is everything booked?"),
        words.say("Reminders will then trust that what is not booked was not paid."),
        words.say("Everything is booked"),
        words.say("Cancel"),
    )
    complete = block_kit.button(
        words.say("Payments are complete up to now"), CONFIRM, "now", confirm=request
    )
    label = words.count("{n} set aside…", "{n} set aside…", aside)
    imports = block_kit.button(words.say("Imported statements…"), statement_imports.SHOW, "all")
    below = [block_kit.button(label, SHOW_ASIDE, "all")] if aside else []
    return block_kit.actions(complete, imports, *below)
