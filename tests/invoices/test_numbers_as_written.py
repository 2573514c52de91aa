"""An invoice is known by its number as it is written; what is alike is only found by it."""

import unicodedata
from datetime import date
from decimal import Decimal

import pytest

from bot.edge.turns import Turns
from bot.slack import HOME
from handlers.invoices.formats.document import Corrected, InvoiceDocument
from handlers.ledger.service import lookup
from handlers.ledger.service.bank import reconciliation
from handlers.ledger.service.bank.reconciliation import Sums
from handlers.ledger.statements.values import Entry
from tests.driver import Office
from tests.invoices.test_booking import BILL, OURS, SUPPLIER, books
from tests.invoices.test_conversation import asks
from tests.ledger.test_reconciling import of

SALE = BILL._replace(seller=OURS, buyer=SUPPLIER, number="FV/42", accounts=())
ZEROS = (
    "Numer;Data wystawienia;Termin płatności;Sprzedawca;NIP sprzedawcy;Nabywca;NIP nabywcy;"
    "Brutto;Waluta\n"
    "FX/42;2026-11-02;2026-11-20;BBT;7251100004;Kowalska Sp. z o.o.;1111111111;100,00;PLN\n"
    "FX/042;2026-11-02;2026-11-20;BBT;7251100004;Kowalska Sp. z o.o.;1111111111;200,00;PLN\n"
    "00042;2026-11-02;2026-11-20;BBT;7251100004;Kowalska Sp. z o.o.;1111111111;300,00;PLN\n"
    "42;2026-11-02;2026-11-20;BBT;7251100004;Kowalska Sp. z o.o.;1111111111;400,00;PLN\n"
)


def numbered(number: str, total: str = "100.00") -> InvoiceDocument:
    return SALE._replace(number=number, total=Decimal(total), to_pay=Decimal(total))


def correction(number: str, of: str, change: str = "-30.00") -> InvoiceDocument:
    return numbered(number, change)._replace(kind="correction", corrects=(Corrected(of),))


def outstanding(turns: Turns, number: str) -> str:
    with turns.turn(HOME) as turn:
        (entry,) = lookup.look_up(turn, number).entries
        return entry.outstanding.plain()


def test_zeros_make_another_number_and_each_is_found_as_it_is_written(desk: Office) -> None:
    dropped = desk.marek.uploads("@zaplecze", "zeros.csv", ZEROS.encode())
    desk.marek.clicks("Wczytaj tak", on=dropped.again().thread[-1])
    assert "nowe 4" in dropped.again().thread[-1]
    for number, amount in (("FX/42", "100"), ("FX/042", "200"), ("00042", "300"), ("42", "400")):
        assert f"{amount},00\xa0zł" in asks(desk, "marek", number)
    either = asks(desk, "marek", "fx 0042")
    assert "*FX/42*" in either
    assert "*FX/042*" in either


def test_the_file_again_changes_nothing(desk: Office) -> None:
    dropped = desk.marek.uploads("@zaplecze", "zeros.csv", ZEROS.encode())
    desk.marek.clicks("Wczytaj tak", on=dropped.again().thread[-1])
    again = desk.marek.uploads("@zaplecze", "znowu.csv", ZEROS.encode()).again().thread[-1]
    assert "już znane 4" in again


@pytest.mark.parametrize(
    "written", ["  FÓ/42 ", "FÓ/42", unicodedata.normalize("NFD", "FÓ/42"), "\xa0FÓ/42\n"]
)
def test_blanks_around_it_and_composed_letters_are_no_difference(
    turns: Turns, written: str
) -> None:
    books(turns, numbered("FÓ/42"))
    assert books(turns, numbered(written)).unchanged == 1


@pytest.mark.parametrize("written", ["fó/42", "FO/42", "FÓ 42", "FÓ/ 42", "FÓ/042"])
def test_case_signs_zeros_and_blanks_within_are_a_difference(turns: Turns, written: str) -> None:
    books(turns, numbered("FÓ/42"))
    assert books(turns, numbered(written)).imported == 1


def test_several_blanks_within_are_one(turns: Turns) -> None:
    books(turns, numbered("FV 42 / A"))
    assert books(turns, numbered("FV  42 \t/ A")).unchanged == 1


def test_a_number_of_blanks_alone_is_none(turns: Turns) -> None:
    assert books(turns, numbered("  ")).failed == 1


def test_a_correction_is_of_the_invoice_that_it_names_as_it_is_written(turns: Turns) -> None:
    books(turns, numbered("FV/42"), numbered("FV/042", "200.00"), correction("K/1", "FV/042"))
    assert (outstanding(turns, "FV/42"), outstanding(turns, "FV/042")) == ("100.00", "170.00")


def test_a_correction_is_of_the_only_one_that_is_alike(turns: Turns) -> None:
    books(turns, correction("K/1", "fv 42"), numbered("FV/042", "200.00"))
    assert outstanding(turns, "FV/042") == "170.00"


def test_a_correction_waits_where_two_are_alike_and_neither_is_written_so(turns: Turns) -> None:
    books(turns, numbered("FV/42"), numbered("FV/042", "200.00"), correction("K/1", "fv 42"))
    assert (outstanding(turns, "FV/42"), outstanding(turns, "FV/042")) == ("100.00", "200.00")


def test_a_correction_moves_to_the_invoice_that_is_written_so_once_it_comes(turns: Turns) -> None:
    books(turns, numbered("FV/042", "200.00"), correction("K/1", "FV/42"))
    assert outstanding(turns, "FV/042") == "170.00"
    books(turns, numbered("FV/42"))
    assert (outstanding(turns, "FV/42"), outstanding(turns, "FV/042")) == ("70.00", "200.00")


@pytest.mark.parametrize("titled", ["FV/42", "FV/042", "faktura fv 0042"])
def test_money_for_one_of_two_that_are_alike_waits_for_a_person(turns: Turns, titled: str) -> None:
    books(turns, numbered("FV/42"), numbered("FV/042"))
    with turns.turn(HOME) as turn:
        paid = Entry(date(2026, 11, 20), Decimal("100.00"), "PLN", titled, None, None, "R1")
        reconciliation.take(turn, of(paid), done := Sums())
    assert (done.matched, done.unmatched) == (0, 1)
    assert (outstanding(turns, "FV/42"), outstanding(turns, "FV/042")) == ("100.00", "100.00")
