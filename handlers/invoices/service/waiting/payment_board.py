"""The board of payments that wait: one living card in finance's channel, with proposals
to click.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.kit.block_kit import View
from bot.kit.money import Money
from bot.kit.words import N_, Words
from handlers.invoices.blocks import waiting_payments as looks
from handlers.invoices.blocks.waiting_payments import Choice, Waiting
from handlers.ledger.model.matching.values import (
    REASONS,
    REASONS_OUT,
    Direction,
    Match,
    MatchingItem,
    Proposal,
    Reason,
    by_invoice,
)
from handlers.ledger.service.bank import collective_bookings, reconciliation
from handlers.ledger.service.bank.manual_payments import Entered
from handlers.ledger.service.bank.own_accounts import known_by_source
from handlers.people.service.finance_channel import desk
from storage.bank import statements, waiting_lines
from storage.bank.statements import Line
from storage.bank.waiting_lines import Filter
from storage.turn import Turn

CARD = "invoices.board"
SHOWN = 6
SHOWN_ASIDE = 40
_CHOICES = 3
_PAID = N_("It names {numbers}: paid already.")
_WRITTEN_OFF = N_(
    "It names {numbers}: written off. Undo the write-off on the invoice if the money is for it."
)


def show(turn: Turn) -> None:
    """Draw the board anew; without a department of finance, or before the bot is in its channel,
    there is none.
    """
    finance = desk(turn)
    if finance is None:
        return
    words = finance.words
    count, _ = waiting_lines.count(turn, Filter())
    shown = sights(turn, statements.waiting(turn, SHOWN), words)
    aside = statements.count_aside(turn)
    look = looks.board(shown, count - len(shown), words, known_by_source(turn), aside)
    text = words.count("{n} payment waits", "{n} payments wait", count)
    turn.show(CARD, finance.channel, text, look, subject="payments:waiting")


def sights(turn: Turn, lines: Sequence[Line], words: Words) -> list[Waiting]:
    """Lines that wait as finance sees them, each with what it may pay."""
    wholes = reconciliation.booked_wholes(turn, lines)
    proposed = reconciliation.proposals(turn, lines)
    return [_sight(turn, line, verdict, wholes, words) for line, verdict in proposed]


def sight_of(turn: Turn, line: Line) -> Waiting:
    """A line that waits, and what is left of it."""
    return _left(turn, line, _waiting(line))


def follow(turn: Turn) -> None:
    """Invoices came: what waits may have waited for them."""
    if statements.waiting(turn, 1):
        show(turn)


def set_aside(turn: Turn) -> View:
    """What was said to pay no invoice, in the words of whoever looks."""
    lines = [_waiting(line) for line in statements.aside(turn, SHOWN_ASIDE)]
    return looks.aside_view(lines, statements.count_aside(turn) - len(lines), turn.words)


def _sight(turn: Turn, line: Line, verdict: Match, wholes: Sequence[Line], words: Words) -> Waiting:
    left = reconciliation.left_of(turn, line)
    choices = [_choice(proposal, line, left, words) for proposal in _payable(verdict)[:_CHOICES]]
    before = reconciliation.entered_before(turn, line, verdict)
    entered = [_entered(few, line, left, words) for few in before[:_CHOICES]]
    sight = _left(turn, line, _waiting(line, choices, entered))
    remark = _remark(turn, line, wholes, words)
    if remark or entered:
        return replace(sight, remark=remark)
    paid = _named_for(Reason.ALREADY_PAID, verdict)
    remarks = [
        words.say(sentence, numbers=words.list(dict.fromkeys(item.number for item in items)))
        for sentence, items in (
            (_PAID, paid),
            (_WRITTEN_OFF, _named_for(Reason.WRITTEN_OFF, verdict)),
        )
        if items
    ]
    return replace(sight, remark=" ".join(remarks), credits=_credits(paid, line)[:_CHOICES])


def _credits(paid: Sequence[MatchingItem], line: Line) -> list[Choice]:
    """The invoices on which it may stay as the payer's credit."""
    fitting: dict[str, str] = {}
    for item in paid:
        if _may_hold(item, line):
            fitting[item.invoice_id] = item.number
    return [Choice(number, f"{line.id},{id_}", "") for id_, number in fitting.items()]


