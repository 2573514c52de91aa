"""The same invoice under two numbers: marked on both, whichever import brings them."""

import pytest

from bot.edge.turns import Turns
from bot.kit.words import Words
from bot.slack import HOME
from handlers.invoices.formats.document import InvoiceDocument
from handlers.invoices.service import json_form
from handlers.invoices.service.invoice_view import full_sight_of
from handlers.ledger.service import lookup
from tests.invoices.test_booking import BILL, OURS, SUPPLIER, books

TWICE = BILL._replace(number="10/2026-A")
SALE = BILL._replace(seller=OURS, buyer=SUPPLIER, number="FV/42", accounts=())


def marks(turns: Turns, number: str) -> list[str]:
    """What the card of an invoice tells in Polish of doubles."""
    with turns.turn(HOME) as turn:
        (entry,) = lookup.look_up(turn, number).entries
        sight = full_sight_of(turn, entry, Words("pl"))
        return [finding for finding in sight.findings if "ta sama faktura" in finding]


@pytest.mark.parametrize("imports", [((BILL, TWICE),), ((BILL,), (TWICE,))])
def test_both_are_marked_whichever_import_brings_them(
    turns: Turns, imports: tuple[tuple[InvoiceDocument, ...], ...]
) -> None:
    for documents in imports:
        books(turns, *documents)
    (first,), (second,) = marks(turns, "9/2026"), marks(turns, "10/2026-A")
    assert "przysłał też 10/2026-A" in first
    assert "przysłał też 9/2026" in second


def test_without_a_day_or_with_another_amount_it_is_no_double(turns: Turns) -> None:
    books(turns, BILL, BILL._replace(number="77/2026", issued_on=None))
    books(turns, BILL._replace(number="78/2026", total=BILL.total, currency="EUR"))
    assert [marks(turns, number) for number in ("9/2026", "77/2026", "78/2026")] == [[], [], []]


def test_two_without_a_day_are_not_said_to_be_of_the_same_day(turns: Turns) -> None:
    for document in (BILL, SALE):
        books(turns, document._replace(number="FV/77", issued_on=None))
        books(turns, document._replace(number="FV-077", issued_on=None))
    with turns.turn(HOME) as turn:
        entries = lookup.look_up(turn, "77").entries
        sights = [full_sight_of(turn, entry, Words("pl")) for entry in entries]
    assert len(sights) == 4
    assert not any("ta sama faktura" in str(sight.findings) for sight in sights)


def test_the_same_file_twice_is_no_double(turns: Turns) -> None:
    books(turns, BILL, BILL)
    books(turns, BILL)
    assert marks(turns, "9/2026") == []


def test_our_own_are_marked_where_their_numbers_differ_in_signs_and_zeros(turns: Turns) -> None:
    books(turns, SALE, SALE._replace(number="FV/43"))
    assert marks(turns, "FV/42") == []
    books(turns, SALE._replace(number="FV-042"))
    (first,), (second,) = marks(turns, "FV/42"), marks(turns, "FV-042")
    assert first.startswith("FV-042 też jest w księgach")
    assert second.startswith("FV/42 też jest w księgach")
    with turns.turn(HOME) as turn:
        (told,) = json_form.show(turn, "FV/42")
    assert "invoice.written_alike" in str(told["findings"])
