"""A person says what a waiting payment is for: no grosz of it is lost, none is booked twice,
whatever comes next.
"""

from datetime import date

import pytest

from bot.edge.turns import Turns
from bot.slack import HOME
from handlers.ledger.model.amounts import outstanding
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.bank import reconciliation
from handlers.ledger.service.bank.reconciliation import NotOpenBySoMuch, TooMuch
from handlers.ledger.service.payments import Payment, book
from storage.bank import statements
from storage.bank.statements import Line
from storage.invoices import payments
from storage.turn import Turn
from tests.ledger.test_reconciling import paid, takes
from tests.reminders.books import Books

DUE = date(2026, 12, 1)


@pytest.fixture
def small(turns: Turns) -> Books:
    return Books(turns)


def waits(turn: Turn, amount: str) -> int:
    """A line of a statement that no invoice surely takes."""
    takes(turn, paid(amount, "przelew"))
    return statements.waiting(turn)[-1].id


def line(turn: Turn, id_: int) -> Line:
    found = statements.get(turn, id_)
    assert found
    return found


def left(turn: Turn, invoice: int) -> int:
    return outstanding(ledger.get(turn, invoice).invoice)


def test_more_of_a_line_on_the_same_invoice_is_one_larger_payment(small: Books) -> None:
    invoice = small.invoice("S/1", DUE, 50_000)
    with small.turns.turn(HOME) as turn:
        id_ = waits(turn, "200.00")
        reconciliation.allot(turn, id_, {invoice: 10_000})
        assert (left(turn, invoice), line(turn, id_).state) == (40_000, "partly")
        reconciliation.allot(turn, id_, {invoice: 10_000})
        assert (left(turn, invoice), line(turn, id_).state) == (30_000, "matched")
        assert [one.amount for one in payments.on_invoice(turn, invoice)] == [20_000]
        (standing,) = payments.on_invoice(turn, invoice)
        reconciliation.take_back(turn, standing.id)
        assert (left(turn, invoice), line(turn, id_).state) == (50_000, "waiting")


def test_no_more_is_booked_than_is_open(small: Books) -> None:
    invoice = small.invoice("S/1", DUE, 10_000)
    with small.turns.turn(HOME) as turn:
        id_ = waits(turn, "200.00")
        reconciliation.allot(turn, id_, {invoice: 10_000})
        for amount in (10_000, 1):
            with pytest.raises(NotOpenBySoMuch):
                reconciliation.allot(turn, id_, {invoice: amount})
        assert (left(turn, invoice), line(turn, id_).state) == (0, "partly")


def test_money_that_came_pays_in_sum_nothing_that_we_owe(small: Books) -> None:
    owed = small.invoice("D/1", DUE, 50_000, direction="payable")
    with small.turns.turn(HOME) as turn:
        id_ = waits(turn, "200.00")
        for amounts in ({owed: -10_000}, {owed: 0}, {}):
            with pytest.raises(TooMuch):
                reconciliation.allot(turn, id_, amounts)
        assert (left(turn, owed), line(turn, id_).state) == (50_000, "waiting")
        assert payments.on_invoice(turn, owed) == []


def test_what_was_paid_meanwhile_is_not_paid_again(small: Books) -> None:
    first, second = small.invoice("S/1", DUE, 10_000), small.invoice("S/2", DUE, 10_000)
    with small.turns.turn(HOME) as turn:
        id_ = waits(turn, "200.00")
        book(turn, Payment(second, 1, DUE, "hand", "1"))
        with pytest.raises(NotOpenBySoMuch):
            reconciliation.allot(turn, id_, {first: 10_000, second: 10_000})
        assert (left(turn, first), left(turn, second), line(turn, id_).state) == (
            10_000,
            9_999,
            "waiting",
        )


def test_rest_that_was_set_aside_waits_again_as_a_rest(small: Books) -> None:
    invoice = small.invoice("S/1", DUE, 10_000)
    with small.turns.turn(HOME) as turn:
        id_ = waits(turn, "200.00")
        reconciliation.allot(turn, id_, {invoice: 10_000})
        reconciliation.set_aside(turn, id_)
        reconciliation.reopen(turn, id_)
        assert line(turn, id_).state == "partly"


def test_booking_taken_back_brings_a_line_that_was_set_aside_back(small: Books) -> None:
    invoice = small.invoice("S/1", DUE, 10_000)
    with small.turns.turn(HOME) as turn:
        id_ = waits(turn, "200.00")
        reconciliation.allot(turn, id_, {invoice: 10_000})
        reconciliation.set_aside(turn, id_)
        (standing,) = payments.on_invoice(turn, invoice)
        reconciliation.take_back(turn, standing.id)
        assert line(turn, id_).state == "waiting"


@pytest.mark.parametrize(("direction", "sign"), [("receivable", 1), ("payable", -1)])
def test_credit_note_taken_off_is_not_money_used(small: Books, direction: str, sign: int) -> None:
    invoice = small.invoice("S/1", DUE, 10_000, direction=direction)
    credit = small.invoice("C/1", DUE, -3_000, kind="credit_note", direction=direction)
    with small.turns.turn(HOME) as turn:
        id_ = waits(turn, f"{100 * sign}.00")
        reconciliation.allot(turn, id_, {invoice: 10_000 * sign, credit: -3_000 * sign})
        assert (left(turn, invoice), left(turn, credit), line(turn, id_).state) == (0, 0, "partly")
        assert statements.used(turn, line(turn, id_)) == 7_000 * sign
        reconciliation.set_aside(turn, id_)
        reconciliation.reopen(turn, id_)
        assert line(turn, id_).state == "partly"
