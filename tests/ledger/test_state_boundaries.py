"""The state of an invoice on the days on which it changes; each status is drawn often enough to be
tested.
"""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.ledger.model.state import first_unpaid_day, parts_of, state_of
from storage.invoices.invoices import REPLACEMENT, Invoice
from tests.ledger.test_state import CREDIT, PLAIN, TODAY, slowly

SOON = 7
STATUSES = (
    *("cancelled", "written_off", "draft", "paid", "overpaid", "disputed", "promised"),
    *("overdue", "due_today", "due_soon", "partly_paid", "open"),
)


def due(days: int, **facts: object) -> Invoice:
    """An invoice of 100 that is due so many days after today."""
    return replace(PLAIN, instalments=((TODAY + timedelta(days), 100),), **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("invoice", "status", "late"),
    [
        (due(-1), "overdue", 1),
        (due(0), "due_today", 0),
        (due(1), "due_soon", 0),
        (due(SOON), "due_soon", 0),
        (due(SOON + 1), "open", 0),
        (due(SOON + 1, paid=1), "partly_paid", 0),
        (due(-1, paid=99), "overdue", 1),
        (due(-1, paid=100), "paid", 0),
        (due(-1, paid=101), "overpaid", 0),
        (due(-3, promised_until=TODAY), "promised", 3),
        (due(-3, promised_until=TODAY + timedelta(1)), "promised", 3),
        (due(-3, promised_until=TODAY - timedelta(1)), "overdue", 3),
        (due(-3, promised_until=TODAY, disputed="why"), "disputed", 3),
        (due(-3, is_written_off=True, disputed="why"), "written_off", 3),
        (due(-3, is_written_off=True, is_cancelled=True, netted=-100), "cancelled", 0),
        (due(-3, is_draft=True), "draft", 0),
    ],
)
def test_a_status_begins_and_ends_on_its_day(invoice: Invoice, status: str, late: int) -> None:
    state = state_of(invoice, TODAY, SOON, "")
    assert (state.status, state.overdue_days) == (status, late)


SATURDAY, IN_TEN, IN_TWENTY = date(2026, 11, 21), date(2026, 12, 3), date(2026, 12, 13)
IN_PARTS = replace(
    PLAIN, instalments=((SATURDAY, 50), (IN_TEN, 30), (IN_TWENTY, 20)), to_pay=100, total=100
)


def of_two(first: int, second: int, **facts: object) -> Invoice:
    """An invoice in two instalments of so much."""
    planned, sum_ = ((SATURDAY, first), (IN_TEN, second)), first + second
    return replace(PLAIN, instalments=planned, to_pay=sum_, total=sum_, **facts)  # type: ignore[arg-type]


MONDAY, TUESDAY = TODAY, TODAY + timedelta(1)
"""Saturday's money may still be paid on Monday."""


@pytest.mark.parametrize(
    ("invoice", "today", "asked", "paid", "left", "overdue", "days", "due_on", "counts"),
    [
        (IN_PARTS, MONDAY, 100, 0, 100, 0, 0, SATURDAY, MONDAY),
        (IN_PARTS, TUESDAY, 100, 0, 100, 50, 1, SATURDAY, MONDAY),
        (replace(IN_PARTS, paid=49), TUESDAY, 100, 49, 51, 1, 1, SATURDAY, MONDAY),
        (replace(IN_PARTS, paid=50), TUESDAY, 100, 50, 50, 0, 0, IN_TEN, IN_TEN),
        (replace(IN_PARTS, paid=60), date(2026, 12, 4), 100, 60, 40, 20, 1, IN_TEN, IN_TEN),
        (IN_PARTS, date(2026, 12, 4), 100, 0, 100, 80, 11, SATURDAY, MONDAY),
        (IN_PARTS, date(2026, 12, 15), 100, 0, 100, 100, 22, SATURDAY, MONDAY),
        (replace(IN_PARTS, paid=100), TUESDAY, 100, 100, 0, 0, 0, IN_TWENTY, date(2026, 12, 14)),
        (replace(IN_PARTS, paid=-5), TUESDAY, 100, -5, 105, 50, 1, SATURDAY, MONDAY),
        (replace(IN_PARTS, netted=-60), TUESDAY, 40, 0, 40, 40, 1, SATURDAY, MONDAY),
        (replace(IN_PARTS, netted=15), date(2026, 12, 15), 115, 0, 115, 115, 22, SATURDAY, MONDAY),
        (replace(PLAIN, instalments=((None, 100),)), TUESDAY, 100, 0, 100, 0, 0, None, None),
        # Where nothing is left, or money is to be given back, no part of it is due.
        (of_two(50, -50), TUESDAY, 0, 0, 0, 0, 0, IN_TEN, IN_TEN),
        (of_two(50, -80), TUESDAY, -30, 0, -30, 0, 0, IN_TEN, IN_TEN),
    ],
)  # fmt: skip
def test_every_figure_of_a_state_is_the_one_worked_out_by_hand(
    invoice: Invoice,
    today: date,
    asked: int,
    paid: int,
    left: int,
    overdue: int,
    days: int,
    due_on: date | None,
    counts: date | None,
) -> None:
    state = state_of(invoice, today, SOON, "PL")
    assert (state.asked, state.paid, state.outstanding) == (asked, paid, left)
    assert (state.overdue, state.overdue_days) == (overdue, days)
    assert (state.due_on, state.effective_due_on) == (due_on, counts)


REPLACES = replace(IN_PARTS, kind=REPLACEMENT)


