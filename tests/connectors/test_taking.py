"""What the ledger makes of what a source tells: booked once, paid and unpaid, told anew, never
merged.
"""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.edge.turns import Turns
from bot.slack import HOME
from handlers.invoices.connectors.booking import _not_told_elsewhere as not_told_elsewhere
from handlers.invoices.connectors.protocol import Payment as SourcePayment
from handlers.invoices.formats.document import Corrected, Instalment, Party
from handlers.invoices.service.document_import import Import, take
from handlers.invoices.service.document_reader import Read
from handlers.ledger.service import customer_import
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service import payments as ledger_payments
from handlers.ledger.service.lookup import Entry
from handlers.ledger.service.payments import Payment
from storage.invoices import connections, customers, originals, payments, watches
from storage.invoices.customers import Customer
from storage.invoices.payments import Booked
from storage.people import people
from tests.connectors.conftest import Catching
from tests.connectors.reference import START, TODAY, Books
from tests.ledger import test_places as places

Looking = Callable[[str], Entry]


def entry(turns: Turns, number: str) -> Entry:
    with turns.turn(HOME) as turn:
        (found,) = ledger.look_up(turn, number).entries
        return found


def file_of(turns: Turns, books: Books, number: str, amount: str, **facts: object) -> None:
    """The same invoice, imported from a file before."""
    document = books.document(number, amount, (14,))._replace(**facts)  # type: ignore[arg-type]
    with turns.turn(HOME) as turn:
        ours = turn.catalogue.company.tax_numbers[0]
        seller = document.seller._replace(tax_id=ours)
        take(turn, [Read("a.xml", document._replace(seller=seller))], Import())


def test_invoice_is_booked_with_its_instalments(
    turns: Turns, books: Books, catch_up: Catching
) -> None:
    number = books.posts("100", (14, 30))
    done = catch_up()
    assert (done.sums.imported, done.is_done) == (1, True)
    found = entry(turns, number)
    assert (found.invoice.direction, found.invoice.customer_name, found.state.status) == (
        "receivable",
        "Globex GmbH",
        "open",
    )
    assert [(part.due_on, part.outstanding) for part in found.state.parts] == [
        (TODAY + timedelta(days=14), 5000),
        (TODAY + timedelta(days=30), 5000),
    ]


def test_suppliers_invoice_is_payable(turns: Turns, books: Books, catch_up: Catching) -> None:
    document = books.document("S/7", "70", (14,))
    books.tells_of(document._replace(seller=document.buyer, buyer=document.seller), "payable")
    catch_up()
    found = entry(turns, "S/7").invoice
    assert (found.direction, found.customer_name) == ("payable", "Globex GmbH")


def test_draft_is_not_booked(turns: Turns, books: Books, catch_up: Catching) -> None:
    books.drafts("10")
    assert (catch_up().sums.drafts, catch_up().sums.imported) == (1, 0)


def test_reading_again_changes_nothing(turns: Turns, books: Books, catch_up: Catching) -> None:
    books.books(books.posts("100"), "40")
    catch_up()
    again = catch_up(everything=True).sums
    assert (again.imported, again.revised, again.paid, again.taken_back, again.unchanged) == (
        0,
        0,
        0,
        0,
        1,
    )


def test_payment_is_seen_and_taken_back(turns: Turns, books: Books, catch_up: Catching) -> None:
    number = books.posts("100")
    catch_up()
    books.books(number, "40")
    catch_up()
    assert (entry(turns, number).state.status, entry(turns, number).state.outstanding) == (
        "partly_paid",
        6000,
    )
    books.books(number, "60")
    catch_up()
    assert entry(turns, number).state.status == "paid"
    books.takes_back(number)
    assert catch_up().sums.taken_back == 2
    assert (entry(turns, number).state.status, entry(turns, number).state.outstanding) == (
        "open",
        10000,
    )


def test_payment_of_another_amount_is_taken_back_and_booked_anew(
    turns: Turns, books: Books, catch_up: Catching
) -> None:
    number = books.posts("100")
    books.books(number, "40")
    catch_up()
    books.takes_back(number)
    books.books(number, "45")  # under the same reference
    catch_up()
    assert entry(turns, number).state.outstanding == 5500


def test_payments_are_known_up_to_the_beginning_of_the_reading(
    turns: Turns, books: Books, catch_up: Catching
) -> None:
    books.posts("100")
    before = books.now
    catch_up()
    with turns.turn(HOME) as turn:
        assert payments.known_by_source(turn) == {"reference": before}


