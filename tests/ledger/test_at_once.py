"""On PostgreSQL, where turns run side by side: two who book at once see each other's money."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from sqlalchemy import Engine, select, text

from bot.edge.turns import Turns
from bot.kit.catalogue import Catalogue
from bot.kit.errors import Problem
from bot.kit.money import Money
from bot.playground.slack.clock import TurnedClock
from bot.slack import HOME
from handlers.ledger.service import booking, claims
from handlers.ledger.service import payments as ledger_payments
from handlers.ledger.service.bank import reconciliation
from handlers.ledger.service.overpayment import Excess
from handlers.ledger.service.payments import Payment, book
from storage.bank import statements
from storage.invoices import invoices, payments
from storage.turn import Person, Turn
from tests import databases
from tests.ledger.test_reconciling import paid, takes
from tests.reminders.books import Books, new_invoice

DUE = date(2026, 12, 1)
LONG = 20.0  # seconds; a deadlock is told after one
Act = Callable[[Turn], object]


@pytest.fixture
def side_by_side(postgres_engine: Engine, clock: TurnedClock, rules: Catalogue) -> Books:
    return Books(Turns(databases.emptied(postgres_engine), clock.now, {"*": rules, HOME: rules}))


def at_once(turns: Turns, *acts: Act) -> list[str]:
    """What came of each: all have begun their turns and done nothing yet when the first
    one acts.
    """
    begun = Barrier(len(acts), timeout=LONG)

    def run(act: Act) -> str:
        try:
            with turns.turn(HOME) as turn:
                turn.db.execute(text("SELECT 1"))
                begun.wait()
                act(turn)
        except Problem as problem:
            return type(problem).__name__
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return [one.result(LONG) for one in [pool.submit(run, act) for act in acts]]


def while_open(turns: Turns, first: Act, then: Act) -> str:
    """What came of ``then``, begun while the turn of ``first`` has acted and is not
    committed yet.
    """
    with ThreadPoolExecutor(1) as pool:
        with turns.turn(HOME) as turn:
            first(turn)
            other = pool.submit(lambda: at_once(turns, then)[0])
            wait_for_one_that_waits(turns)
        return other.result(LONG)


def wait_for_one_that_waits(turns: Turns) -> None:
    """Until a turn stands before a lock."""
    count = (
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = "
        "current_database()"
    )
    with turns.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        while not db.execute(text(count)).scalar_one():
            pass


def kept(books: Books, invoice: int) -> int:
    """What the invoice's row says is outstanding."""
    row = select(invoices.invoices.c.outstanding).where(invoices.invoices.c.id == invoice)
    with books.turns.turn(HOME) as turn:
        return int(turn.db.execute(row).scalar_one())


def pays(invoice: int, reference: str) -> Act:
    return lambda turn: book(turn, Payment(invoice, 5_000, DUE, "hand", reference))


def enters(invoice: int, reference: str, asked: list[Excess]) -> Act:
    """The lead of finance enters 50 by hand; what is asked goes onto the list."""

    def act(turn: Turn) -> None:
        lead = next(
            one.lead for one in turn.catalogue.departments.values() if one.finance and one.lead
        )
        turn.actor = Person(str(lead), "Finance", handle=str(lead).removeprefix("@"))
        entered = claims.pay(turn, invoice, Money(5_000, "PLN"), turn.now.date(), reference)
        asked.extend([entered] if isinstance(entered, Excess) else [])

    return act


def waits(books: Books, amount: str) -> int:
    with books.turns.turn(HOME) as turn:
        takes(turn, paid(amount, "przelew"))
        return statements.waiting(turn)[-1].id


def booked(books: Books, line: int) -> tuple[int, str]:
    """How much of the line stands on invoices, and its state."""
    with books.turns.turn(HOME) as turn:
        found = statements.get(turn, line)
        assert found
        return statements.used(turn, found), found.state


