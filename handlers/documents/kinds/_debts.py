"""Debts: open invoices as tables, summed by currency and by age."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Annotated

from bot.kit.money import Money
from bot.kit.pdf import Column, Table
from bot.kit.words import N_, Words
from handlers.documents.kinds._fields import Field
from handlers.documents.kinds._figures import amounts, day, total

_AGES = (0, 30, 60, 90)


@dataclass(frozen=True, kw_only=True)
class OpenItem:
    """An invoice or one instalment of it; what lowers the debt has negative amounts."""

    number: Annotated[str, Field(N_("Invoice number"))]
    issued_on: Annotated[date | None, Field(N_("Issue date"), needed=False)] = None
    due_on: Annotated[date | None, Field(N_("Due date"), needed=False)] = None
    overdue_days: Annotated[int, Field(N_("Days overdue"))] = 0
    """0 when it is not overdue."""
    amount: Annotated[Money, Field(N_("Amount"))]
    paid: Annotated[Money, Field(N_("Paid so far"))]
    outstanding: Annotated[Money, Field(N_("Outstanding"))]


def by_currency(items: Sequence[OpenItem]) -> dict[str, list[OpenItem]]:
    """The items of each currency, currencies in the order of their letters."""
    return {
        currency: [item for item in items if item.outstanding.currency == currency]
        for currency in sorted({item.outstanding.currency for item in items})
    }


def items_table(items: Sequence[OpenItem], words: Words) -> Table:
    """Open items of one currency with their sum."""
    columns = [i.amount for i in items], [i.paid for i in items], [i.outstanding for i in items]
    figures = [amounts([*column, total(column, column[0].currency)], words) for column in columns]
    dates = {
        on: day(on, words) for on in {on for item in items for on in (item.issued_on, item.due_on)}
    }
    rows = [
        (
            i.number,
            dates[i.issued_on],
            dates[i.due_on],
            str(i.overdue_days) if i.overdue_days > 0 else "",
            *row,
        )
        for i, row in zip(items, zip(*figures, strict=True), strict=False)
    ]
    return Table(
        _columns(words),
        rows,
        ((words.say("Total"), "", "", "", *(column[-1] for column in figures)),),
    )


def _columns(words: Words) -> tuple[Column, ...]:
    return (
        Column(words.say("Invoice number"), grows=True),
        Column(words.say("Issue date")),
        Column(words.say("Due date")),
        Column(words.say("Days overdue"), "right"),
        Column(words.say("Amount"), "right"),
        Column(words.say("Paid so far"), "right"),
        Column(words.say("Outstanding"), "right"),
    )


def ageing(items: Sequence[OpenItem]) -> tuple[Money, ...]:
    """What is outstanding in one currency, by age: not due, 1–30, 31–60, 61–90, over 90 days, and
    together.
    """
    sums = [Money(0, items[0].outstanding.currency)] * (len(_AGES) + 1)
    for item in items:
        age = sum(item.overdue_days > limit for limit in _AGES)
        sums[age] += item.outstanding
    return (*sums, total(sums, sums[0].currency))


def ageing_table(items: Sequence[OpenItem], words: Words) -> Table:
    """A row for each currency: how old what is outstanding is."""
    titles = [
        words.say("Not yet due"),
        *(words.say("{low}–{high} days", low=low + 1, high=high) for low, high in pairwise(_AGES)),
        words.say("Over 90 days"),
        words.say("Total"),
    ]
    columns = (Column(words.say("Currency")), *(Column(title, "right") for title in titles))
    return Table(
        columns,
        [
            (currency, *amounts(ageing(some), words))
            for currency, some in by_currency(items).items()
        ],
    )
