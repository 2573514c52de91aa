"""Finding invoices on both databases, what is kept outstanding, and the walls between
workspaces.
"""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.edge.turns import Turns
from bot.kit.folding import fold_number
from bot.slack import HOME
from handlers.ledger.service import booking
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.payments import Payment, book, take_back
from storage.invoices import balances, invoices, payments, search
from storage.invoices.balances import Question
from storage.invoices.booking import NewInvoice
from storage.invoices.invoices import Gate
from storage.turn import Turn
from tests.books import TODAY

ALL = Gate(True, "")


def new(
    number: str,
    to_pay: int = 1000,
    kind: str = "invoice",
    corrects: tuple[str, ...] = (),
    is_paid: bool = False,
) -> NewInvoice:
    return NewInvoice(
        seller_tax="1",
        number=number,
        folded=fold_number(number),
        digest=f"{number}{to_pay}",
        kind=kind,
        direction="receivable",
        customer=None,
        issued_on="2026-11-01",
        currency="PLN",
        total=to_pay,
        to_pay=to_pay,
        marked_paid=is_paid,
        account=None,
        ksef_number=None,
        document="{}",
        instalments=[("2026-11-30", to_pay)],
        corrected=[(one, None) for one in corrects],
    )


def numbers(found: list[invoices.Invoice]) -> list[str]:
    return [one.number for one in found]


@pytest.mark.parametrize(
    ("part", "fitting"),
    [
        ("42", ["FV/2026/11/0042"]),
        ("11/42", ["FV/2026/11/0042"]),
        ("FV/2026/11", ["FV/2026/11/0042", "FV/2026/11/1042"]),
        ("2026/11", ["FV/2026/11/0042", "FV/2026/11/1042"]),
        ("77/2026", ["FS 77/2026/WAW"]),
        ("WAW", ["FS 77/2026/WAW"]),
        ("1/104", []),
    ],
)
def test_parts_of_numbers_are_found(turns: Turns, part: str, fitting: list[str]) -> None:
    with turns.turn(HOME) as turn:
        booking.book(turn, [new("FV/2026/11/0042"), new("FV/2026/11/1042"), new("FS 77/2026/WAW")])
        assert sorted(numbers(search.by_part(turn, ALL, fold_number(part)))) == sorted(fitting)


@given(st.data())
def test_every_single_slip_is_among_the_slips(data: st.DataObject) -> None:
    number = data.draw(st.from_regex(r"[a-z]{2}/2026/[0-9]{2}/[0-9]{4}", fullmatch=True))
    place = data.draw(st.integers(0, len(number) - 1))
    digit = data.draw(st.sampled_from("0123456789"))
    mistyped = [number[:place] + number[place + 1 :], number[:place] + digit + number[place:]]
    mistyped += [number[:place] + digit + number[place + 1 :]] if number[place].isdigit() else []
    assert all(
        fold_number(number) in {fold_number(typed), *search.slips(typed)} for typed in mistyped
    )


def test_what_is_kept_outstanding_is_what_the_state_says(books: Turns) -> None:
    with books.turn(HOME) as turn:
        kept = dict(
            turn.db.execute(select(invoices.invoices.c.id, invoices.invoices.c.outstanding)).all()
        )
        found = invoices.find(turn, ALL, most=1000)
        assert len(found) == len(kept) == 200
        assert all(
            ledger.entry_of(turn, one, TODAY).state.outstanding == kept[one.id] for one in found
        )


def test_payment_is_booked_once_and_again_after_it_was_taken_back(turns: Turns) -> None:
    with turns.turn(HOME) as turn:
        (booked,) = booking.book(turn, [new("1")])
        payment = Payment(booked.invoice, 400, TODAY, "hand", "r")
        assert [book(turn, payment), book(turn, payment)] == [True, False]
        (kept,) = payments.on_invoice(turn, booked.invoice)
        assert take_back(turn, kept.id) == kept
        assert take_back(turn, kept.id) is None
        assert book(turn, payment)
        assert ledger.get(turn, booked.invoice).state.outstanding == 600


@pytest.mark.parametrize("first", ["original", "correction"])
def test_correction_nets_whichever_comes_first(turns: Turns, first: str) -> None:
    papers = [new("FV/1"), new("KOR/1", -300, "correction", ("FV/1",))]
    with turns.turn(HOME) as turn:
        for paper in papers if first == "original" else reversed(papers):
            booking.book(turn, [paper])
        (entry,) = ledger.look_up(turn, "FV/1").entries
        assert (entry.state.outstanding, entry.state.corrected) == (700, True)
        (correction,) = ledger.look_up(turn, "KOR/1").entries
        assert correction.state.status == "paid"