def test_two_payments_on_one_invoice_are_both_counted(side_by_side: Books) -> None:
    invoice = side_by_side.invoice("S/1", DUE, 10_000)
    assert while_open(side_by_side.turns, pays(invoice, "a"), pays(invoice, "b")) == "done"
    assert kept(side_by_side, invoice) == 0


def test_payments_at_once_do_not_wait_for_each_other_for_ever(side_by_side: Books) -> None:
    invoice = side_by_side.invoice("S/1", DUE, 50_000)
    acts = [pays(invoice, str(n)) for n in range(5)]
    assert at_once(side_by_side.turns, *acts) == ["done"] * 5
    assert kept(side_by_side, invoice) == 25_000


def test_payment_entered_while_another_is_booked_is_asked_about_where_both_are_too_much(
    side_by_side: Books,
) -> None:
    invoice, asked = side_by_side.invoice("S/1", DUE, 8_000), list[Excess]()
    came = while_open(side_by_side.turns, enters(invoice, "a", asked), enters(invoice, "b", asked))
    assert (came, kept(side_by_side, invoice)) == ("done", 3_000)
    assert [one.more for one in asked] == [Money(2_000, "PLN")]


def test_payment_taken_back_while_another_is_booked_is_counted(side_by_side: Books) -> None:
    invoice = side_by_side.invoice("S/1", DUE, 10_000)
    side_by_side.pay(invoice, 5_000)
    with side_by_side.turns.turn(HOME) as turn:
        (standing,) = payments.on_invoice(turn, invoice)
    took = while_open(
        side_by_side.turns,
        pays(invoice, "b"),
        lambda turn: ledger_payments.take_back(turn, standing.id),
    )
    assert (took, kept(side_by_side, invoice)) == ("done", 5_000)


def test_payment_on_an_invoice_counts_for_the_one_that_is_booked_in_its_place_at_once(
    side_by_side: Books,
) -> None:
    invoice = side_by_side.invoice("S/1", DUE, 10_000)
    anew = new_invoice("S/1K", DUE, 12_000, {"kind": "replacement", "corrected": (("S/1", None),)})
    came = while_open(
        side_by_side.turns, pays(invoice, "a"), lambda turn: booking.book(turn, [anew])
    )
    assert (came, kept(side_by_side, invoice), kept(side_by_side, invoice + 1)) == (
        "done",
        0,
        7_000,
    )


def test_corrections_that_are_booked_at_once_share_what_is_open(side_by_side: Books) -> None:
    for number in ("S/1", "S/2"):
        side_by_side.invoice(number, DUE, 10_000)
    both, one = (
        new_invoice(
            number,
            DUE,
            -amount,
            {"kind": "credit_note", "corrected": [(each, None) for each in named]},
        )
        for number, amount, named in (("K/1", 11_000, ("S/1", "S/2")), ("K/2", 4_000, ("S/1",)))
    )
    came = while_open(
        side_by_side.turns,
        lambda turn: booking.book(turn, [both]),
        lambda turn: booking.book(turn, [one]),
    )
    assert (came, kept(side_by_side, 1), kept(side_by_side, 2)) == ("done", 0, 5_000)


def test_two_invoices_that_are_booked_in_the_place_of_one_at_once_are_asked_for_once(
    side_by_side: Books,
) -> None:
    invoice = side_by_side.invoice("S/1", DUE, 10_000)
    first, second = (
        new_invoice(number, DUE, 12_000, {"kind": "replacement", "corrected": (("S/1", None),)})
        for number in ("S/1L", "S/1K")
    )
    came = while_open(
        side_by_side.turns,
        lambda turn: booking.book(turn, [first]),
        lambda turn: booking.book(turn, [second]),
    )
    left = [kept(side_by_side, id_) for id_ in range(invoice, invoice + 3)]
    assert (came, left) == ("done", [0, 12_000, 0])


