"""Statements meet the ledger: each line is kept once; what surely pays an invoice is booked, the
rest waits.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.kit.errors import Problem
from bot.kit.money import Money
from bot.kit.words import N_
from handlers.ledger.model.amounts import outstanding
from handlers.ledger.model.matching.index import Index
from handlers.ledger.model.matching.values import Direction, Level, Match, by_invoice
from handlers.ledger.model.matching.verdict import match
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service import payments as ledger_payments
from handlers.ledger.service.bank import (
    collective_bookings,
    line_deduplication,
    manual_payments,
    matching_items,
)
from handlers.ledger.service.bank.manual_payments import Entered, NoLongerEntered
from handlers.ledger.service.payments import Payment
from handlers.ledger.statements.accounts import account_key
from handlers.ledger.statements.values import Entry, StatementFile
from storage.bank import imports, statements
from storage.bank.statements import Line
from storage.invoices import customers, invoices, payments
from storage.invoices.payments import Booked
from storage.turn import Turn

MATCHED_AGAIN = 1_000  # of the lines that wait, with each import


class LineIsSettled(Problem):
    """Somebody else was first."""

    sentence = N_("Somebody has dealt with this payment already.")


class TooMuch(Problem):
    """More than the line has left, or in sum not money of its direction."""

    sentence = N_("That is more than is left of this payment.")


class NotOpenBySoMuch(Problem):
    """Somebody has paid the invoice, or a part of it, since this was proposed."""

    sentence = N_("Invoice {number} is not open by so much any more.")


BEHIND = (LineIsSettled, TooMuch, NotOpenBySoMuch)
"""What is the case where somebody booked something since a choice was drawn."""


class StillOpen(Problem):
    """Money is a credit only beyond what is open."""

    sentence = N_("Invoice {number} is still open: book the payment on it first.")


@dataclass
class Sums:
    """What became of the lines of an import."""

    statements: int = 0
    entries: int = 0
    booked: int = 0
    already_known: int = 0
    matched: int = 0
    partly_matched: int = 0
    unmatched: int = 0


def take(turn: Turn, file: StatementFile, done: Sums) -> None:
    """Keep the new lines of one file and book those that surely pay an invoice; adds to
    ``done``.
    """
    take_all(turn, [file], done)


def take_all(turn: Turn, files: Sequence[StatementFile], done: Sums) -> None:
    """The same of several files, one after the other; what they may pay is arranged once for all of
    them.

    What waits goes first, as it does with one file, and behind several once more.
    """
    run: _Run | None = None
    for place, file in enumerate(files):
        if new := _keep(turn, file, place, done):
            run = run or _begun(turn, new[0].id, files)
            run.lines.update(line.id for line in new)
            _match(turn, new, run.index, done)
    if run and len(files) > 1:
        waiting = statements.hold_untouched(turn, max(run.lines) + 1, MATCHED_AGAIN)
        _book_all_sure(turn, [line for line in waiting if line.id in run.lines], run.index)


def proposals(turn: Turn, lines: Sequence[Line]) -> list[tuple[Line, Match]]:
    """What a person may choose for lines that wait."""
    if not lines:
        return []
    index = matching_items.around(turn, [_entry(turn, line) for line in lines])
    wholes = booked_wholes(turn, lines)
    return [(line, _verdict(turn, line, index, wholes)) for line in lines]


def booked_wholes(turn: Turn, lines: Iterable[Line]) -> Sequence[Line]:
    """The collective bookings that stand on invoices, of the days of these lines."""
    return statements.booked_wholes(turn, {line.booked_on for line in lines})


def entered_before(turn: Turn, line: Line, verdict: Match) -> list[tuple[Entered, ...]]:
    """Payments that a person or a connected system told, and that may, alone or together, be this
    line's money.
    """
    return manual_payments.same_money(turn, line, left_of(turn, line), verdict)


def recognise(turn: Turn, line_id: int, told: Sequence[int]) -> None:
    """The line is money that was entered before: the bank's booking takes the place of these
    payments.

    Of one that a person entered it may be a part: what is left of that payment stands on.
    """
    line = statements.hold(turn, line_id)
    if line is None or line.state not in ("waiting", "partly"):
        raise LineIsSettled()
    left = left_of(turn, line)
    before = [item for item in payments.hold(turn, told) if item.source != line.source]
    like_line = [_payment(turn, line, item.invoice, item.amount).amount for item in before]
    own = manual_payments.in_place_of(before, like_line, left)
    if len(before) < len(told) or not own:
        raise NoLongerEntered()
    invoices.hold(turn, [item.invoice for item in before])
    _replace(turn, line, before, own)
    _settle(turn, line, 0, by_hand=True)
    turn.record("line.recognised", f"line:{line.id}", payments=list(told))


def _replace(turn: Turn, line: Line, before: Sequence[Booked], own: Sequence[int]) -> None:
    for item, amount in zip(before, own, strict=True):
        ledger_payments.take_back(turn, item.id)
        if rest := item.amount - amount:
            ledger_payments.book(
                turn, Payment(item.invoice, rest, item.booked_on, item.source, item.reference)
            )
        ledger_payments.book_more(
            turn, Payment(item.invoice, amount, line.booked_on, line.source, line.key)
        )


def allot(turn: Turn, line_id: int, amounts: Mapping[int, int]) -> Line:
    """A person says which invoices a line pays: invoice id to minor units, signed like the line."""
    line = statements.hold(turn, line_id)
    if line is None or line.state not in ("waiting", "partly"):
        raise LineIsSettled()
    left, money = line.amount - statements.used(turn, line), sum(amounts.values())
    if abs(money) > abs(left) or money * left <= 0:
        raise TooMuch()
    invoices.hold(turn, amounts)
    fitting = [_fitting(turn, line, invoice, amount) for invoice, amount in amounts.items()]
    for payment in fitting:
        ledger_payments.book_more(turn, payment)
    _settle(turn, line, left - sum(amounts.values()), by_hand=True)
    return line


def keep_as_credit(turn: Turn, line_id: int, invoice_id: int) -> None:
    """What is left of a line was paid beyond an invoice: it stands there as the payer's credit."""
    line = statements.hold(turn, line_id)
    if line is None or line.state not in ("waiting", "partly"):
        raise LineIsSettled()
    invoices.hold(turn, [invoice_id])
    invoice = ledger.get(turn, invoice_id).invoice
    payment = _payment(turn, line, invoice_id, left_of(turn, line))
    if payment.amount <= 0 or outstanding(invoice) > 0:
        raise StillOpen(number=invoice.number)
    ledger_payments.book_more(turn, payment)
    _settle(turn, line, 0, by_hand=True)
    turn.record("line.kept_as_credit", f"line:{line.id}", invoice=invoice_id)