def _payable(verdict: Match) -> list[Proposal]:
    return [proposal for proposal in verdict.proposals if proposal.allocations]


def _remark(turn: Turn, line: Line, wholes: Sequence[Line], words: Words) -> str:
    """What a line may be that another file told otherwise."""
    if count := collective_bookings.one_by_one(turn, line):
        return words.say(
            "It may be the sum of {n} transfers of that day that came one by one.", n=count
        )
    whole = collective_bookings.booked_whole(turn, line, wholes)
    if whole:
        once = words.money(Money(whole.amount, whole.currency))
        return words.say(
            "It may be one of the transfers in {sum} of that day, which is booked as one.", sum=once
        )
    return ""


def _named_for(reason: Reason, verdict: Match) -> list[MatchingItem]:
    """What the title names and on which nothing is open, for this reason."""
    items: list[MatchingItem] = []
    for proposal in verdict.proposals:
        if reason in proposal.reasons and not proposal.allocations:
            items.extend(proposal.items)
    return items


def _may_hold(item: MatchingItem, line: Line) -> bool:
    """Whether money of this sign and currency may stay on an invoice beyond what it asks for."""
    is_ours = item.direction is Direction.RECEIVABLE
    return item.currency == line.currency and is_ours == (line.amount > 0)


def _waiting(line: Line, choices: Sequence[Choice] = (), entered: Sequence[Choice] = ()) -> Waiting:
    amount = Money(line.amount, line.currency)
    return Waiting(line.id, line.booked_on, amount, line.counterparty, line.title, choices, entered)


def _left(turn: Turn, line: Line, sight: Waiting) -> Waiting:
    """Where a part is booked, the amount is what is left of the whole."""
    left = reconciliation.left_of(turn, line)
    if left == line.amount:
        return sight
    whole, rest = Money(line.amount, line.currency), Money(left, line.currency)
    return replace(sight, amount=rest, whole=whole)


def _entered(few: Sequence[Entered], line: Line, left: int, words: Words) -> Choice:
    numbers = ", ".join(dict.fromkeys(item.number for item in few))
    ids = [line.id, *(item.payment.id for item in few)]
    return Choice(
        words.say("Already on {number}", number=numbers),
        ",".join(map(str, ids)),
        _why(few, line.currency, left, words),
        is_exact=sum(item.amount for item in few) == left,
    )


def _why(few: Sequence[Entered], currency: str, left: int, words: Words) -> str:
    sums = [words.money(Money(abs(item.amount), currency)) for item in few]
    if len(few) > 1:
        return words.say("together the payments entered before: {sums}", sums=words.list(sums))
    day = words.date(few[0].payment.booked_on)
    if few[0].amount != left:
        return words.say("a part of the {sum} entered for {day}", sum=sums[0], day=day)
    return words.say("the payment entered for {day}", day=day)


def _choice(proposal: Proposal, line: Line, left: int, words: Words) -> Choice:
    numbers = dict.fromkeys(allocation.item.number for allocation in proposal.allocations)
    value = str(line.id)
    for invoice, amount in by_invoice(proposal.allocations).items():
        value += f",{invoice}={amount}"
    sentences = REASONS if line.amount > 0 else REASONS_OUT
    why = words.list([words.say(sentences[reason]) for reason in proposal.reasons])
    return Choice(", ".join(numbers), value, why, is_exact=_fits(proposal, line, left))


def _fits(proposal: Proposal, line: Line, left: int) -> bool:
    """Whether an invoice, an instalment of one or several together ask for just this money, and
    more than the amount speaks for them.
    """
    if set(proposal.reasons) == {Reason.AMOUNT}:
        return False
    amount = Money(left, line.currency).amount
    asked = [item.expected for item in proposal.items]
    return amount in asked or sum(asked) == amount


def read(value: str) -> tuple[int, dict[int, int]]:
    """What a click on a choice carries: the line, and invoice id to minor units."""
    line, *parts = value.split(",")
    amounts = {}
    for part in parts:
        invoice, amount = part.split("=")
        amounts[int(invoice)] = int(amount)
    return int(line), amounts
