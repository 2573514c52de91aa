"""Statements meet the ledger: kept once, booked when sure, waiting otherwise, and taken back."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.edge.turns import Turns
from bot.kit.money import Money
from bot.slack import HOME
from handlers.invoices.service.statement_import import LINES_A_TURN, together
from handlers.ledger.model.matching.index import Index
from handlers.ledger.model.matching.values import Reason, by_invoice
from handlers.ledger.model.matching.verdict import match
from handlers.ledger.service import claims
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.bank import matching_items, own_accounts, reconciliation
from handlers.ledger.service.bank.manual_payments import NoLongerEntered
from handlers.ledger.service.bank.reconciliation import LineIsSettled, Sums, TooMuch
from handlers.ledger.service.payments import Payment, book
from handlers.ledger.statements.values import Entry, StatementFile, statement
from storage.bank import statements
from storage.invoices import invoices, payments
from storage.turn import Turn
from tests.books import is_written_off
from tests.reminders.books import Books

DUE = date(2026, 12, 1)
ACCOUNT = "PL41109010140000000042000001"


def paid(amount: str, title: str, who: str = "KOWALSKA SP. Z O.O.", reference: str = "R1") -> Entry:
    return Entry(
        date(2026, 11, 20),
        Decimal(amount),
        "PLN",
        title,
        who,
        "PL61109010140000071219812874",
        reference,
    )


def of(*entries: Entry) -> StatementFile:
    told = statement(
        format="mt940",
        account=ACCOUNT,
        currency="PLN",
        opening=None,
        closing=None,
        entries=entries,
    )
    return StatementFile("wyciag.sta", [told])


def takes(turn: Turn, *entries: Entry) -> Sums:
    done = Sums()
    reconciliation.take(turn, of(*entries), done)
    return done


def outstanding(turn: Turn, number: str = "FV/2026/11/0042") -> str:
    return ledger.look_up(turn, number).entries[0].outstanding.plain()


def test_named_invoice_is_paid_by_the_line_that_names_it(books: Turns) -> None:
    with books.turn(HOME) as turn:
        done = takes(turn, paid("10239.75", "zapłata za fv 2026/11/42"))
        assert (done.booked, done.matched, done.unmatched) == (1, 1, 0)
        assert outstanding(turn) == "0.00"
        assert statements.waiting(turn) == []


def test_same_file_twice_changes_nothing(books: Turns) -> None:
    entries = (paid("4000.00", "FV/2026/11/0042 część"), paid("12.30", "prowizja", "", "R2"))
    with books.turn(HOME) as turn:
        first = takes(turn, *entries)
        before = outstanding(turn)
        again = takes(turn, *entries)
        assert (first.booked, again.booked, again.already_known) == (2, 0, 2)
        assert outstanding(turn) == before == "6239.75"


def test_lines_that_one_file_tells_twice_are_kept_once_and_those_behind_them_too(
    books: Turns,
) -> None:
    part, fee = paid("4000.00", "FV/2026/11/0042"), paid("-12.30", "prowizja", "", "R2")
    rest = paid("6239.75", "FV/2026/11/0042", reference="R3")
    told = [*of(part, fee).statements, *of(part, fee).statements, *of(rest).statements]
    done = Sums()
    with books.turn(HOME) as turn:
        reconciliation.take(turn, StatementFile("wyciag.sta", told), done)
        assert (done.booked, done.already_known, done.matched) == (3, 2, 2)
        assert outstanding(turn) == "0.00"
        assert [line.title for line in statements.waiting(turn)] == ["prowizja"]


def test_two_lines_of_one_file_pay_one_invoice_one_after_the_other(books: Turns) -> None:
    with books.turn(HOME) as turn:
        done = takes(
            turn,
            paid("4000.00", "FV/2026/11/0042"),
            paid("6239.75", "FV/2026/11/0042", reference="R2"),
        )
        assert done.matched == 2
        assert outstanding(turn) == "0.00"


def test_what_nobody_can_tell_waits_and_one_click_books_it(books: Turns) -> None:
    with books.turn(HOME) as turn:
        assert takes(turn, paid("10239.75", "przelew")).unmatched == 1
        (line,) = statements.waiting(turn)
        ((_, verdict),) = reconciliation.proposals(turn, [line])
        amounts = by_invoice(verdict.proposals[0].allocations)
        reconciliation.allot(turn, line.id, amounts)
        assert outstanding(turn) == "0.00"
        with pytest.raises(LineIsSettled):
            reconciliation.allot(turn, line.id, amounts)


def test_no_more_is_booked_than_came_in(books: Turns) -> None:
    with books.turn(HOME) as turn:
        takes(turn, paid("100.00", "przelew"))
        (line,) = statements.waiting(turn)
        invoice = ledger.look_up(turn, "FV/2026/11/0042").entries[0].invoice.id
        with pytest.raises(TooMuch):
            reconciliation.allot(turn, line.id, {invoice: 10_001})


def test_taken_back_booking_leaves_the_invoice_open_and_the_line_waiting(books: Turns) -> None:
    with books.turn(HOME) as turn:
        takes(turn, paid("10239.75", "FV/2026/11/0042"))
        invoice = ledger.look_up(turn, "FV/2026/11/0042").entries[0].invoice.id
        (booked,) = payments.on_invoice(turn, invoice)
        assert reconciliation.take_back(turn, booked.id) == invoice
        assert outstanding(turn) == "10239.75"
        assert [line.id for line in statements.waiting(turn)] == [1]
        assert reconciliation.take_back(turn, booked.id) is None


def enters(turn: Turn, amount: int, day: date = date(2026, 11, 18), source: str = "hand") -> int:
    invoice = ledger.look_up(turn, "FV/2026/11/0042").entries[0].invoice.id
    assert book(turn, Payment(invoice, amount, day, source, "v1"))
    return payments.on_invoice(turn, invoice)[-1].id


@pytest.mark.parametrize("title", ["FV/2026/11/0042 część", "FV/2026/11/0042"])
@pytest.mark.parametrize("amount", ["4000.00", "6000.00"])
def test_what_was_entered_before_the_statement_came_is_not_booked_twice(
    books: Turns, amount: str, title: str
) -> None:
    with books.turn(HOME) as turn:
        before = enters(turn, Money.of(Decimal(amount), "PLN").minor)
        rest = outstanding(turn)
        assert takes(turn, paid(amount, title)).unmatched == 1
        (line,) = statements.waiting(turn)
        ((_, verdict),) = reconciliation.proposals(turn, [line])
        assert Reason.ENTERED_ALREADY in verdict.proposals[0].reasons
        ((same,),) = reconciliation.entered_before(turn, line, verdict)
        reconciliation.recognise(turn, line.id, [same.payment.id])
        assert (same.payment.id, outstanding(turn), statements.waiting(turn)) == (before, rest, [])


def test_what_else_a_line_may_be_for_stays_in_view_beside_what_was_entered(books: Turns) -> None:
    with books.turn(HOME) as turn:
        enters(turn, 500_000)
        invoice = ledger.look_up(turn, "FV/2026/11/0042").entries[0].invoice.id
        assert book(turn, Payment(invoice, 23_975, date(2026, 11, 18), "hand", "v2"))
        takes(turn, paid("6000.00", "FV/2026/11/0042"))
        ((_, verdict),) = reconciliation.proposals(turn, statements.waiting(turn))
        assert Reason.ENTERED_ALREADY in verdict.proposals[0].reasons
        named = [proposal.items[0].number for proposal in verdict.proposals]
        assert named[0] == "FV/2026/11/0042"
        assert len(named) > 1
        assert "FV/2026/11/0042" not in named[1:]


@pytest.mark.parametrize(
    ("entered", "came"), [((600_000, 400_000), "10000.00"), ((700_000,), "4000.00")]
)
def test_sum_of_what_was_entered_and_a_part_of_it_wait_for_a_person(
    books: Turns, entered: tuple[int, ...], came: str
) -> None:
    with books.turn(HOME) as turn:
        invoice = ledger.look_up(turn, "FV/2026/11/0042").entries[0].invoice.id
        invoices.set_facts(turn, invoice, to_pay=3_000_000)
        for n, amount in enumerate(entered):
            assert book(turn, Payment(invoice, amount, date(2026, 11, 18), "hand", f"v{n}"))
        before = outstanding(turn)
        assert (takes(turn, paid(came, "FV/2026/11/0042")).unmatched, outstanding(turn)) == (
            1,
            before,
        )
        ((line, verdict),) = reconciliation.proposals(turn, statements.waiting(turn))
        assert Reason.ENTERED_ALREADY in verdict.proposals[0].reasons
        (few,) = reconciliation.entered_before(turn, line, verdict)
        reconciliation.recognise(turn, line.id, [one.payment.id for one in few])
        assert (outstanding(turn), statements.waiting(turn)) == (before, [])
        standing = {(one.source, one.amount) for one in payments.on_invoice(turn, invoice)}
        bank = (ACCOUNT, Money.of(Decimal(came), "PLN").minor)
        assert standing == ({bank} if len(entered) > 1 else {bank, ("hand", 300_000)})


def test_one_entered_payment_is_recognised_by_the_lines_that_it_was_split_into(
    books: Turns,
) -> None:
    with books.turn(HOME) as turn:
        enters(turn, 1_023_975)
        takes(
            turn,
            paid("6000.00", "FV/2026/11/0042"),
            paid("4239.75", "FV/2026/11/0042", reference="R2"),
        )
        for line in statements.waiting(turn):
            ((_, verdict),) = reconciliation.proposals(turn, [line])
            ((same,),) = reconciliation.entered_before(turn, line, verdict)
            reconciliation.recognise(turn, line.id, [same.payment.id])
        assert (outstanding(turn), statements.waiting(turn)) == ("0.00", [])
        invoice = ledger.look_up(turn, "FV/2026/11/0042").entries[0].invoice.id
        assert {(one.source, one.amount) for one in payments.on_invoice(turn, invoice)} == {
            (ACCOUNT, 600_000),
            (ACCOUNT, 423_975),
        }


@pytest.mark.parametrize(
    "entered", [(600_000, 423_974), (600_000, 423_976), (1_023_974,), (-1_023_975,)]
)
def test_other_sums_are_not_taken_for_the_line(books: Turns, entered: tuple[int, ...]) -> None:
    with books.turn(HOME) as turn:
        invoice = ledger.look_up(turn, "FV/2026/11/0042").entries[0].invoice.id
        invoices.set_facts(turn, invoice, to_pay=3_000_000)
        for n, amount in enumerate(entered):
            assert book(turn, Payment(invoice, amount, date(2026, 11, 18), "hand", f"v{n}"))
        told = [one.id for one in payments.on_invoice(turn, invoice)]
        takes(turn, paid("10239.75", "no number here"))
        (line,) = statements.waiting(turn)
        with pytest.raises(NoLongerEntered):
            reconciliation.recognise(turn, line.id, told)
        assert [one.id for one in payments.on_invoice(turn, invoice)] == told


def test_what_several_systems_told_is_not_put_together(books: Turns) -> None:
    """They would tell it again, and it would be booked beside the line."""
    with books.turn(HOME) as turn:
        invoice = ledger.look_up(turn, "FV/2026/11/0042").entries[0].invoice.id
        for n, amount in enumerate((600_000, 423_975)):
            assert book(turn, Payment(invoice, amount, date(2026, 11, 18), "demo", f"v{n}"))
        takes(turn, paid("10239.75", "FV/2026/11/0042"))
        ((line, verdict),) = reconciliation.proposals(turn, statements.waiting(turn))
        assert reconciliation.entered_before(turn, line, verdict) == []
        assert [one.reasons for one in verdict.proposals if not one.allocations] == [
            (Reason.NUMBER, Reason.ALREADY_PAID)
        ]


def test_recognised_payment_is_the_banks_and_can_be_taken_back(books: Turns) -> None:
    with books.turn(HOME) as turn:
        before = enters(turn, 400_000)
        takes(turn, paid("4000.00", "FV/2026/11/0042"))
        (line,) = statements.waiting(turn)
        reconciliation.recognise(turn, line.id, [before])
        with pytest.raises(LineIsSettled):
            reconciliation.recognise(turn, line.id, [before])
        (booked,) = payments.on_invoice(
            turn, ledger.look_up(turn, "FV/2026/11/0042").entries[0].invoice.id
        )
        assert (booked.source, booked.booked_on) == (ACCOUNT, date(2026, 11, 20))
        reconciliation.take_back(turn, booked.id)
        assert (outstanding(turn), statements.waiting(turn)[0].id) == ("10239.75", line.id)
        with pytest.raises(NoLongerEntered):
            reconciliation.recognise(turn, line.id, [before])


@pytest.mark.parametrize("of_everything", [True, False])
def test_line_that_names_a_written_off_invoice_waits_and_says_why(
    books: Turns, of_everything: bool
) -> None:
    """Whether what bears on a few lines is asked for, or everything there is for very many."""
    with books.turn(HOME) as turn:
        invoice = ledger.look_up(turn, "FV/2026/11/0042").entries[0].invoice.id
        assert is_written_off(turn, invoice)
        done = takes(turn, paid("10239.75", "FV/2026/11/0042"))
        assert (done.matched, done.unmatched) == (0, 1)
        lines = statements.waiting(turn)
        ((line, verdict),) = reconciliation.proposals(turn, lines)
        if of_everything:
            everything = Index(matching_items.every(turn))
            verdict = match(paid("10239.75", "FV/2026/11/0042"), everything)
        (told,) = [each for each in verdict.proposals if not each.allocations]
        assert told.reasons == (Reason.NUMBER, Reason.WRITTEN_OFF)
        assert invoice not in {
            int(each.item.invoice_id) for one in verdict.proposals for each in one.allocations
        }
        claims.undo_write_off(turn, invoice)
        takes(turn, paid("1.00", "niczego", "NIKT", "R2"))  # with each import waiting ones go first
        assert outstanding(turn) == "0.00"
        assert line.id not in {each.id for each in statements.waiting(turn)}


@pytest.mark.parametrize("of_everything", [True, False])
def test_second_payment_of_an_invoice_without_an_issue_day_is_told(
    turns: Turns, of_everything: bool
) -> None:
    books = Books(turns)
    customer = books.customer()
    settled = books.invoice("FV/2026/11/0055", DUE, 500_00, customer=customer, issued_on=None)
    books.pay(settled, 500_00)
    with turns.turn(HOME) as turn:
        entry = paid("500.00", "FV/2026/11/0055")
        index = matching_items.bearing_on(turn, [entry])
        if of_everything:
            index = Index(matching_items.every(turn))
        verdict = match(entry, index)
        assert verdict.reasons == (Reason.ALREADY_PAID,)


def test_paid_invoice_offers_the_payment_that_settled_it(books: Turns) -> None:
    with books.turn(HOME) as turn:
        before = enters(turn, 1_023_975, source="demo")
        takes(turn, paid("10239.75", "FV/2026/11/0042"))
        ((line, verdict),) = reconciliation.proposals(turn, statements.waiting(turn))
        assert [
            [one.payment.id for one in few]
            for few in reconciliation.entered_before(turn, line, verdict)
        ] == [[before]]


@pytest.mark.parametrize(
    ("entered", "payer", "named"),
    [
        ((1_000_00, 2_000_00), "KOWALSKA", ["FV/2026/10/0000", "FV/2026/10/0001"]),
        ((3_000_00,), "KOWALSKA", ["FV/2026/10/0000"]),
        ((3_000_00,), "BANK", ["FV/2026/10/0000"]),
        ((4_000_00,), "KOWALSKA", []),
        ((1_000_00, 1_000_00), "KOWALSKA", []),
    ],
)
def test_what_was_entered_on_other_invoices_of_the_payer_stands_beside_those_of_this_month(
    turns: Turns, entered: tuple[int, ...], payer: str, named: list[str]
) -> None:
    before = Books(turns)
    customer = before.customer("Kowalska Sp. z o.o.")
    for n, amount in enumerate(entered):
        invoice = before.invoice(f"FV/2026/10/{n:04d}", DUE, amount, customer=customer)
        with turns.turn(HOME) as turn:
            assert book(turn, Payment(invoice, amount, date(2026, 11, 18), "hand", f"v{n}"))
    before.invoice("FV/2026/11/0100", DUE, 3_000_00, customer=customer)
    with turns.turn(HOME) as turn:
        takes(turn, paid("3000.00", "przelew", payer))
        ((line, verdict),) = reconciliation.proposals(turn, statements.waiting(turn))
        assert [one.items[0].number for one in verdict.proposals] == ["FV/2026/11/0100"]
        recognised = [
            each for few in reconciliation.entered_before(turn, line, verdict) for each in few
        ]
        assert [each.number for each in recognised] == named
        if named:
            reconciliation.recognise(turn, line.id, [each.payment.id for each in recognised])
            assert outstanding(turn, "FV/2026/11/0100") == "3000.00"
            assert statements.waiting(turn) == []


def test_other_sums_long_ago_and_other_accounts_are_other_money(books: Turns) -> None:
    with books.turn(HOME) as turn:
        enters(turn, 100_000, date(2026, 11, 12))
        enters(turn, 99_999, source="books")
        assert takes(turn, paid("1000.00", "FV/2026/11/0042")).matched == 1
        other = statement(
            format="mt940",
            account="PL89109010140000000042000010",
            currency="PLN",
            opening=None,
            closing=None,
            entries=(paid("2000.00", "FV/2026/11/0042"),),
        )
        assert takes(turn, paid("2000.00", "FV/2026/11/0042", reference="R2")).matched == 1
        reconciliation.take(turn, StatementFile("inny.sta", [other]), done := Sums())
        assert done.matched == 1


def test_freshness_is_that_of_the_account_furthest_behind(books: Turns) -> None:
    with books.turn(HOME) as turn:
        before = own_accounts.known_until(turn)
        takes(turn, paid("1.00", "x"))
        assert own_accounts.known_until(turn) == before  # the other accounts are no fresher
        assert before is not None
        assert payments.known_by_source(turn)[ACCOUNT] >= before


def test_file_of_more_lines_than_a_statement_takes_keys_is_looked_up(books: Turns) -> None:
    with books.turn(HOME) as turn:
        takes(turn, paid("1.00", "czynsz"), paid("2.00", "media", reference="R2"))
        kept = statements.waiting(turn)
        keys, counts = [line.key for line in kept], [line.count_key or "" for line in kept]
        many = [f"{n:032}" for n in range(66_000)]
        assert statements.known_keys(turn, [*many, *keys]) == set(keys)
        assert statements.collectives(turn, keys, counts) == kept
        assert statements.parts(turn, keys, counts) == []


def test_payment_that_came_before_its_invoice_is_booked_by_one_click(turns: Turns) -> None:
    small = Books(turns)
    with turns.turn(HOME) as turn:
        assert takes(turn, paid("100.00", "FV/2026/11/0077")).unmatched == 1
    invoice = small.invoice("FV/2026/11/0077", DUE, 10_000, customer=small.customer())
    with turns.turn(HOME) as turn:
        ((line, verdict),) = reconciliation.proposals(turn, statements.waiting(turn))
        reconciliation.allot(turn, line.id, by_invoice(verdict.proposals[0].allocations))
        assert ledger.get(turn, invoice).state.status == "paid"


def test_line_that_waits_is_matched_again_with_the_next_statement(turns: Turns) -> None:
    small = Books(turns)
    with turns.turn(HOME) as turn:
        takes(
            turn, paid("100.00", "FV/2026/11/0077"), paid("7.00", "FV/2026/11/0078", reference="R2")
        )
    invoice = small.invoice("FV/2026/11/0077", DUE, 10_000, customer=small.customer())
    with turns.turn(HOME) as turn:
        done = takes(turn, paid("12.30", "prowizja", "", "R3"))
        assert ledger.get(turn, invoice).state.status == "paid"
        assert (done.matched, done.unmatched) == (0, 1)  # of its own lines
        assert [line.title for line in statements.waiting(turn)] == ["FV/2026/11/0078", "prowizja"]


def takes_all(turn: Turn, *files: Entry) -> Sums:
    """Files of a line each."""
    done = Sums()
    reconciliation.take_all(turn, [of(entry) for entry in files], done)
    return done


def test_several_files_are_matched_one_after_the_other(books: Turns) -> None:
    first, rest = (
        paid("4000.00", "FV/2026/11/0042"),
        paid("6239.75", "FV/2026/11/0042", reference="R2"),
    )
    with books.turn(HOME) as turn:
        done = takes_all(turn, first, rest, first)
        assert (done.statements, done.booked, done.already_known, done.matched) == (3, 2, 1, 2)
        assert outstanding(turn) == "0.00"
        assert takes_all(turn, first, rest).booked == 0


@given(st.lists(st.sampled_from([0, 1, 300, 999, 1_000, 1_001, 5_000]), max_size=12))
def test_small_files_share_a_turn_and_a_large_one_has_its_own(sizes: list[int]) -> None:
    files = [of(*[paid("1.00", "x")] * size) for size in sizes]
    turns_ = list(together(files))
    assert [read for shared in turns_ for read in shared] == files
    lines = [[len(one.entries) for file in shared for one in file.statements] for shared in turns_]
    assert all(each and (len(each) == 1 or sum(each) <= LINES_A_TURN) for each in lines)
    assert all(sum(one) + two[0] > LINES_A_TURN for one, two in pairwise(lines))


def test_account_that_one_file_teaches_tells_the_payer_in_the_next(turns: Turns) -> None:
    small = Books(turns)
    customer = small.customer()
    small.invoice("FV/2026/11/0077", DUE, 10_000, customer=customer)
    with turns.turn(HOME) as turn:
        named = paid("40.00", "FV/2026/11/0077")
        assert takes_all(turn, named, paid("10.00", "FV/2026/11/0077", "", "R2")).matched == 2


def test_what_waits_of_several_files_is_matched_again_behind_them(turns: Turns) -> None:
    small = Books(turns)
    customer = small.customer()
    for number, amount in (("FV/2026/11/0077", 30_000), ("FV/2026/11/0078", 10_000)):
        small.invoice(number, DUE, amount, customer=customer)
    with turns.turn(HOME) as turn:
        slip = paid("100.00", "FV/2026/11/0077")  # which is just what is open on the other one
        done = takes_all(turn, slip, paid("100.00", "FV/2026/11/0078", reference="R2"))
        assert (done.matched, done.unmatched) == (1, 1)
        assert (outstanding(turn, "FV/2026/11/0077"), statements.waiting(turn)) == ("200.00", [])


def test_rest_of_a_line_goes_to_its_invoice_when_that_rises(turns: Turns) -> None:
    small = Books(turns)
    customer = small.customer()
    invoice = small.invoice("FV/2026/11/0077", DUE, 10_000, customer=customer)
    with turns.turn(HOME) as turn:
        assert takes(turn, paid("150.00", "FV/2026/11/0077")).partly_matched == 1
    small.invoice(
        "KOR/1",
        DUE,
        7_000,
        customer=customer,
        kind="correction",
        corrected=[("FV/2026/11/0077", None)],
    )
    with turns.turn(HOME) as turn:
        takes(turn, paid("12.30", "prowizja", "", "R3"))
        assert ledger.get(turn, invoice).state.outstanding == 2_000
        assert [line.title for line in statements.waiting(turn)] == ["prowizja"]


def test_booking_that_somebody_took_back_is_not_made_again(books: Turns) -> None:
    with books.turn(HOME) as turn:
        takes(turn, paid("10239.75", "FV/2026/11/0042"))
        (booked,) = payments.on_invoice(
            turn, ledger.look_up(turn, "FV/2026/11/0042").entries[0].invoice.id
        )
        reconciliation.take_back(turn, booked.id)
        takes(turn, paid("12.30", "prowizja", "", "R3"))
        assert outstanding(turn) == "10239.75"


def test_many_lines_on_one_invoice_in_two_parts_fill_one_after_the_other(turns: Turns) -> None:
    small = Books(turns)
    parts = [("2026-11-01", 10_000), ("2026-12-01", 5_000)]
    small.invoice("FV/2026/11/0077", DUE, 15_000, customer=small.customer(), instalments=parts)
    with turns.turn(HOME) as turn:
        lines = (paid("1.00", "FV/2026/11/0077", reference=f"R{n}") for n in range(151))
        done = takes(turn, *lines)
        assert (done.matched, done.unmatched) == (150, 1)
        assert outstanding(turn, "FV/2026/11/0077") == "0.00"
