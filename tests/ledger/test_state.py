"""The state of an invoice: one pure function, held against a slow and obvious one."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.ledger.model.amounts import outstanding
from handlers.ledger.model.state import state_of
from storage.invoices.invoices import Invoice

TODAY = date(2026, 11, 23)
days = st.one_of(st.none(), st.integers(-20, 20).map(lambda n: TODAY + timedelta(days=n)))


@st.composite
def an_invoice(draw: st.DrawFn) -> Invoice:
    parts = draw(st.lists(st.tuples(days, st.integers(0, 1000)), min_size=1, max_size=4))
    parts.sort(key=lambda part: (part[0] is None, str(part[0])))
    to_pay = sum(amount for _, amount in parts)
    netted = draw(st.integers(-to_pay - 100, 200))
    paid = draw(st.one_of(st.just(0), st.just(to_pay + netted), st.integers(0, 2 * to_pay)))
    return Invoice(
        id=1,
        number="1",
        kind="invoice",
        direction="receivable",
        customer=None,
        issued_on=None,
        currency="PLN",
        total=to_pay,
        to_pay=to_pay,
        marked_paid=draw(st.booleans()),
        account=None,
        ksef_number=None,
        document_json="{}",
        findings_json="[]",
        disputed=draw(st.sampled_from([None, "why"])),
        promised_until=draw(days),
        is_draft=draw(st.booleans()),
        is_written_off=draw(st.booleans()),
        instalments=tuple(parts),
        netted=netted,
        is_cancelled=draw(st.booleans()),
        corrected_by=("K",) if netted else (),
        paid=paid,
    )


def slowly(invoice: Invoice) -> tuple[str, int, int]:
    """Status, outstanding and overdue days by handing out every single minor unit."""
    asked = 0 if invoice.is_draft else invoice.to_pay + invoice.netted
    paid = _counted(invoice) if invoice.marked_paid and not invoice.is_draft else invoice.paid
    units = [due_on for due_on, amount in invoice.instalments for _ in range(amount)]
    units += [invoice.instalments[-1][0]] * max(0, invoice.netted)
    units = units[: max(0, asked)][min(max(0, paid), max(0, asked)) :]
    units += [invoice.instalments[-1][0]] * -min(0, paid) if asked > paid else []
    due = next((unit for unit in units if unit), None)
    late = (TODAY - due).days if due and due < TODAY else 0
    return _status(invoice, asked, paid, due), asked - paid, late


def _counted(invoice: Invoice) -> int:
    """What is paid of a document that says that it is: each unit of its own, and each that payments
    reach.
    """
    risen, paid = max(0, invoice.netted), max(0, invoice.paid)
    own = range(risen, risen + invoice.to_pay)
    return sum(unit in own or unit < paid for unit in range(max(own.stop, paid))) + min(
        0, invoice.paid
    )


def _status(invoice: Invoice, asked: int, paid: int, due: date | None) -> str:
    holds = {
        "cancelled": invoice.is_cancelled and asked <= 0 and not paid,
        "written_off": invoice.is_written_off,
        "draft": invoice.is_draft,
        "paid": asked == paid,
        "overpaid": paid > asked,
        "disputed": bool(invoice.disputed),
        "promised": invoice.promised_until is not None and invoice.promised_until >= TODAY,
        "overdue": due is not None and due < TODAY,
        "due_today": due == TODAY,
        "due_soon": due is not None and due <= TODAY + timedelta(days=7),
        "partly_paid": paid > 0,
    }
    return next((status for status, is_so in holds.items() if is_so), "open")


@given(an_invoice())
def test_state_is_that_of_the_slow_reference(invoice: Invoice) -> None:
    state = state_of(invoice, TODAY, 7, "")
    assert (state.status, state.outstanding, state.overdue_days) == slowly(invoice)


@given(an_invoice())
def test_parts_add_up_to_what_is_outstanding(invoice: Invoice) -> None:
    state = state_of(invoice, TODAY, 7, "")
    if state.outstanding >= 0 and state.asked >= 0 and invoice.paid >= 0:
        assert sum(part.outstanding for part in state.parts) == state.outstanding
        assert all(part.outstanding >= 0 for part in state.parts)
    assert state.outstanding == outstanding(invoice)


PLAIN = Invoice(
    id=1,
    number="1",
    kind="invoice",
    direction="receivable",
    customer=None,
    issued_on=None,
    currency="PLN",
    total=100,
    to_pay=100,
    marked_paid=False,
    account=None,
    ksef_number=None,
    document_json="{}",
    findings_json="[]",
    disputed=None,
    promised_until=None,
    is_draft=False,
    is_written_off=False,
    instalments=((TODAY - timedelta(9), 100),),
)
CREDIT = replace(
    PLAIN, kind="credit_note", total=-50, to_pay=-50, instalments=((TODAY - timedelta(9), -50),)
)


@pytest.mark.parametrize(
    ("credit", "status", "left"),
    [
        (CREDIT, "open", -50),
        (replace(CREDIT, disputed="why"), "disputed", -50),
        (replace(CREDIT, spent=-50), "paid", 0),
        (replace(CREDIT, marked_paid=True), "paid", 0),
        (replace(CREDIT, marked_paid=True, spent=-50), "paid", 0),
        (replace(CREDIT, paid=-50), "paid", 0),
        (replace(CREDIT, paid=20), "overpaid", -70),
        (replace(PLAIN, netted=-150), "overpaid", -50),
    ],
)
def test_money_to_give_back_is_never_overdue(credit: Invoice, status: str, left: int) -> None:
    state = state_of(credit, TODAY, 7, "")
    assert (state.status, state.outstanding, state.overdue_days) == (status, left, 0)


def test_money_given_back_beyond_what_was_paid_is_left_of_the_last_instalment() -> None:
    parts = ((TODAY - timedelta(9), 60), (TODAY + timedelta(3), 40))
    state = state_of(replace(PLAIN, instalments=parts, netted=-100, paid=-30), TODAY, 7, "")
    assert (state.status, state.outstanding, state.due_on) == ("due_soon", 30, TODAY + timedelta(3))
    assert [part.outstanding for part in state.parts] == [0, 30]


@pytest.mark.parametrize("to_pay", [0, 100])
@pytest.mark.parametrize(
    ("netted", "paid", "status", "left"),
    [
        (0, 0, "paid", 0),
        (50, 0, "overdue", 50),
        (50, 20, "overdue", 30),
        (50, 50, "paid", 0),
        (-50, 0, "overpaid", -50),
    ],
)
def test_paid_mark_speaks_of_the_documents_own_amount(
    to_pay: int, netted: int, paid: int, status: str, left: int
) -> None:
    part = ((TODAY - timedelta(9), to_pay),)
    marked = replace(
        PLAIN, to_pay=to_pay, instalments=part, marked_paid=True, netted=netted, paid=paid
    )
    state = state_of(marked, TODAY, 7, "")
    assert (state.status, state.outstanding) == (status, left)
