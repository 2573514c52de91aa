"""An invoice in Slack: its card, its line in a list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.kit import block_kit
from bot.kit.block_kit import Block
from bot.kit.markup import Mrkdwn, escape, join
from bot.kit.money import Money
from bot.kit.words import N_, Words
from handlers.invoices.blocks.sight import Sight, left, sign, status

MOST = 15  # invoices in one list
SHARE = "invoices.share"
PAY = "invoices.pay"
PROMISE = "invoices.promise"
END_PROMISE = "invoices.end_promise"
DISPUTE = "invoices.dispute"
WATCH = "invoices.watch"
ASK = "invoices.ask"
PAYMENTS = "invoices.payments"
SHOW = "invoices.show"
CUSTOMER = "invoices.customer"
PAGE = "invoices.page"
EDIT_CUSTOMER = "invoices.edit_customer"
WRITE_OFF = "invoices.write_off"
GIVE_POLICY = "invoices.give_policy"
UNDO_WRITE_OFF = "invoices.undo_write_off"
PAUSE = "reminders.pause"
UNPAUSE = "reminders.unpause"
STATEMENT = "documents.statement"
COPY = "documents.copy"


@dataclass(frozen=True)
class Page:
    """Where in a list one is: ``action`` turns it, carrying ``again`` of a page's number; the first
    is 0.
    """

    number: int
    in_all: int
    action: str
    again: Callable[[int], str]

    @property
    def first(self) -> int:
        return self.number * MOST


def page_within(number: int, in_all: int) -> int:
    """The page that is nearest to the one asked for: the list may have become shorter meanwhile."""
    return max(0, min(number, (in_all - 1) // MOST))


def card(
    sight: Sight, words: Words, known_until: datetime | None, *, shared_by: str = ""
) -> list[Block]:
    """Everything about one invoice. In one that somebody shared there are no buttons, and it says
    who did.
    """
    blocks = [
        block_kit.section(_headline(sight, words)),
        block_kit.facts(_facts(sight, words)),
        *_remarks(sight, words),
    ]
    if shared_by:
        by = words.mark("Shared by {person}.", person=shared_by)
        return [*blocks, block_kit.context(by, fresh(words, known_until))]
    return [*blocks, block_kit.context(fresh(words, known_until)), *_buttons(sight, words)]


def fresh(words: Words, known_until: datetime | None) -> Mrkdwn:
    """How far the payments are known: without it no answer about money is honest."""
    if known_until is None:
        return words.mark(
            "No payments were imported yet: what is paid is only what the invoices say themselves."
        )
    shown = block_kit.moment(known_until, known_until.isoformat(timespec="minutes"))
    return words.mark("Payments known up to {moment}.", moment=shown)


def line(sight: Sight, words: Words, *, is_named: bool) -> Mrkdwn:
    """An invoice in a list: its number, whose it is where they are several people's, and how it
    stands.
    """
    amount = words.money(sight.outstanding)
    if sight.direction == "payable" and sight.outstanding.minor >= 0:
        amount = words.say("we owe {sum}", sum=amount)
    standing = f"{escape(amount)} · {escape(status(sight, words))}"
    number = f"{sign(sight)} *{escape(sight.number)}*"
    if is_named and sight.customer:
        return Mrkdwn(f"{number} · {escape(sight.customer)}\n{standing}")
    return Mrkdwn(f"{number} {standing}")


def listing(
    title: Mrkdwn,
    sights: Sequence[Sight],
    words: Words,
    known_until: datetime | None,
    page: Page,
    *,
    is_named: bool = True,
    customer: int | None = None,
    is_supplier: bool = False,
    acts: Sequence[Block] = (),
) -> list[Block]:
    """A page of several invoices, each with a button to its card and, unless they are one
    customer's, its name.

    ``customer`` is whose they all are, where the reader may change what is known of them;
    ``is_supplier`` says that we alone owe something; ``acts`` stand below them.
    """
    lines = rows(sights, words, is_named=is_named)
    label = N_("Edit the supplier…") if is_supplier else N_("Edit the customer…")
    edit = block_kit.button(words.say(label), EDIT_CUSTOMER, str(customer)) if customer else None
    return [
        block_kit.section(title, edit),
        *lines,
        *_turning(page, words),
        *acts,
        block_kit.context(fresh(words, known_until)),
    ]


def statement(customer: int, words: Words) -> Block:
    """Below a customer's list: the statement of their account at once."""
    value = f"customer:{customer}"
    return block_kit.actions(block_kit.button(words.say("Statement"), STATEMENT, value))