def test_money_that_finance_entered_first_is_not_counted_twice(
    turns: Turns, books: Books, catch_up: Catching
) -> None:
    number = books.posts("100")
    catch_up()
    with turns.turn(HOME) as turn:
        invoice = ledger.look_up(turn, number).entries[0].invoice.id
        ledger_payments.book(turn, Payment(invoice, 10000, TODAY, "hand", "1"))
    books.books(number, "100", days_ago=2)
    catch_up()
    assert (entry(turns, number).state.status, entry(turns, number).state.paid) == ("paid", 10000)


def test_its_own_invoice_is_told_anew(turns: Turns, books: Books, catch_up: Catching) -> None:
    number = books.posts("100", (14, 30))
    catch_up()
    books.changes(number, instalments=(Instalment(TODAY + timedelta(days=60), Decimal(100)),))
    assert catch_up().sums.revised == 1
    found = entry(turns, number).state
    assert (found.due_on, found.outstanding) == (TODAY + timedelta(days=60), 10000)
    assert [part.amount for part in found.parts] == [10000, 0]
    books.changes(
        number,
        instalments=tuple(Instalment(TODAY + timedelta(days=day), Decimal(25)) for day in range(4)),
    )
    catch_up()
    assert [part.amount for part in entry(turns, number).state.parts] == [2500] * 4


def test_file_of_an_invoice_that_is_told_anew_is_not_shown_any_more(
    turns: Turns, books: Books, catch_up: Catching
) -> None:
    number = books.posts("100", (14,))
    catch_up()
    invoice = entry(turns, number).invoice.id
    with turns.turn(HOME) as turn:
        originals.keep(turn, {invoice: b"<of 100/>"})
    books.changes(number, instalments=(Instalment(TODAY + timedelta(days=60), Decimal(100)),))
    catch_up()
    with turns.turn(HOME) as turn:
        assert originals.of(turn, invoice) is None


def test_who_waits_hears_that_a_lower_sum_told_anew_leaves_nothing(
    turns: Turns, books: Books, catch_up: Catching
) -> None:
    number = books.posts("100", (14,))
    books.books(number, "60")
    catch_up()
    invoice = entry(turns, number).invoice
    with turns.turn(HOME) as turn:
        people.save_person(turn, {**places.PIOTR, **places.FLAGS})
        customers.save(turn, {"name": invoice.customer_name, "owner": places.PIOTR["id"]})
    with turns.turn(HOME, places.PIOTR["id"]) as turn:
        watches.watch(turn, invoice.id)
    books.changes(number, total=Decimal(60), to_pay=Decimal(60))
    catch_up()
    assert places.told(turns) == [f"🟢 *{number}* – nic nie zostało do zapłaty."]


def test_cancellation_cancels(turns: Turns, books: Books, catch_up: Catching) -> None:
    number = books.posts("100")
    catch_up()
    credit = books.document("C/1", "-100", (14,))
    books.tells_of(credit._replace(kind="cancellation", corrects=(Corrected(number),)))
    catch_up()
    assert entry(turns, number).state.status == "cancelled"
    assert entry(turns, "C/1").state.outstanding == 0


def test_same_invoice_from_a_file_is_one_and_its_payments_are_taken(
    turns: Turns, books: Books, catch_up: Catching
) -> None:
    number = books.posts("100")
    file_of(turns, books, number, "100", accounts=("DE89370400440532013000",))
    books.books(number, "40")
    done = catch_up().sums
    assert (done.imported, done.unchanged, done.conflicts) == (0, 1, 0)
    assert entry(turns, number).state.outstanding == 6000
    assert entry(turns, number).invoice.account == "DE89370400440532013000"


def test_other_content_than_the_files_is_a_conflict_and_nothing_is_merged(
    turns: Turns, books: Books, catch_up: Catching
) -> None:
    number = books.posts("120")
    file_of(turns, books, number, "100")
    books.books(number, "120")
    assert catch_up().sums.conflicts == 1
    assert (entry(turns, number).state.asked, entry(turns, number).state.paid) == (10000, 0)
    with turns.turn(HOME) as turn:
        assert connections.take_untold(turn, "reference", "conflict") == [number]
    catch_up(everything=True)
    with turns.turn(HOME) as turn:
        assert connections.take_untold(turn, "reference", "conflict") == []


def test_other_due_date_than_the_files_is_a_conflict_but_the_money_is_the_same(
    turns: Turns, books: Books, catch_up: Catching
) -> None:
    number = books.posts("100", (30,))
    file_of(turns, books, number, "100")
    books.books(number, "40")
    assert catch_up().sums.conflicts == 1
    assert (entry(turns, number).state.due_on, entry(turns, number).state.outstanding) == (
        TODAY + timedelta(days=14),
        6000,
    )


