"""Completing a ticket that names an invoice: what who fills it in may see decides."""

from tests.books import books, desk, rules
from tests.driver import Office
from tests.tickets.desk import newest_card

__all__ = ["books", "desk", "rules"]

SEEN = "FV/2026/11/0042"


def test_requester_completes_beside_an_invoice_that_they_may_not_see(desk: Office) -> None:
    desk.marek.types("/ticket Korekta").fills(type="invoice_correction", requester="tomasz")
    (label, *_) = desk.marek.suggestions("field_invoice", SEEN)
    assert label.startswith(f"{SEEN} · ")
    desk.marek.fills(field_invoice=label, field_wrong="vat", description="VAT 8%").submits()
    card = newest_card(desk)
    desk.marek.clicks("tickets.answer", on=card).fills(text="Od kiedy?", then="requester").submits()
    desk.tomasz.clicks("tickets.complete")
    assert desk.tomasz.suggestions("field_invoice", SEEN) == [f"“{SEEN}”"]
    desk.tomasz.fills(description="VAT 8%, od maja").submits()
    assert not desk.tomasz.has_modal
    assert SEEN in card.again()
    assert "od maja" in card.again()


def test_what_is_typed_of_an_invoice_out_of_sight_is_taken_as_typed(desk: Office) -> None:
    desk.tomasz.types("/ticket Korekta").fills(type="invoice_correction")
    desk.tomasz.fills(field_invoice=f"“{SEEN}”", field_wrong="vat", description="VAT 8%").submits()
    assert not desk.tomasz.has_modal
    assert SEEN in newest_card(desk)
