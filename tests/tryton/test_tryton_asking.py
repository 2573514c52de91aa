"""A real Tryton asked at once, by both ways in: by number from Slack, and for the PDF that it has
printed itself.
"""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import Engine

from bot.slack import HOME
from handlers.invoices.connectors.problems import KeyRefused
from handlers.invoices.connectors.protocol import Connector
from handlers.invoices.connectors.tryton.connector import Tryton
from handlers.ledger.service import lookup as ledger
from storage.invoices import connections
from tests import databases
from tests.books import rules
from tests.connectors.conformance import CHECKS, Check
from tests.documents.test_conversation import pdf_of
from tests.driver import Office, Seen
from tests.running import Running
from tests.tryton.server import Office as Books

__all__ = ["rules"]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
ASK = "Zapytaj: Tryton"
COPY = "Kopia PDF"


@pytest.fixture
def engine(sqlite_template: Path, tmp_path: Path) -> Iterator[Engine]:
    """One kind of database is enough: what differs here is Tryton."""
    with databases.fresh_sqlite(sqlite_template, tmp_path) as fresh:
        yield fresh


@pytest.fixture(params=["key", "password"])
def source(request: pytest.FixtureRequest, tryton: Books) -> Connector:
    """Tryton by REST with a user application's key, and by JSON-RPC with a password."""
    if request.param == "key":
        return Tryton.by_key(tryton.url, tryton.key)
    return Tryton.by_password(tryton.url, tryton.user, tryton.password)


@pytest.fixture
def asked(office: Office, bot: Running, source: Connector) -> Office:
    """Everybody at work, with Tryton connected and nothing read from it."""
    bot.bot.worker.tools = replace(bot.bot.worker.tools, connectors={"tryton": source})
    with bot.turns.turn(HOME) as turn:
        connections.keep(turn, ["tryton"])
    return office


def reference(source: Connector, number: str) -> str:
    (found,) = source.by_number(number)
    return found.reference


def copied(office: Office) -> Seen:
    """A copy as PDF, asked for on the card that stands last; the message that carries it."""
    office.marek.clicks(COPY, on=office.marek.dm[-1])
    return next(message for message in reversed(office.marek.dm) if message.files)


def words(pdf: bytes | None) -> str:
    assert pdf
    return PdfReader(BytesIO(pdf)).pages[0].extract_text()


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_by_password_tryton_conforms_as_well(tryton: Books, check: Check) -> None:
    check(
        replace(tryton, connector=Tryton.by_password(tryton.url, tryton.user, tryton.password, 4))
    )


def test_number_that_only_tryton_knows_is_asked_for_and_booked(
    asked: Office, bot: Running, tryton: Books
) -> None:
    number = str(tryton.does("invoice", "123.45", [14], "posted"))
    tryton.books(number, "23.45")
    asked.marek.types(f"/invoice {number}", "#general")
    assert "Nie ma faktury ani klienta" in asked.marek.notes("#general")[-1]
    asked.marek.clicks(ASK)
    card = asked.marek.dm[-1]
    assert number in card
    assert "Globex GmbH" in card
    with bot.turns.turn(HOME) as turn:
        (entry,) = ledger.look_up(turn, number).entries
    assert (entry.invoice.total, entry.state.outstanding, entry.invoice.currency) == (
        12345,
        10000,
        "EUR",
    )


def test_suppliers_number_is_asked_for_as_it_is_typed(
    asked: Office, bot: Running, tryton: Books
) -> None:
    number = f"GX-{tryton.posts('1', [14])}/A"
    tryton.does("invoice", "70", [14], "posted", "in", number)
    asked.marek.types(f"/invoice {number.lower()}", "#general").clicks(ASK)
    assert number in asked.marek.dm[-1]
    with bot.turns.turn(HOME) as turn:
        (entry,) = ledger.look_up(turn, number).entries
    assert (entry.invoice.direction, entry.invoice.total) == ("payable", 7000)


def test_number_that_exists_nowhere_is_told_so(asked: Office, bot: Running) -> None:
    asked.marek.types("/invoice R/9999", "#general").clicks(ASK)
    assert "Tryton: nie ma tam faktury „R/9999”" in asked.marek.dm[-1]
    with bot.turns.turn(HOME) as turn, pytest.raises(ledger.NothingFound):
        ledger.look_up(turn, "R/9999")


def test_draft_without_a_number_is_found_by_none(source: Connector, tryton: Books) -> None:
    tryton.does("invoice", "10", [14], "draft", "out", "PO-OF-A-DRAFT")
    assert source.by_number("PO-OF-A-DRAFT") == ()


def test_tryton_that_refuses_us_is_told_to_who_asked(
    office: Office, bot: Running, tryton: Books
) -> None:
    bot.bot.worker.tools = replace(
        bot.bot.worker.tools, connectors={"tryton": Tryton.by_key(tryton.url, "nonsense")}
    )
    with bot.turns.turn(HOME) as turn:
        connections.keep(turn, ["tryton"])
    office.marek.types("/invoice R/9999", "#general").clicks(ASK)
    assert "ZAPLECZE_TRYTON_KEY" in office.marek.dm[-1]


def test_pdf_that_tryton_has_printed_is_its_original(
    asked: Office, tryton: Books, source: Connector
) -> None:
    number = tryton.posts("321.09", [14])
    assert tryton.does("prints", number, "pdf") == "pdf"
    original = source.pdf(reference(source, number))
    assert "Globex GmbH" in words(original)
    assert "321.09" in words(original)
    asked.marek.types(f"/invoice {number}", "#general").clicks(ASK)
    copy = copied(asked)
    assert "oryginał ze źródła Tryton" in copy
    assert asked.world.store.bytes_of(copy.files[0]["id"]) == original


@pytest.mark.parametrize("deed", ["prints an ODT", "has not printed it"])
def test_our_picture_stands_in_where_tryton_has_no_pdf(
    asked: Office, tryton: Books, source: Connector, deed: str
) -> None:
    number = tryton.posts("50", [14])
    if deed == "has not printed it":
        tryton.does("loses_the_report", number)
    before = tryton.does("kept_report", number)
    assert before == ("odt" if deed == "prints an ODT" else None)
    assert source.pdf(reference(source, number)) is None
    asked.marek.types(f"/invoice {number}", "#general").clicks(ASK)
    copy = copied(asked)
    assert "oryginał" not in copy
    assert "ze źródła Tryton nie przyszedł plik PDF" in copy
    assert f"Faktura {number}" in pdf_of(asked, copy)
    assert tryton.does("kept_report", number) == before, "asking has Tryton print nothing"


def test_pdf_of_what_is_not_there_is_none(source: Connector) -> None:
    assert source.pdf("999999") is None


def test_pdf_is_not_told_to_a_key_that_is_refused(tryton: Books) -> None:
    number = tryton.posts("10", [14])
    known = reference(tryton.connector, number)
    for refused in (
        Tryton.by_key(tryton.url, "x"),
        Tryton.by_password(tryton.url, tryton.user, "x"),
    ):
        with pytest.raises(KeyRefused):
            refused.pdf(known)