def test_number_told_twice_is_a_conflict(turns: Turns, books: Books, catch_up: Catching) -> None:
    number = books.posts("100")
    books.books(number, "100")
    books.tells_of(books.document(number, "100", (14,)))
    assert catch_up().sums.conflicts == 1
    assert catch_up(everything=True).sums.conflicts == 1
    assert entry(turns, number).state.status == "paid"


def test_lost_invoice_is_noticed_once_and_stays(
    turns: Turns, books: Books, catch_up: Catching
) -> None:
    number, _ = books.posts("100"), books.posts("50")
    catch_up()
    books.loses(number)
    books.later(hours=1)
    catch_up()
    with turns.turn(HOME) as turn:
        assert connections.take_untold(turn, "reference", "gone") == []
    catch_up(everything=True)
    with turns.turn(HOME) as turn:
        assert connections.take_untold(turn, "reference", "gone") == [number]
        assert connections.take_untold(turn, "reference", "gone") == []
    assert entry(turns, number).state.outstanding == 10000


days = st.integers(0, 30).map(lambda n: TODAY + timedelta(days=n))
told = st.lists(st.tuples(st.sampled_from((10, 20, 30)), days), max_size=5)


@given(told, told)
def test_each_payment_of_another_source_stands_for_one_at_most(
    ours: list[tuple[int, object]], theirs: list[tuple[int, object]]
) -> None:
    mine = [SourcePayment(str(n), Decimal(amount), day) for n, (amount, day) in enumerate(ours)]  # type: ignore[arg-type]
    others = [
        Booked(n, 1, amount * 100, day, "hand", str(n))  # type: ignore[arg-type]
        for n, (amount, day) in enumerate(theirs)
    ]
    wanted = not_told_elsewhere(mine, "EUR", others)
    assert len(mine) - len(others) <= len(wanted) <= len(mine)
    assert {one.reference for one in mine} >= wanted.keys()
    assert not_told_elsewhere(mine, "EUR", ()).keys() == {one.reference for one in mine}


def test_reading_begins_at_the_sources_clock() -> None:
    assert Books().changed(None).as_of == START


def customer_of(turns: Turns, books: Books, catch_up: Catching, **told: str) -> Customer:
    """Globex, after its source has told this of it."""
    number = books.posts("100")
    books.changes(number, buyer=Party("Globex GmbH", country="DE", **told))  # type: ignore[arg-type]
    catch_up()
    with turns.turn(HOME) as turn:
        (customer,) = [one for one in customers.everybody(turn) if one.name == "Globex GmbH"]
        return customer


def test_customer_has_the_address_and_language_that_the_source_tells(
    turns: Turns, books: Books, catch_up: Catching
) -> None:
    customer = customer_of(turns, books, catch_up, email="books@globex.example", language="hu")
    assert (customer.email, customer.language) == ("books@globex.example", "hu")


def test_address_that_the_source_tells_later_is_learnt_and_the_language_stays(
    turns: Turns, books: Books, catch_up: Catching
) -> None:
    customer_of(turns, books, catch_up)
    customer = customer_of(turns, books, catch_up, email="books@globex.example", language="hu")
    assert (customer.email, customer.language) == ("books@globex.example", "en")


def test_what_a_list_or_somebody_says_of_a_customer_stays(
    turns: Turns, books: Books, catch_up: Catching
) -> None:
    with turns.turn(HOME) as turn:
        listed = b"name;country;email;language\nGlobex GmbH;DE;anna@globex.example;pl\n"
        customer_import.take(turn, listed)
    customer = customer_of(turns, books, catch_up, email="books@globex.example", language="hu")
    assert (customer.email, customer.language) == ("anna@globex.example", "pl")


def test_what_a_list_leaves_open_the_source_fills_in(
    turns: Turns, books: Books, catch_up: Catching
) -> None:
    with turns.turn(HOME) as turn:
        customer_import.take(turn, b"name;country\nGlobex GmbH;DE\n")
    customer = customer_of(turns, books, catch_up, email="books@globex.example", language="hu")
    assert (customer.email, customer.language) == ("books@globex.example", "hu")


@pytest.mark.parametrize("language", ["de", "", "hungarian"])
def test_language_that_is_not_spoken_here_is_not_learnt(
    turns: Turns, books: Books, catch_up: Catching, language: str
) -> None:
    assert customer_of(turns, books, catch_up, language=language).language == "en"


def test_what_is_no_address_is_not_learnt(turns: Turns, books: Books, catch_up: Catching) -> None:
    assert customer_of(turns, books, catch_up, email="Anna <a@globex.example>").email == ""