def set_aside(turn: Turn, line_id: int) -> None:
    """A line that pays no invoice: a fee, a salary, a transfer between own accounts."""
    if not statements.settle(turn, line_id, "set_aside"):
        raise LineIsSettled()
    turn.record("line.set_aside", f"line:{line_id}")


def reopen(turn: Turn, line_id: int) -> None:
    """It was set aside by mistake: the line, or what is left of it, waits again."""
    line = statements.hold(turn, line_id)
    if line is None or line.state != "set_aside":
        raise LineIsSettled()
    _wait_again(turn, line)
    turn.record("line.reopened", f"line:{line_id}")


def of_lines(turn: Turn, booked: Sequence[Booked]) -> set[int]:
    """The ids of those payments that lines of statements made."""
    lines = statements.known_keys(turn, (item.reference for item in booked))
    return {item.id for item in booked if item.reference in lines}


def take_back(turn: Turn, payment: int) -> int | None:
    """A booking was a mistake: its invoice is open by so much again, and a statement's money waits
    for another.

    The invoice's id; None if it is back already.
    """
    standing = payments.get(turn, payment)
    line = statements.hold_by_key(turn, standing.reference) if standing else None
    booked = ledger_payments.take_back(turn, payment)
    if booked is None:
        return None
    if line is not None:
        _wait_again(turn, line)
        turn.record("line.reopened", f"line:{line.id}")
    return booked.invoice


def _wait_again(turn: Turn, line: Line) -> None:
    state = "waiting"
    if statements.used(turn, line):
        state = "partly"
    statements.settle(turn, line.id, state, from_=(line.state,))


def _keep(turn: Turn, file: StatementFile, place: int, done: Sums) -> list[Line]:
    """The lines of one file that are new."""
    read = file.statements
    known = line_deduplication.freshness(turn, read)
    told = sum(len(item.entries) for item in read)
    new = line_deduplication.new_lines(turn, read, place, imports.add(turn, file.name, known))
    for source, until in known.items():
        payments.note_known_until(turn, source, until, is_by_file=True)
    done.statements += len(read)
    done.entries += told
    done.booked += len(new)
    done.already_known += told - len(new)
    return new


@dataclass(frozen=True)
class _Run:
    """What the lines of some files may pay, and by their ids the lines for which it is arranged."""

    index: Index
    lines: set[int]


def _begun(turn: Turn, first: int, files: Iterable[StatementFile]) -> _Run:
    """Lines that wait already go first: what was booked meanwhile may be what they pay."""
    waiting = statements.hold_untouched(turn, first, MATCHED_AGAIN)
    entries = [_entry(turn, line) for line in waiting]
    for file in files:
        for statement in file.statements:
            entries += statement.entries
    index = matching_items.bearing_on(turn, entries)
    _book_all_sure(turn, waiting, index)
    return _Run(index, {line.id for line in waiting})


