"""What is open on a day, reckoned by hand: each kind of document, on the days on which it changes."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from handlers.ledger.model.due_days import effective_due, first_in_time
from handlers.ledger.model.open_items import (
    Balance,
    OpenItem,
    as_of,
    balances,
    bounds_of,
    changes_by,
    in_order,
    items_of,
    moving_days,
    plain_items,
    summed,
)
from storage.invoices.balances import Bounds, Item, Sum
from storage.invoices.invoices import Change, Invoice
from tests.ledger.test_state import PLAIN

DAY = date(2026, 11, 23)  # a Monday
DUE = date(2026, 11, 9)


def after(days: int) -> date:
    return DAY + timedelta(days)


ISSUED = replace(PLAIN, issued_on=after(-20), customer=7, instalments=((DUE, 100),))
CORRECTION = Change("K/1", "correction", after(-5), -30)
CANCELLATION = Change("K/2", "cancellation", after(-5), -100)
REPLACING = Change("F/2", "replacement", after(-5), -100)


def opened(invoice: Invoice, day: date = DAY, country: str = "") -> list[tuple[Any, int, int]]:
    """Due day, amount and what is left of each item."""
    return [(i.due_on, i.amount, i.outstanding) for i in items_of(invoice, day, country)]


@pytest.mark.parametrize(
    ("facts", "day", "items"),
    [
        ({}, DAY, [(DUE, 100, 100)]),
        ({}, after(-20), [(DUE, 100, 100)]),
        ({}, after(-21), []),  # not issued yet
        ({"issued_on": None}, date(2000, 1, 1), [(DUE, 100, 100)]),
        ({"payments": ((after(-3), 40),)}, after(-4), [(DUE, 100, 100)]),
        ({"payments": ((after(-3), 40),)}, after(-3), [(DUE, 100, 60)]),
        ({"payments": ((after(-3), 40), (DAY, 60))}, after(-1), [(DUE, 100, 60)]),
        ({"payments": ((after(-3), 40), (DAY, 60))}, DAY, []),
        ({"payments": ((after(-3), 130),)}, DAY, [(DUE, 100, -30)]),  # paid too much
        ({"payments": ((after(-3), 99),)}, DAY, [(DUE, 100, 1)]),
        ({"payments": ((after(-30), 40),)}, after(-21), [(None, 0, -40)]),  # paid before it was issued
        ({"changes": (CORRECTION,)}, after(-6), [(DUE, 100, 100)]),
        ({"changes": (CORRECTION,)}, after(-5), [(DUE, 70, 70)]),
        ({"changes": (Change("K/1", "correction", None, -30),)}, after(-9), [(DUE, 70, 70)]),
        ({"changes": (CORRECTION,), "payments": ((after(-9), 100),)}, DAY, [(DUE, 70, -30)]),
        ({"changes": (CANCELLATION,)}, after(-6), [(DUE, 100, 100)]),
        ({"changes": (CANCELLATION,)}, after(-5), []),
        ({"changes": (REPLACING,), "payments": ((after(-9), 25),)}, DAY, [(DUE, 0, -25)]),
        ({"is_written_off": True, "written_off_on": after(-2)}, after(-3), [(DUE, 100, 100)]),
        ({"is_written_off": True, "written_off_on": after(-2)}, after(-2), []),
        ({"is_written_off": True}, after(-10), []),
        ({"written_off_on": after(-2)}, DAY, [(DUE, 100, 100)]),  # taken back since
        ({"is_draft": True}, DAY, []),
        ({"marked_paid": True}, DAY, []),
        ({"marked_paid": True}, after(-21), []),
        ({"instalments": ((DUE, 60), (after(5), 40))}, DAY, [(DUE, 60, 60), (after(5), 40, 40)]),
        ({"instalments": ((DUE, 60), (after(5), 40)), "payments": ((DAY, 60),)}, DAY, [(after(5), 40, 40)]),
        ({"instalments": ((DUE, 60), (after(5), 40)), "payments": ((DAY, 75),)}, DAY, [(after(5), 40, 25)]),
        ({"instalments": ((DUE, 60), (after(5), 40)), "payments": ((DAY, 99),)}, DAY, [(after(5), 40, 1)]),
        ({"instalments": ((DUE, 60), (after(5), 40)), "changes": (CORRECTION,)}, DAY, [(DUE, 60, 60), (after(5), 10, 10)]),
        ({"instalments": ((DUE, 60), (after(5), 40)), "payments": ((DAY, 110),)}, DAY, [(after(5), 100, -10)]),
        ({"kind": "credit_note", "to_pay": -50, "instalments": ((DUE, -50),)}, DAY, [(DUE, -50, -50)]),
        ({"kind": "credit_note", "to_pay": -50, "spent": -20, "instalments": ((DUE, -50),)}, DAY, [(DUE, -30, -30)]),
    ],
)  # fmt: skip
def test_what_is_open_changes_on_the_day_on_which_something_happened(
    facts: dict[str, Any], day: date, items: list[tuple[Any, int, int]]
) -> None:
    assert opened(replace(ISSUED, **facts), day) == items


def test_an_item_tells_of_its_invoice() -> None:
    invoice = replace(ISSUED, id=12, number="F/12", kind="prepayment", currency="EUR")
    (item,) = items_of(replace(invoice, instalments=((date(2026, 11, 7), 100),)), DAY, "PL")
    assert item == OpenItem(
        invoice=12,
        customer=7,
        number="F/12",
        kind="prepayment",
        issued_on=after(-20),
        due_on=date(2026, 11, 7),
        effective_due_on=date(2026, 11, 9),  # a Saturday moves to Monday
        currency="EUR",
        amount=100,
        outstanding=100,
        is_held=False,
    )


def test_what_was_paid_too_much_stands_on_the_last_day_that_counts() -> None:
    saturday = date(2026, 11, 7)
    paid = replace(ISSUED, instalments=((saturday, 100),), payments=((after(-3), 130),))
    (item,) = items_of(paid, DAY, "PL")
    assert (item.due_on, item.effective_due_on, item.outstanding) == (saturday, DUE, -30)


@pytest.mark.parametrize(
    ("facts", "is_held"),
    [
        ({}, False),
        ({"disputed": "why"}, True),
        ({"disputed": ""}, True),
        ({"promised_until": after(-1)}, False),
        ({"promised_until": DAY}, True),
        ({"promised_until": after(1)}, True),
    ],
)
def test_a_promise_holds_to_its_last_day_and_a_dispute_for_ever(
    facts: dict[str, Any], is_held: bool
) -> None:
    (item,) = items_of(replace(ISSUED, **facts), DAY, "")
    assert item.is_held is is_held


def test_an_invoice_as_of_a_day_has_only_what_happened_by_then() -> None:
    payments = ((after(-3), 40), (after(-1), 5))
    changes = (CORRECTION, Change("K/9", "correction", after(-1), -7))
    invoice = replace(ISSUED, payments=payments, changes=changes, spent=3)
    then = as_of(invoice, after(-3))
    assert (then.netted, then.corrected_by, then.is_cancelled) == (-30, ("K/1",), False)
    assert (then.paid, then.payments, then.spent) == (40, payments[:1], 3)
    assert then.changes == (CORRECTION,)
    assert as_of(replace(invoice, changes=(REPLACING,)), DAY).is_cancelled
    unborn = as_of(replace(invoice, marked_paid=True), after(-21))
    assert (unborn.to_pay, unborn.spent, unborn.instalments) == (0, 0, ())
    assert not unborn.marked_paid
    assert changes_by(changes, after(-2)) == (CORRECTION,)


@pytest.mark.parametrize(
    ("outstanding", "effective", "days"),
    [(1, after(-1), 1), (1, DAY, 0), (1, after(1), 0), (0, after(-1), 0), (-1, after(-1), 0), (1, None, 0), (1, after(-40), 40)],
)  # fmt: skip
def test_an_item_is_late_from_the_day_after_the_one_that_counts(
    outstanding: int, effective: date | None, days: int
) -> None:
    item = an_item(outstanding=outstanding, effective_due_on=effective)
    assert item.overdue_days(DAY) == days
    assert item.paid == 100 - outstanding


def an_item(**facts: Any) -> OpenItem:
    plain = OpenItem(1, 7, "F/1", "invoice", DUE, DUE, DUE, "PLN", 100, 100, False)
    return plain._replace(**facts)


def test_invoices_in_one_part_are_items_with_the_day_that_counts() -> None:
    saturday = date(2026, 11, 7)
    rows = [
        Item(1, 7, "F/1", "invoice", DUE, saturday, "PLN", 100, 60, "receivable", 1),
        Item(2, None, "F/2", "invoice", None, None, "EUR", 5, 5, "receivable", 0),
    ]
    assert list(plain_items(rows, {1: -30}, "PL")) == [
        OpenItem(1, 7, "F/1", "invoice", DUE, saturday, DUE, "PLN", 70, 60, True),
        OpenItem(2, None, "F/2", "invoice", None, None, None, "EUR", 5, 5, False),
    ]


def test_the_longest_overdue_comes_first_and_credits_last() -> None:
    items = [
        an_item(invoice=1, outstanding=-5, effective_due_on=after(-99)),
        an_item(invoice=2, due_on=None, effective_due_on=None),
        an_item(invoice=3, due_on=after(1), effective_due_on=after(1)),
        an_item(invoice=5, due_on=after(-3), effective_due_on=after(-2)),
        an_item(invoice=4, due_on=after(-3), effective_due_on=after(-2)),
        an_item(invoice=6, due_on=after(-2), effective_due_on=after(-2)),
        an_item(invoice=7, due_on=after(-9), effective_due_on=after(-9)),
    ]
    assert [item.invoice for item in in_order(items)] == [7, 4, 5, 6, 3, 2, 1]


BOUNDS = Bounds(late=DAY, today=after(1), soon=after(8))


@pytest.mark.parametrize(
    ("due_on", "near"),
    [
        (after(-1), "overdue"),
        (DAY, "due_today"),
        (after(1), "due_soon"),
        (after(7), "due_soon"),
        (after(8), "later"),
        (None, "later"),
    ],
)
def test_a_sum_stands_where_its_due_day_belongs(due_on: date | None, near: str) -> None:
    owed = an_item(due_on=due_on, effective_due_on=due_on, is_held=True)
    assert list(summed([owed], BOUNDS)) == [Sum(7, "PLN", near, True, 1, 100)]
    credit = owed._replace(outstanding=-9)
    assert list(summed([credit], BOUNDS)) == [Sum(7, "PLN", "credit", True, 1, -9)]


def test_an_invoice_in_parts_counts_once_where_its_first_part_stands() -> None:
    parts = [
        an_item(due_on=after(9), effective_due_on=after(9), outstanding=40),
        an_item(outstanding=60),
        an_item(invoice=2, outstanding=5),
    ]
    assert list(summed(parts, BOUNDS)) == [
        Sum(7, "PLN", "overdue", False, 2, 65),
        Sum(7, "PLN", "later", False, 0, 40),
    ]


def test_sums_make_one_balance_for_each_currency() -> None:
    sums = [
        Sum(7, "PLN", "overdue", False, 2, 100),
        Sum(7, "PLN", "overdue", True, 1, 50),
        Sum(8, "PLN", "due_today", True, 3, 30),
        Sum(8, "PLN", "due_soon", False, 4, 20),
        Sum(8, "PLN", "later", False, 5, 10),
        Sum(8, "PLN", "credit", True, 6, -7),
        Sum(8, "PLN", "credit", False, 1, -3),
        Sum(8, "EUR", "later", True, 1, 1),
    ]
    euro, zloty = balances("receivable", sums)
    assert zloty == Balance(
        "receivable",
        "PLN",
        overdue=150,
        due_today=30,
        due_soon=20,
        not_due=60,
        held=80,
        credit=10,
        overdue_count=3,
        held_count=4,
        count=15,
        credit_count=7,
    )
    assert (zloty.open, zloty.in_sum) == (210, 200)
    assert euro == Balance("receivable", "EUR", not_due=1, held=1, held_count=1, count=1)
    assert balances("payable", []) == []


@pytest.mark.parametrize(
    ("day", "soon", "bounds"),
    [
        (DAY, 7, (date(2026, 11, 21), date(2026, 11, 24), date(2026, 12, 1))),
        (date(2026, 11, 27), 0, (date(2026, 11, 27), date(2026, 11, 28), date(2026, 11, 28))),
        (date(2026, 11, 28), 1, (date(2026, 11, 28), date(2026, 11, 28), date(2026, 11, 28))),
    ],
)
def test_the_bounds_of_a_day_lie_before_the_free_days_that_lead_to_them(
    day: date, soon: int, bounds: tuple[date, date, date]
) -> None:
    assert bounds_of(day, "PL", soon) == Bounds(*bounds)


def test_the_first_day_in_time_is_the_earliest_whose_effective_day_is_kept() -> None:
    for n in range(60):
        day = date(2026, 12, 1) + timedelta(n)
        first = first_in_time(day, "PL")
        assert effective_due(first, "PL") >= day
        assert effective_due(first - timedelta(1), "PL") < day
    assert first_in_time(DAY, "") == DAY
    assert first_in_time(date.min, "PL") == date.min
    assert effective_due(date.max, "PL") == date.max
    assert effective_due(date(2026, 11, 21), "") == date(2026, 11, 21)


def test_an_invoice_moves_on_the_days_of_its_payments_and_corrections() -> None:
    assert moving_days(ISSUED) == set()
    undated = CORRECTION._replace(issued_on=None)
    paid = ((after(-3), 40), (DAY, 10), (after(-3), 5))
    moved = replace(ISSUED, payments=paid, changes=(undated, CANCELLATION))
    assert moving_days(moved) == {after(-5), after(-3), DAY}