def test_one_correction_lowers_several_from_the_oldest_on(turns: Turns) -> None:
    with turns.turn(HOME) as turn:
        booking.book(
            turn, [new("A", 1000), new("B", 1000), new("K", -1500, "correction", ("A", "B"))]
        )
        assert _outstanding(turn, "A", "B", "K") == [0, 500, 0]


def test_of_several_the_one_without_a_day_is_lowered_last(turns: Turns) -> None:
    undated = new("A", 1000)._replace(instalments=[(None, 1000)])
    with turns.turn(HOME) as turn:
        booking.book(turn, [undated, new("B", 1000), new("K", -1500, "correction", ("A", "B"))])
        assert _outstanding(turn, "A", "B", "K") == [500, 0, 0]


def test_invoice_that_a_correction_names_twice_is_lowered_once(turns: Turns) -> None:
    with turns.turn(HOME) as turn:
        booking.book(
            turn, [new("A", 1000), new("B", 1000), new("K", -1500, "correction", ("A", "A", "B"))]
        )
        assert _outstanding(turn, "A", "B", "K") == [0, 500, 0]


def test_paid_correction_takes_away_and_asks_for_nothing_whether_it_tells_shares_or_not(
    turns: Turns,
) -> None:
    paid = new("K", 300, "correction", is_paid=True)
    with turns.turn(HOME) as turn:
        booking.book(turn, [new("A"), new("B"), paid._replace(corrected=[("A", 400), ("B", -100)])])
        assert _outstanding(turn, "A", "B", "K") == [1000, 900, 0]


@pytest.mark.parametrize(
    ("correction", "is_paid", "open_"),
    [(300, False, [300, 0]), (-300, False, [-300, 0]), (300, True, [0, 0])],
)
def test_correction_of_an_invoice_that_says_it_is_paid(
    turns: Turns, correction: int, is_paid: bool, open_: list[int]
) -> None:
    with turns.turn(HOME) as turn:
        booking.book(
            turn, [new("A", is_paid=True), new("K", correction, "correction", ("A",), is_paid)]
        )
        assert _outstanding(turn, "A", "K") == open_ == _kept(turn, "A", "K")


def test_pro_forma_is_no_debt_and_no_correction_falls_on_it(turns: Turns) -> None:
    with turns.turn(HOME) as turn:
        booking.book(
            turn, [new("PF", kind="proforma"), new("A"), new("K", -300, "correction", ("PF",))]
        )
        (entry,) = ledger.look_up(turn, "PF").entries
        assert entry.state.status == "draft"
        assert _outstanding(turn, "PF", "A", "K") == [0, 1000, -300] == _kept(turn, "PF", "A", "K")


def test_cancellation_leaves_nothing(turns: Turns) -> None:
    with turns.turn(HOME) as turn:
        booking.book(turn, [new("A", 1000), new("S", -1000, "cancellation", ("A",))])
        (entry,) = ledger.look_up(turn, "A").entries
        assert entry.state.status == "cancelled"


def test_other_workspaces_see_nothing(turns: Turns) -> None:
    with turns.turn(HOME) as turn:
        (booked,) = booking.book(turn, [new("FV/1")])
        book(turn, Payment(booked.invoice, 1, TODAY, "hand", "r"))
    with turns.turn("T-OTHER") as turn:
        assert search.by_number(turn, ALL, ["fv.1"]) == []
        assert search.by_part(turn, ALL, "1") == []
        assert search.by_typo(turn, ALL, "fv.2") == []
        assert invoices.get(turn, ALL, booked.invoice) is None
        assert payments.on_invoice(turn, booked.invoice) == []
        asked = Question("receivable", TODAY, None)
        assert balances.items(turn, asked) == ([], [])
        theirs = Question("receivable", TODAY - timedelta(1), {1})
        assert balances.items(turn, theirs) == ([], [])


def _kept(turn: Turn, *wanted: str) -> list[int]:
    table = invoices.invoices.c
    kept = dict(turn.db.execute(select(table.number, table.outstanding)).all())
    return [kept[number] for number in wanted]


def _outstanding(turn: Turn, *wanted: str) -> list[int]:
    return [ledger.look_up(turn, number).entries[0].state.outstanding for number in wanted]


def test_a_statement_takes_more_invoices_than_a_database_takes_parameters(turns: Turns) -> None:
    with turns.turn(HOME) as turn:
        booking.book(turn, [new("FV/1"), new("FV/2")])
        ids = invoices.ids_of(turn, ["FV/1", "FV/2"])
        of_very_many = [*range(1_000_000, 1_070_000), ids["FV/2"]]
        invoices.hold(turn, of_very_many)
        assert numbers(invoices.by_ids(turn, ALL, of_very_many)) == ["FV/2"]
