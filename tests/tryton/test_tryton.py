"""The connector and a real Tryton: every promise of the protocol, by both ways in, and what only
real books show.
"""

from decimal import Decimal
from pathlib import Path

import pytest

from bot.edge.turns import Turns
from bot.slack import HOME
from handlers.invoices.connectors.http import Server
from handlers.invoices.connectors.problems import KeyRefused, NotThere
from handlers.invoices.connectors.tryton.connector import Tryton
from handlers.invoices.service import source_sync
from handlers.ledger.service import lookup as ledger
from tests.books import rules
from tests.connectors.conformance import A_MOMENT, CHECKS, Check, everything, invoice_of
from tests.tryton.installing import SERIES
from tests.tryton.server import Office, office

__all__ = ["rules"]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_tryton_conforms(tryton: Office, check: Check) -> None:
    check(tryton)


def test_both_ways_in_tell_the_same(tryton: Office) -> None:
    tryton.books(tryton.posts("90", [10, 20, 30]), "40")
    by_password = Tryton.by_password(tryton.url, tryton.user, tryton.password)
    assert list(everything(by_password)) == list(everything(tryton.connector))


def test_credit_note_cancels_what_it_corrects(tryton: Office) -> None:
    number = tryton.posts("100", [14])
    credit = invoice_of(tryton, tryton.does("credit", number))
    assert (credit.document.kind, credit.document.total) == ("cancellation", Decimal(-100))
    assert [one.number for one in credit.document.corrects] == [number]
    assert credit.payments == invoice_of(tryton, number).payments == ()


def test_what_the_books_alone_took_back_is_told_as_an_entry_of_its_own(tryton: Office) -> None:
    number = tryton.posts("100", [14])
    tryton.does("cancel", number)
    invoice, entry = tryton.connector.by_number(number)
    assert (invoice.document.total, invoice.payments) == (Decimal(100), ())
    assert (entry.document.kind, entry.document.total) == ("cancellation", Decimal(-100))
    assert [one.number for one in entry.document.corrects] == [number]


def test_moved_due_date_is_a_change(tryton: Office) -> None:
    number = tryton.posts("100", [14])
    since = tryton.connector.changed(None).as_of - A_MOMENT
    day = tryton.does("postpone", number, 60)
    (seen,) = [one for one in everything(tryton.connector, since) if one.document.number == number]
    assert [str(one) for one in seen.document.due_on] == [day]


def test_suppliers_invoice_goes_by_the_suppliers_number(tryton: Office) -> None:
    tryton.does("invoice", "70", [14], "posted", "in", "S-77/2026")
    bill = invoice_of(tryton, "S-77/2026")
    assert (bill.direction, bill.document.total, bill.document.seller.name) == (
        "payable",
        Decimal(70),
        "Globex GmbH",
    )
    tryton.does("pay_bill", "S-77/2026", "70")
    assert [one.amount for one in invoice_of(tryton, "S-77/2026").payments] == [70]


def test_another_currency_is_told_in_itself(tryton: Office) -> None:
    number = str(tryton.does("invoice", "100", [14], "posted", "out", "PO", "Globex GmbH", "USD"))
    document = invoice_of(tryton, number).document
    assert (document.currency, document.total, document.instalments[0].amount) == (
        "USD",
        Decimal(100),
        Decimal(100),
    )


@pytest.mark.parametrize("is_by_key", [True, False], ids=["rest", "rpc"])
def test_customers_address_and_language_are_told(tryton: Office, is_by_key: bool) -> None:
    party = f"Initech {is_by_key}"
    tryton.does("meets", party)
    tryton.does("reaches", party, "office@initech.example")
    tryton.does("speaks", party, "hu")
    number = str(tryton.does("invoice", "100", [14], "posted", "out", "PO", party))
    by_password = Tryton.by_password(tryton.url, tryton.user, tryton.password)
    source = tryton.connector if is_by_key else by_password
    (one,) = source.by_number(number)
    assert (one.document.buyer.email, one.document.buyer.language) == (
        "office@initech.example",
        "hu",
    )
    tryton.does("reaches", party, "invoices@initech.example", True)
    (one,) = source.by_number(number)
    assert one.document.buyer.email == "invoices@initech.example"


def test_where_addresses_are_closed_to_us_invoices_are_told(tmp_path: Path, tryton: Office) -> None:
    with office(tmp_path, SERIES) as closed:
        number = closed.posts("100", [14])
        closed.does("reaches", "Globex GmbH", "office@globex.example")
        closed.does("closes", "party.contact_mechanism")
        by_password = Tryton.by_password(closed.url, closed.user, closed.password)
        for source in (closed.connector, by_password):
            (one,) = source.by_number(number)
            assert (one.document.total, one.document.buyer.email) == (Decimal(100), None)


def test_key_that_is_not_known_is_refused(tryton: Office) -> None:
    with pytest.raises(KeyRefused, match="ZAPLECZE_TRYTON_KEY"):
        Tryton.by_key(tryton.url, "nonsense").changed(None)
    with pytest.raises(KeyRefused, match="ZAPLECZE_TRYTON_PASSWORD"):
        Tryton.by_password(tryton.url, tryton.user, "nonsense").changed(None)
    with pytest.raises(NotThere):
        Tryton.by_key(tryton.url + "x", tryton.key).changed(None)


def test_the_readers_key_can_change_nothing(tryton: Office) -> None:
    number = tryton.posts("10", [14])
    server = Server("Tryton", tryton.url, "")
    path = f"/rest/model/account.invoice/{invoice_of(tryton, number).reference}"
    refused = server.ask(
        "PUT", path, {"Authorization": f"Bearer {tryton.key}"}, {"reference": "mine now"}
    )
    assert refused.status in (400, 403)


def test_ledger_sees_what_is_paid_there_and_taken_back(tryton: Office, turns: Turns) -> None:
    number = tryton.posts("100", [14])

    def catch_up(**how: bool) -> None:
        assert source_sync.catch_up(
            tryton.connector, lambda: turns.turn(HOME), lambda: False, **how
        ).is_done

    def outstanding() -> int:
        with turns.turn(HOME) as turn:
            found = ledger.look_up(turn, number).entries
            return next(one.state.outstanding for one in found if one.invoice.number == number)

    catch_up()
    assert outstanding() == 10000
    tryton.books(number, "40")
    catch_up()
    assert outstanding() == 6000
    tryton.books(number, "60")
    catch_up()
    assert outstanding() == 0
    tryton.takes_back(number)
    catch_up(everything=True)
    assert outstanding() == 10000
