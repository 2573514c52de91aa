"""What is open on a day, item by item: pure. An item is an instalment that is to be paid, or a
credit that is to be given back.

Documents count from their day of issue, corrections from theirs, payments from the day on which
they were booked, write-offs from theirs. Amounts are minor units, signed: a credit is negative.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from handlers.ledger.model.amounts import outstanding
from handlers.ledger.model.due_days import effective_due, first_in_time
from handlers.ledger.model.instalments import Instalment
from handlers.ledger.model.state import Part, parts_of
from storage.invoices.balances import Bounds, Item, Sum
from storage.invoices.invoices import CANCELLING, Change, Invoice


class OpenItem(NamedTuple):
    """``amount`` is what was asked for, after corrections, which ``changes`` name; ``due_on`` is
    the day on the document, ``effective_due_on`` the one that counts; ``instalment`` which of
    several it is.
    """

    invoice: int
    customer: int | None
    number: str
    kind: str
    issued_on: date | None
    due_on: date | None
    effective_due_on: date | None
    currency: str
    amount: int
    outstanding: int
    is_held: bool
    changes: tuple[Change, ...] = ()
    instalment: Instalment | None = None

    @property
    def paid(self) -> int:
        return self.amount - self.outstanding

    def overdue_days(self, day: date) -> int:
        """How many days it is late: 0 on the day that counts itself."""
        if self.outstanding <= 0 or self.effective_due_on is None:
            return 0
        return max(0, (day - self.effective_due_on).days)


@dataclass(frozen=True)
class Balance:
    """What is open in one currency of one direction: ``overdue`` and ``not_due`` are what is to be
    paid, ``credit`` what is to be given back; none is negative, and nothing is set off.
    """

    direction: str
    currency: str
    overdue: int = 0
    due_today: int = 0
    due_soon: int = 0
    not_due: int = 0
    held: int = 0
    credit: int = 0
    overdue_count: int = 0
    held_count: int = 0
    count: int = 0
    credit_count: int = 0

    @property
    def open(self) -> int:
        return self.overdue + self.not_due

    @property
    def in_sum(self) -> int:
        """What is owed when all is set off: negative where more is to be given back."""
        return self.open - self.credit


def bounds_of(day: date, country: str, soon_days: int) -> Bounds:
    """The due days that part what is late, due today and due soon from each other."""
    tomorrow = day + timedelta(days=1)
    after_soon = tomorrow + timedelta(days=soon_days)
    return Bounds(
        first_in_time(day, country),
        first_in_time(tomorrow, country),
        first_in_time(after_soon, country),
    )


def as_of(invoice: Invoice, day: date) -> Invoice:
    """The invoice as it stood at the end of a day; before it was issued it asks for nothing."""
    is_issued = invoice.issued_on is None or invoice.issued_on <= day
    if is_issued and not (invoice.payments or invoice.changes or invoice.is_written_off):
        return invoice  # nothing happened on it
    changes = changes_by(invoice.changes, day)
    payments: list[tuple[date, int]] = []
    paid = 0
    for booked_on, amount in invoice.payments:
        if booked_on <= day:
            payments.append((booked_on, amount))
            paid += amount
    then = replace(
        invoice,
        netted=sum(change.amount for change in changes),
        changes=changes,
        corrected_by=tuple(change.number for change in changes),
        is_cancelled=any(change.kind in CANCELLING for change in changes),
        payments=tuple(payments),
        paid=paid,
        is_written_off=_is_written_off(invoice, day),
    )
    if is_issued:
        return then
    return replace(then, to_pay=0, spent=0, instalments=(), marked_paid=False)


def _is_written_off(invoice: Invoice, day: date) -> bool:
    day_of_it = invoice.written_off_on
    return invoice.is_written_off and (day_of_it is None or day_of_it <= day)


def changes_by(changes: Iterable[Change], day: date) -> tuple[Change, ...]:
    """Those that were issued by a day."""
    return tuple(
        change for change in changes if change.issued_on is None or change.issued_on <= day
    )


def moving_days(invoice: Invoice) -> set[date]:
    """The days of its payments and corrections."""
    days: set[date] = set()
    for booked_on, _ in invoice.payments:
        days.add(booked_on)
    for change in invoice.changes:
        if change.issued_on:
            days.add(change.issued_on)
    return days


def items_of(invoice: Invoice, day: date, country: str) -> Iterator[OpenItem]:
    """What is open on an invoice at the end of a day: an item for each instalment with something
    left, or one for a credit. Together they are what is outstanding.
    """
    then = as_of(invoice, day)
    left = outstanding(then)
    if left == 0 or then.is_written_off:
        return
    for part in _parts(then, left, country):
        yield OpenItem(
            invoice=then.id,
            customer=then.customer,
            number=then.number,
            kind=then.kind,
            issued_on=then.issued_on,
            due_on=part.due_on,
            effective_due_on=part.effective_due_on,
            currency=then.currency,
            amount=part.amount,
            outstanding=part.outstanding,
            is_held=_is_held(then, day),
            instalment=part.instalment,
        )


def _parts(invoice: Invoice, left: int, country: str) -> Sequence[Part]:
    """The instalments with something left; one part where that is not what is left of the whole."""
    parts = parts_of(invoice, country)
    some = [part for part in parts if part.outstanding]
    amounts = [part.outstanding for part in some]
    if sum(amounts) == left and (left < 0 or min(amounts) > 0):
        return some
    last = parts[-1]
    amount = left + invoice.paid
    return [Part(last.due_on, amount, left, last.effective_due_on)]


def _is_held(invoice: Invoice, day: date) -> bool:
    promised = invoice.promised_until is not None and invoice.promised_until >= day
    return promised or invoice.disputed is not None


class _EffectiveDays(dict[date | None, date | None]):
    """The day that counts for each due day, worked out once."""

    def __init__(self, country: str) -> None:
        super().__init__({None: None})
        self._country = country

    def __missing__(self, due_on: date) -> date:
        self[due_on] = effective = effective_due(due_on, self._country)
        return effective


def plain_items(
    items: Iterable[Item], changed: Mapping[int, int], country: str
) -> Iterator[OpenItem]:
    """Invoices in one part as items; ``changed`` is by how much corrections change some of them."""
    effective = _EffectiveDays(country)
    for id_, customer, number, kind, issued_on, due_on, currency, to_pay, left, _, held in items:
        yield OpenItem(
            id_,
            customer,
            number,
            kind,
            issued_on,
            due_on,
            effective[due_on],
            currency,
            to_pay + changed.get(id_, 0),
            left,
            held == 1,
        )


def in_order(items: Iterable[OpenItem]) -> list[OpenItem]:
    """The longest overdue first, then due soonest, then without a day; credits come last."""
    return sorted(items, key=_urgency)


def _urgency(item: OpenItem) -> tuple[bool, date, date, int]:
    due_on = item.due_on or date.max
    return item.outstanding < 0, item.effective_due_on or due_on, due_on, item.invoice


class _Kind(NamedTuple):
    """What is summed together."""

    customer: int | None
    currency: str
    near: str
    is_held: bool
    is_apart: bool


def summed(items: Iterable[OpenItem], bounds: Bounds, apart: Collection[int] = ()) -> list[Sum]:
    """Items as sums, those of the invoices ``apart`` by themselves; an invoice with several counts
    once, where its first one stands.
    """
    counted: set[int] = set()
    counts: dict[_Kind, int] = {}
    amounts: dict[_Kind, int] = {}
    for item in in_order(items):
        near = _near(item, bounds)
        key = _Kind(item.customer, item.currency, near, item.is_held, item.invoice in apart)
        counts[key] = counts.get(key, 0) + (item.invoice not in counted)
        amounts[key] = amounts.get(key, 0) + item.outstanding
        counted.add(item.invoice)
    sums: list[Sum] = []
    for key, amount in amounts.items():
        who, currency, near, is_held, is_apart = key
        sums.append(Sum(who, currency, near, is_held, counts[key], amount, is_apart))
    return sums


def _near(item: OpenItem, bounds: Bounds) -> str:
    if item.outstanding < 0:
        return "credit"
    if item.due_on is None or item.due_on >= bounds.soon:
        return "later"
    if item.due_on < bounds.late:
        return "overdue"
    return "due_today" if item.due_on < bounds.today else "due_soon"


def balances(direction: str, sums: Iterable[Sum]) -> list[Balance]:
    """One balance for each currency, in the order of their letters."""
    grouped: dict[str, Balance] = {}
    for item in sums:
        before = grouped.get(item.currency) or Balance(direction, item.currency)
        grouped[item.currency] = _with(before, item)
    return [grouped[currency] for currency in sorted(grouped)]


def _with(balance: Balance, item: Sum) -> Balance:
    if item.near == "credit":
        return replace(
            balance,
            credit=balance.credit - item.amount,
            credit_count=balance.credit_count + item.count,
        )
    more = {"overdue" if item.near == "overdue" else "not_due": item.amount, "count": item.count}
    if item.near == "overdue":
        more["overdue_count"] = item.count
    if item.near in ("due_today", "due_soon"):
        more[item.near] = item.amount
    if item.is_held:
        more |= {"held": item.amount, "held_count": item.count}
    return replace(balance, **{name: getattr(balance, name) + of for name, of in more.items()})
