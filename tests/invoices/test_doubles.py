"""The same invoice of a supplier under two numbers: marked, whichever import brings it."""

from bot.edge.turns import Turns
from bot.slack import HOME
from handlers.invoices.service.document_booking import to_ledger
from handlers.invoices.service.document_reader import Read
from tests.invoices.test_booking import BILL, books

TWICE = BILL._replace(number="10/2026-A")


def test_both_are_marked_where_one_import_brings_them(turns: Turns) -> None:
    other = BILL._replace(number="77/2026", issued_on=None)
    with turns.turn(HOME) as turn:
        first, second, third = to_ledger(
            turn, [Read("a.xml", BILL), Read("b.xml", TWICE), Read("c.xml", other)]
        )
    assert "invoice.looks_double" in first.findings
    assert "10/2026-A" in first.findings
    assert "invoice.looks_double" in second.findings
    assert "invoice.looks_double" not in third.findings


def test_the_same_file_twice_in_one_import_is_no_double(turns: Turns) -> None:
    with turns.turn(HOME) as turn:
        first, again = to_ledger(turn, [Read("a.xml", BILL), Read("a copy.xml", BILL)])
    assert "invoice.looks_double" not in first.findings
    assert "invoice.looks_double" not in again.findings


def test_the_later_import_is_marked(turns: Turns) -> None:
    books(turns, BILL)
    with turns.turn(HOME) as turn:
        (later,) = to_ledger(turn, [Read("b.xml", TWICE)])
    assert "invoice.looks_double" in later.findings