@pytest.mark.parametrize(
    ("invoice", "parts"),
    [
        (IN_PARTS, [(50, 50), (30, 30), (20, 20)]),
        (replace(IN_PARTS, paid=60), [(50, 0), (30, 20), (20, 20)]),
        (replace(IN_PARTS, netted=-30), [(50, 50), (20, 20), (0, 0)]),
        (replace(IN_PARTS, netted=-110), [(0, 0), (0, 0), (-10, -10)]),
        (replace(IN_PARTS, netted=15, paid=101), [(50, 0), (30, 0), (35, 14)]),
        (replace(IN_PARTS, paid=-5), [(50, 50), (30, 30), (20, 25)]),
        # What was paid on those that it replaces fills its first parts.
        (replace(REPLACES, spent=60), [(50, 0), (30, 20), (20, 20)]),
        (replace(REPLACES, spent=60, paid=10), [(50, 0), (30, 10), (20, 20)]),
        (replace(REPLACES, spent=1), [(50, 49), (30, 30), (20, 20)]),
        (replace(IN_PARTS, spent=60), [(40, 40), (0, 0), (0, 0)]),  # set off, so not asked for
        (REPLACES, [(50, 50), (30, 30), (20, 20)]),
        (of_two(1, 99, paid=1), [(1, 0), (99, 99)]),
        (of_two(100, 0, netted=-10), [(90, 90), (0, 0)]),
    ],
)
def test_what_is_left_of_each_part_is_worked_out_by_hand(
    invoice: Invoice, parts: list[tuple[int, int]]
) -> None:
    assert [(part.amount, part.outstanding) for part in parts_of(invoice, "PL")] == parts


def test_parts_are_numbered_where_there_are_several() -> None:
    assert [part.instalment for part in parts_of(IN_PARTS, "PL")] == [(1, 3), (2, 3), (3, 3)]
    assert [part.instalment for part in parts_of(due(1), "PL")] == [None]


def test_an_invoice_is_corrected_where_something_corrects_it() -> None:
    assert state_of(replace(PLAIN, corrected_by=("K/1",)), TODAY, SOON, "").corrected
    assert not state_of(PLAIN, TODAY, SOON, "").corrected


@pytest.mark.parametrize(
    ("invoice", "status"),
    [
        (due(-1, is_cancelled=True, netted=-99), "overdue"),
        (due(-1, is_cancelled=True, netted=-100, paid=1), "overpaid"),
        (due(-1, netted=-100, paid=0), "paid"),
        (replace(CREDIT, paid=1), "overpaid"),
        (replace(CREDIT, paid=-49), "open"),
        (replace(CREDIT, paid=-51), "overdue"),  # one unit too many was given back
    ],
)
def test_a_status_turns_at_one_unit(invoice: Invoice, status: str) -> None:
    assert state_of(invoice, TODAY, SOON, "").status == status


@st.composite
def of_a_status(draw: st.DrawFn) -> tuple[str, Invoice]:
    """A status first, then an invoice that has it."""
    status = draw(st.sampled_from(STATUSES))
    late, ahead = draw(st.integers(1, 400)), draw(st.integers(SOON + 1, 400))
    anywhen = draw(st.integers(-400, 400))
    part = draw(st.integers(1, 99))
    made = {
        "cancelled": due(anywhen, is_cancelled=True, netted=-100),
        "written_off": due(anywhen, is_written_off=True),
        "draft": due(anywhen, is_draft=True),
        "paid": due(anywhen, paid=100),
        "overpaid": due(anywhen, paid=100 + part),
        "disputed": due(anywhen, disputed="why"),
        "promised": due(anywhen, promised_until=_ahead(draw)),
        "overdue": due(-late),
        "due_today": due(0),
        "due_soon": due(draw(st.integers(1, SOON))),
        "partly_paid": due(ahead, paid=part),
        "open": due(ahead),
    }
    return status, made[status]


def _ahead(draw: st.DrawFn) -> date:
    return TODAY + timedelta(draw(st.integers(0, 90)))


def test_every_status_is_drawn_and_told_as_the_slow_reference_tells_it() -> None:
    drawn: Counter[str] = Counter()

    @settings(max_examples=1_000, database=None)
    @given(of_a_status())
    def told(case: tuple[str, Invoice]) -> None:
        status, invoice = case
        drawn[status] += 1
        state = state_of(invoice, TODAY, SOON, "")
        assert state.status == status
        assert (state.status, state.outstanding, state.overdue_days) == slowly(invoice)

    told()
    rare = {status: drawn[status] for status in STATUSES if drawn[status] < drawn.total() * 0.05}
    assert not rare


@pytest.mark.parametrize(
    ("invoice", "day"),
    [
        (IN_PARTS, SATURDAY),
        (replace(IN_PARTS, paid=49), SATURDAY),
        (replace(IN_PARTS, paid=50), IN_TEN),
        (replace(IN_PARTS, paid=79), IN_TEN),
        (replace(IN_PARTS, paid=80), IN_TWENTY),
        (replace(IN_PARTS, paid=99), IN_TWENTY),
        (replace(IN_PARTS, paid=100), SATURDAY),  # nothing is left of any
        (replace(IN_PARTS, paid=101), SATURDAY),
        (replace(PLAIN, instalments=()), None),
        (replace(PLAIN, instalments=((None, 60), (IN_TEN, 40))), None),
        (replace(PLAIN, instalments=((None, 60), (IN_TEN, 40)), paid=60), IN_TEN),
    ],
)
def test_the_first_unpaid_day_is_that_of_the_first_part_with_something_left(
    invoice: Invoice, day: date | None
) -> None:
    assert first_unpaid_day(invoice) == day