def customer_pauses(
    customer: int, quiet: Sequence[tuple[int, Mrkdwn]], words: Words
) -> list[Block]:
    """For finance below a customer's list: what is paused with a button that ends it, or one that
    pauses.
    """
    if not quiet:
        label = words.say("Pause reminders…")
        return [block_kit.actions(block_kit.button(label, PAUSE, f"customer:{customer}"))]
    end = words.say("End the pause")
    return [
        block_kit.section(text, block_kit.button(end, f"{UNPAUSE}:{id_}", str(id_)))
        for id_, text in quiet
    ]


def rows(sights: Sequence[Sight], words: Words, *, is_named: bool = True) -> list[Block]:
    """Invoices one below the other, each with a button to its card."""
    return [
        block_kit.section(
            line(sight, words, is_named=is_named),
            block_kit.button(words.say("Show"), f"{SHOW}:{sight.id}", str(sight.id)),
        )
        for sight in sights
    ]


def _turning(page: Page, words: Words) -> list[Block]:
    """Which of them these are, and the buttons to the others."""
    if page.in_all <= MOST:
        return []
    last = min(page.first + MOST, page.in_all)
    shown = words.mark("{first} to {last} of {n}", first=page.first + 1, last=last, n=page.in_all)
    back = block_kit.button(words.say("‹ Back"), f"{page.action}:back", page.again(page.number - 1))
    on = block_kit.button(words.say("More ›"), f"{page.action}:on", page.again(page.number + 1))
    buttons = [*([back] if page.number else []), *([on] if last < page.in_all else [])]
    return [block_kit.context(shown), block_kit.actions(*buttons)]


def text_of(sight: Sight, words: Words) -> str:
    """The card as one plain line, for notifications and screen readers: what is left is called as
    on the card.
    """
    name, amount = left(sight, words)
    return words.say(
        "Invoice {number}: {status}. {name}: {amount}",
        number=sight.number,
        status=status(sight, words),
        name=name,
        amount=amount,
    )


def _headline(sight: Sight, words: Words) -> Mrkdwn:
    return Mrkdwn(f"{sign(sight)} *{escape(sight.number)}* · {escape(status(sight, words))}")


def _facts(sight: Sight, words: Words) -> list[tuple[str, object]]:
    def day(on: date | None) -> str:
        return words.date(on) if on else "–"

    return [
        (words.say("Seller"), sight.seller or "–"),
        (words.say("Buyer"), sight.buyer or "–"),
        (words.say("Total"), words.money(sight.total)),
        (words.say("Issued on"), day(sight.issued_on)),
        (words.say("Paid"), words.money(sight.paid)),
        (words.say("Due on"), _due(sight, words)),
        left(sight, words),
        *([(words.say("KSeF number"), sight.ksef_number)] if sight.ksef_number else []),
        *([(words.say("Account"), sight.account)] if sight.account else []),
    ]


def _due(sight: Sight, words: Words) -> str:
    """The day on the document, and the working day until which paying is in time."""
    if sight.due_on is None:
        return "–"
    if sight.effective_due_on in (None, sight.due_on):
        return words.date(sight.due_on)
    return words.say(
        "{day} (in time until {until})",
        day=words.date(sight.due_on),
        until=words.date(sight.effective_due_on),
    )


