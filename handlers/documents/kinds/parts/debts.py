"""Debts: open invoices as tables, summed by currency and by age."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, pairwise
from typing import Annotated, Protocol

from bot.kit.money import Money
from bot.kit.pdf import Column, Table
from bot.kit.words import N_, Words
from handlers.documents.kinds.parts.fields import Field
from handlers.documents.kinds.parts.figures import amounts, day, total
from handlers.ledger.model.instalments import Instalment, numbered

_AGES = (0, 30, 60, 90)


@dataclass(frozen=True, kw_only=True)
class Correction:
    """A document that changed what an invoice asks for."""

    number: Annotated[str, Field(N_("Number of the correction"))]
    issued_on: Annotated[date | None, Field(N_("Issue date"), needed=False)] = None
    amount: Annotated[Money, Field(N_("Amount"))]
    """Signed: by how much it changed it."""


@dataclass(frozen=True, kw_only=True)
class PrintedItem:
    """An open item as documents print it: an invoice or one instalment of it; what lowers the debt
    has negative amounts.
    """

    number: Annotated[str, Field(N_("Invoice number"))]
    instalment: Annotated[Instalment | None, Field(N_("Instalment"), needed=False)] = None
    """Which of several it is."""
    issued_on: Annotated[date | None, Field(N_("Issue date"), needed=False)] = None
    due_on: Annotated[date | None, Field(N_("Due date"), needed=False)] = None
    effective_due_on: Annotated[date | None, Field(N_("In time until"), needed=False)] = None
    """The working day until which paying is in time, where the due date is a free one."""
    overdue_days: Annotated[int, Field(N_("Days overdue"))] = 0
    """0 when it is not overdue."""
    amount: Annotated[Money, Field(N_("Amount"))]
    """After corrections."""
    corrections: Annotated[tuple[Correction, ...], Field(N_("Correction"), needed=False)] = ()
    paid: Annotated[Money, Field(N_("Paid so far"))]
    outstanding: Annotated[Money, Field(N_("Outstanding"))]


def outstanding(items: Iterable[PrintedItem]) -> list[Money]:
    """What is left of each."""
    return [item.outstanding for item in items]


def count_invoices(items: Iterable[PrintedItem]) -> int:
    """How many invoices these are: several instalments of one are one."""
    return len({item.number for item in items})


def late(items: Iterable[PrintedItem]) -> list[PrintedItem]:
    """Those of them that are overdue."""
    return [item for item in items if item.overdue_days > 0]


def by_currency(items: Sequence[PrintedItem]) -> dict[str, list[PrintedItem]]:
    """The items of each currency, currencies in the order of their letters."""
    in_order = sorted(items, key=lambda item: item.outstanding.currency)
    groups: dict[str, list[PrintedItem]] = {}
    for item in in_order:
        groups.setdefault(item.outstanding.currency, []).append(item)
    return groups


def items_table(items: Sequence[PrintedItem], words: Words) -> Table:
    """Open items of one currency with their sum; below an item each correction of it, so that the
    amounts can be followed.
    """
    with_moved = is_moved(items)
    requests = list(chain.from_iterable(map(_amounts, items)))
    *asked, asked_in_all = _with_total(requests, words)
    *paid, paid_in_all = _with_total([item.paid for item in items], words)
    *left, left_in_all = _with_total(outstanding(items), words)
    dates, amount_of = _Days(words), iter(asked)
    nothing = [""] * (3 if with_moved else 2)
    rows: list[tuple[str, ...]] = []
    for item, paid_of, left_of in zip(items, paid, left, strict=True):
        days = str(item.overdue_days) if item.overdue_days > 0 else ""
        on = (dates.of(item.issued_on), *dates.due(item, is_moved=with_moved))
        number = numbered(item.number, item.instalment, words)
        rows.append((number, *on, days, next(amount_of), paid_of, left_of))
        for correction in item.corrections:
            by = words.say("Corrected by {number}", number=correction.number)
            corrected_on = dates.of(correction.issued_on)
            rows.append((by, corrected_on, *nothing, next(amount_of), "", ""))
    sums = (words.say("Total"), "", *nothing, asked_in_all, paid_in_all, left_in_all)
    return Table(_columns(words, is_moved=with_moved), rows, (sums,))


class Due(Protocol):
    """What has a due date, and beside it the day that counts where it is known to be another."""

    @property
    def due_on(self) -> date | None: ...

    @property
    def effective_due_on(self) -> date | None: ...


def is_moved(items: Iterable[Due]) -> bool:
    """Whether some due date is a free day, so that another one counts."""
    return any(item.effective_due_on not in (None, item.due_on) for item in items)


def _with_total(column: Sequence[Money], words: Words) -> list[str]:
    return amounts([*column, total(column, column[0].currency)], words)


def _amounts(item: PrintedItem) -> list[Money]:
    """What the invoice asked for, and by how much each correction changed it."""
    changes = [correction.amount for correction in item.corrections]
    return [item.amount - total(changes, item.amount.currency), *changes]


class _Days:
    """Dates in columns, each written once."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._written: dict[date | None, str] = {}

    def of(self, on: date | None) -> str:
        if on not in self._written:
            self._written[on] = day(on, self._words)
        return self._written[on]

    def due(self, item: PrintedItem, *, is_moved: bool) -> tuple[str, ...]:
        """The due date; beside it, where any of them is moved, the day that counts."""
        counts = item.effective_due_on or item.due_on
        return (self.of(item.due_on), *([self.of(counts)] if is_moved else []))


def _columns(words: Words, *, is_moved: bool) -> tuple[Column, ...]:
    return (
        Column(words.say("Invoice number"), grows=True),
        Column(words.say("Issue date")),
        Column(words.say("Due date")),
        *([Column(words.say("In time until"))] if is_moved else []),
        Column(words.say("Days overdue"), "right"),
        Column(words.say("Amount"), "right"),
        Column(words.say("Paid so far"), "right"),
        Column(words.say("Outstanding"), "right"),
    )


def ageing(items: Sequence[PrintedItem]) -> tuple[Money, ...]:
    """What is outstanding in one currency, by age: not due, 1–30, 31–60, 61–90, over 90 days, and
    together.
    """
    sums = [Money(0, items[0].outstanding.currency)] * (len(_AGES) + 1)
    for item in items:
        sums[bisect_left(_AGES, item.overdue_days)] += item.outstanding
    return (*sums, total(sums, sums[0].currency))


def ageing_table(items: Sequence[PrintedItem], words: Words) -> Table:
    """A row for each currency: how old what is outstanding is."""
    titles = [words.say("Not yet due")]
    for low, high in pairwise(_AGES):
        titles.append(words.say("{low}–{high} days", low=low + 1, high=high))
    titles += [words.say("Over 90 days"), words.say("Total")]
    columns = (Column(words.say("Currency")), *(Column(title, "right") for title in titles))
    rows: list[tuple[str, ...]] = []
    for currency, some in by_currency(items).items():
        rows.append((currency, *amounts(ageing(some), words)))
    return Table(columns, rows)