def _match(turn: Turn, new: Sequence[Line], index: Index, done: Sums) -> None:
    before = done.matched
    for verdict in _book_all_sure(turn, new, index):
        is_sure = verdict.level is Level.SURE
        done.matched += is_sure and not verdict.left
        done.partly_matched += is_sure and bool(verdict.left)
        done.unmatched += not is_sure
    turn.record(
        "statements.imported", f"line:{new[0].id}", lines=len(new), matched=done.matched - before
    )


def _book_all_sure(turn: Turn, lines: Sequence[Line], index: Index) -> list[Match]:
    """The verdicts on lines; what these tell of payers' accounts holds for those that come after
    them.
    """
    wholes = booked_wholes(turn, lines)
    verdicts = [_book_if_sure(turn, line, index, wholes) for line in lines]
    for line, verdict in zip(lines, verdicts, strict=True):
        if verdict.level is Level.SURE and (learnt := _payers_account(line, verdict)):
            index.learn(*learnt)
    return verdicts


def _book_if_sure(turn: Turn, line: Line, index: Index, wholes: Sequence[Line]) -> Match:
    verdict = _verdict(turn, line, index, wholes)
    if verdict.level is Level.SURE:
        _book(turn, line, verdict)
        paid = by_invoice(verdict.allocations)
        index.renew(verdict.items, matching_items.some(turn, paid))
    return verdict


def _book(turn: Turn, line: Line, verdict: Match) -> None:
    for invoice, amount in by_invoice(verdict.allocations).items():
        ledger_payments.book_more(turn, _payment(turn, line, invoice, amount))
    _settle(turn, line, Money.of(verdict.left, line.currency).minor)
    _learn_account(turn, line, verdict)


def _payment(turn: Turn, line: Line, invoice: int, amount: int) -> Payment:
    """Money out pays what we owe: on the invoice it counts as paid, not as taken."""
    entry = ledger.get(turn, invoice)
    if entry.invoice.currency != line.currency:
        raise OtherCurrency(currency=line.currency, number=entry.invoice.number)
    signed = -amount if entry.invoice.direction == "payable" else amount
    return Payment(invoice, signed, line.booked_on, line.source, line.key)


def _fitting(turn: Turn, line: Line, invoice: int, amount: int) -> Payment:
    """A payment of what is open, or of a part of it; raises :class:`NotOpenBySoMuch`."""
    payment, entry = _payment(turn, line, invoice, amount), ledger.get(turn, invoice)
    open_ = outstanding(entry.invoice)  # whatever day a payment is booked for
    if not min(0, open_) <= payment.amount <= max(0, open_):
        raise NotOpenBySoMuch(number=entry.invoice.number)
    return payment


class OtherCurrency(Problem):
    """A payment in a currency that is not the invoice's."""

    sentence = N_(
        "The payment is in {currency}, invoice {number} is not. Book the amount by hand on the "
        "invoice."
    )


def _settle(turn: Turn, line: Line, left: int, *, by_hand: bool = False) -> None:
    if not statements.settle(turn, line.id, "partly" if left else "matched", by_hand=by_hand):
        raise LineIsSettled()


def _learn_account(turn: Turn, line: Line, verdict: Match) -> None:
    """A payer's account is remembered as one that they pay from."""
    if learnt := _payers_account(line, verdict):
        account, customer = learnt
        customers.learn_payer(turn, customers.get(turn, int(customer)), account)


def _payers_account(line: Line, verdict: Match) -> tuple[str, str] | None:
    """The account of the one customer who paid: whom we pay to, a transfer to us never tells."""
    account = account_key(line.counterparty_account)
    paid: set[str] = set()
    for allocation in verdict.allocations:
        if allocation.item.direction is Direction.RECEIVABLE:
            paid.add(allocation.item.customer_id)
    if not account or len(paid) != 1 or "" in paid:
        return None
    return account, paid.pop()


def _verdict(turn: Turn, line: Line, index: Index, wholes: Sequence[Line]) -> Match:
    verdict = manual_payments.lowered(
        turn, line, left_of(turn, line), match(_entry(turn, line), index)
    )
    return collective_bookings.lowered(turn, line, verdict, wholes)


def left_of(turn: Turn, line: Line) -> int:
    """What of a line stands on no invoice yet, signed like it."""
    if line.state != "partly":
        return line.amount
    return line.amount - statements.used(turn, line)


def room(entry: ledger.Entry, line: Line) -> int:
    """How much of a line's money an invoice takes, in minor units signed like the line; 0 where it
    is of another currency or direction, or nothing is open.
    """
    invoice = entry.invoice
    if invoice.currency != line.currency:
        return 0
    open_ = outstanding(invoice)
    signed = -open_ if invoice.direction == "payable" else open_
    return signed if signed * line.amount > 0 else 0


def _entry(turn: Turn, line: Line) -> Entry:
    amount = Money(left_of(turn, line), line.currency).amount
    return Entry(
        line.booked_on,
        amount,
        line.currency,
        line.title,
        line.counterparty or None,
        line.counterparty_account or None,
    )
