"""Taking an import back: its lines, their bookings and what it told of freshness are as before,
unless somebody has built on it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.kit.catalogue import TO_CUSTOMERS
from bot.kit.errors import Problem
from bot.kit.words import N_
from handlers.ledger.service import payments as ledger_payments
from handlers.ledger.service.payments import HAND
from storage.bank import account_answers, imports, statements, traces
from storage.bank.imports import Import
from storage.bank.statements import Line
from storage.turn import Turn


class TakenBack(Problem):
    """Somebody was first, or it is no import of ours."""

    sentence = N_("This import has been taken back already.")


@dataclass(frozen=True)
class Obstacles:
    """What was built on an import, and keeps it from being taken back."""

    by_hand: Sequence[Line] = ()
    """Lines that somebody booked by a click."""
    refunded: Sequence[str] = ()
    """Numbers of invoices on which money was given back by hand."""
    documents: Sequence[tuple[str, date]] = ()
    """Documents that count it: number and day."""
    messages: Sequence[tuple[str, date]] = ()
    """Reminders that count it: which customer got it, and when."""

    def __bool__(self) -> bool:
        return bool(self.by_hand or self.refunded or self.documents or self.messages)


def take_back(turn: Turn, import_id: int) -> tuple[Obstacles, int]:
    """What keeps the import from being taken back; where there is nothing of the kind, it is. How
    many lines it brought stands beside.
    """
    import_ = imports.hold(turn, import_id)
    if import_ is None or import_.taken_back_at:
        raise TakenBack()
    brought = imports.lines_of(turn, import_id)
    lines = [line for line, _ in brought]
    by_hand = [line for line, is_by_hand in brought if is_by_hand]
    payments: list[int] = []
    invoices: set[int] = set()
    customers: set[int] = set()
    for payment, invoice, customer in traces.paid_by(turn, lines):
        payments.append(payment)
        invoices.add(invoice)
        if customer:
            customers.add(customer)
    obstacles = _obstacles(turn, import_, by_hand, invoices, customers)
    if not obstacles:
        ledger_payments.take_back_all(turn, payments)
        imports.take_back(turn, import_, _missing_since(turn, lines))
        _stand_again(turn, lines)
        _ask_again(turn, import_, lines)
        turn.record("statements.taken_back", f"import:{import_id}", lines=len(lines))
    return obstacles, len(lines)


def _ask_again(turn: Turn, import_: Import, gone: Iterable[Line]) -> None:
    """What was said of its accounts, by mistake perhaps, goes with it."""
    accounts = {line.account for line in gone if line.account}
    accounts |= set(import_.known_until)
    left = imports.accounts_left(turn, accounts)
    if answers := account_answers.forget(turn, accounts, left=left):
        turn.record("account.forgotten", f"import:{import_.id}", answers=answers)


def _missing_since(turn: Turn, gone: Iterable[Line]) -> dict[str, datetime]:
    """From when on the lines of each account are not all there without these."""
    zone = ZoneInfo(turn.catalogue.timezone)
    since: dict[str, datetime] = {}
    for line in gone:
        begun = datetime.combine(line.booked_on, time(), zone).astimezone(UTC)
        since[line.source] = min(begun, since.get(line.source, begun))
    return since


def _obstacles(
    turn: Turn, import_: Import, by_hand: Sequence[Line], paid: set[int], customers: set[int]
) -> Obstacles:
    zone = ZoneInfo(turn.catalogue.timezone)
    papers = traces.documents_since(turn, import_.at, parties=customers)
    reminders = traces.messages_since(turn, import_.at, audiences=TO_CUSTOMERS, parties=customers)
    refunds = traces.refunds_since(turn, import_.at, source=HAND, paid=paid)
    documents = [(number, at.astimezone(zone).date()) for number, at in papers]
    messages = [(name, day) for day, name in reminders]
    return Obstacles(by_hand, refunds, documents, messages)


def _stand_again(turn: Turn, gone: Iterable[Line]) -> None:
    """Collective bookings that these lines took apart wait as they are, where no other part is
    left.
    """
    keys: list[str] = []
    counts: list[str] = []
    for line in gone:
        if line.whole_key is not None:
            keys.append(line.whole_key)
            counts.append(line.count_key or "")
    if not keys:
        return
    for whole in statements.collectives(turn, keys, counts):
        left = statements.parts(turn, [whole.key], [whole.count_key or ""])
        if whole.state == "taken_apart" and not left:
            statements.settle(turn, whole.id, "waiting", from_=("taken_apart",))