@pytest.mark.parametrize("first", [0, 1])
def test_original_and_its_correction_that_are_booked_at_once_are_netted(
    side_by_side: Books, first: int
) -> None:
    facts = {"kind": "correction", "corrected": (("S/1", None),)}
    papers = [new_invoice("S/1", DUE, 10_000, {}), new_invoice("K/1", DUE, -4_000, facts)]
    one, other = papers[first], papers[not first]
    came = while_open(
        side_by_side.turns,
        lambda turn: booking.book(turn, [one]),
        lambda turn: booking.book(turn, [other]),
    )
    with side_by_side.turns.turn(HOME) as turn:
        ids = invoices.ids_of(turn, ["S/1", "K/1"])
    assert (came, kept(side_by_side, ids["S/1"]), kept(side_by_side, ids["K/1"])) == (
        "done",
        6_000,
        0,
    )


def test_two_people_book_one_line_and_the_second_gets_what_is_left(side_by_side: Books) -> None:
    first, second = (
        side_by_side.invoice("S/1", DUE, 10_000),
        side_by_side.invoice("S/2", DUE, 10_000),
    )
    line = waits(side_by_side, "150.00")
    came = while_open(
        side_by_side.turns,
        lambda turn: reconciliation.allot(turn, line, {first: 10_000}),
        lambda turn: reconciliation.allot(turn, line, {second: 10_000}),
    )
    assert (came, booked(side_by_side, line)) == ("TooMuch", (10_000, "partly"))


def test_two_lines_that_are_parts_of_one_entered_payment_leave_what_they_leave(
    side_by_side: Books,
) -> None:
    invoice = side_by_side.invoice("S/1", DUE, 10_000)
    with side_by_side.turns.turn(HOME) as turn:
        pays(invoice, "a")(turn)
        (entered,) = payments.on_invoice(turn, invoice)
        takes(turn, paid("10.00", "przelew"), paid("15.00", "inny", reference="R2"))
        one, other = (line.id for line in statements.waiting(turn))
    came = while_open(
        side_by_side.turns,
        lambda turn: reconciliation.recognise(turn, one, [entered.id]),
        lambda turn: reconciliation.recognise(turn, other, [entered.id]),
    )
    with side_by_side.turns.turn(HOME) as turn:
        standing = sorted(payment.amount for payment in payments.on_invoice(turn, invoice))
    assert (came, standing, kept(side_by_side, invoice)) == ("done", [1_000, 1_500, 2_500], 5_000)


def test_two_lines_on_one_invoice_book_no_more_than_is_open(side_by_side: Books) -> None:
    invoice = side_by_side.invoice("S/1", DUE, 10_000)
    with side_by_side.turns.turn(HOME) as turn:
        takes(turn, paid("100.00", "przelew"), paid("100.00", "inny", reference="R2"))
        one, other = (line.id for line in statements.waiting(turn))
    came = while_open(
        side_by_side.turns,
        lambda turn: reconciliation.allot(turn, one, {invoice: 10_000}),
        lambda turn: reconciliation.allot(turn, other, {invoice: 10_000}),
    )
    assert (came, booked(side_by_side, other)) == ("NotOpenBySoMuch", (0, "waiting"))


def test_booking_taken_back_while_the_rest_is_booked_leaves_the_line_with_what_is_used(
    side_by_side: Books,
) -> None:
    first, second = (
        side_by_side.invoice("S/1", DUE, 10_000),
        side_by_side.invoice("S/2", DUE, 10_000),
    )
    line = waits(side_by_side, "200.00")
    with side_by_side.turns.turn(HOME) as turn:
        reconciliation.allot(turn, line, {first: 10_000})
        (standing,) = payments.on_invoice(turn, first)
    came = while_open(
        side_by_side.turns,
        lambda turn: reconciliation.allot(turn, line, {second: 10_000}),
        lambda turn: reconciliation.take_back(turn, standing.id),
    )
    assert (came, booked(side_by_side, line)) == ("done", (10_000, "partly"))