def _remarks(sight: Sight, words: Words) -> list[Block]:
    remarks: list[Mrkdwn] = []
    if len(sight.instalments) > 1:
        parts = [
            escape(f"{words.date(due) if due else '–'}: {words.money(left)}")
            for due, left in sight.instalments
        ]
        remarks.append(words.mark("Instalments left: {parts}", parts=join(" · ", parts)))
    remarks += [_correction(*correction, words) for correction in sight.corrections]
    if sight.promised_until:
        remarks.append(words.mark("Promised until {day}.", day=words.date(sight.promised_until)))
    if sight.last_reminder:
        at = block_kit.moment(
            sight.last_reminder, sight.last_reminder.isoformat(timespec="minutes")
        )
        remarks.append(words.mark("Last reminder: {moment}.", moment=at))
    if sight.disputed:
        remarks.append(words.mark("Disputed: {why}", why=sight.disputed))
    remarks += [sight.written_off] if sight.written_off else []
    if sight.policy in dict(sight.policies):
        name = dict(sight.policies)[sight.policy]
        remarks.append(words.mark("Reminded of by “{policy}”.", policy=name))
    remarks += [*sight.quiet, *findings(sight)]
    return [block_kit.section(join("\n", remarks))] if remarks else []


def _correction(number: str, day: date | None, amount: Money, words: Words) -> Mrkdwn:
    by = words.money(amount)
    if day is None:
        return words.mark("Corrected by {number}: {amount}", number=number, amount=by)
    return words.mark(
        "Corrected by {number} of {day}: {amount}", number=number, day=words.date(day), amount=by
    )


def findings(sight: Sight) -> list[Mrkdwn]:
    """What the checks found, the most harmful first."""
    sign = "🚨" if sight.is_suspect else "⚠️"
    return [Mrkdwn(f"{sign} {escape(finding)}") for finding in sight.findings[:5]]


def _buttons(sight: Sight, words: Words) -> list[Block]:
    value = str(sight.id)
    buttons: list[dict[str, Any]] = [block_kit.button(words.say("Share here"), SHARE, value)]
    if sight.outstanding and sight.may_book:
        buttons.append(block_kit.button(words.say("Paid…"), PAY, value, style="primary"))
    is_owed = sight.outstanding.minor > 0 and sight.status != "written_off"
    if is_owed:
        buttons.append(block_kit.button(words.say("Promise…"), PROMISE, value))
        if sight.is_promised:
            label = words.say("Take back the promise")
            buttons.append(block_kit.button(label, END_PROMISE, value))
    if is_owed or sight.disputed:
        buttons.append(block_kit.button(words.say("Dispute…"), DISPUTE, value))
    if is_owed:
        watch = words.say("Stop waiting") if sight.is_watched else words.say("Tell me when paid")
        buttons.append(block_kit.button(watch, WATCH, value))
    buttons.append(block_kit.button(words.say("Copy as PDF"), COPY, value))
    if sight.customer:
        buttons.append(block_kit.button(words.say("Statement"), STATEMENT, value))
    buttons.append(block_kit.button(words.say("Ask the back office…"), ASK, value))
    desk = _of_finance(sight, words) if sight.may_book else []
    return [block_kit.actions(*buttons), *([block_kit.actions(*desk)] if desk else [])]


def _of_finance(sight: Sight, words: Words) -> list[dict[str, Any]]:
    """What finance alone does: payments, writing off, silence."""
    value = str(sight.id)
    buttons = [block_kit.button(words.say("Payments…"), PAYMENTS, value)] if sight.paid else []
    if sight.status == "written_off":
        sure = block_kit.confirm(
            words.say("Undo the write-off?"),
            words.say("The invoice is open again, and reminders of it go on."),
            words.say("Undo"),
            words.say("Cancel"),
        )
        label = words.say("Undo the write-off")
        return [*buttons, block_kit.button(label, UNDO_WRITE_OFF, value, confirm=sure)]
    if sight.outstanding.minor > 0 and sight.status not in ("draft", "cancelled"):
        buttons.append(
            block_kit.button(words.say("Pause reminders…"), PAUSE, f"invoice:{sight.id}")
        )
        if sight.direction == "receivable":  # nothing else is a loss of ours
            buttons.append(block_kit.button(words.say("Write off…"), WRITE_OFF, value))
        if sight.policies:
            buttons.append(block_kit.button(words.say("Reminder policy…"), GIVE_POLICY, value))
    label = words.say("End the pause")
    ends = [block_kit.button(label, f"{UNPAUSE}:{id_}", str(id_)) for id_ in sight.pauses]
    return [*buttons, *ends]
