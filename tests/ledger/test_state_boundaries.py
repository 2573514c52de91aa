"""The state of an invoice on the days on which it changes; each status is drawn often enough to be
tested.
"""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.ledger.model.state import state_of
from storage.invoices.invoices import Invoice
from tests.ledger.test_state import PLAIN, TODAY, slowly

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
