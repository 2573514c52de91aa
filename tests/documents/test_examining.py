"""A PDF dropped on the bot: genuine, altered, superseded, or nobody's business."""

import time
from datetime import date

import pytest

from bot.kit.pdf.marks import code_in
from bot.slack import HOME
from handlers.documents.model.asked import Asked
from handlers.documents.service import requests
from storage.documents import files
from storage.invoices import customers
from tests.documents.test_conversation import kowalska, rules
from tests.driver import Office, Seen
from tests.running import Running

__all__ = ["kowalska", "rules"]


@pytest.fixture
def pdf(office: Office, bot: Running, kowalska: int) -> bytes:
    """A statement that Piotr asked for."""
    return made(office, bot, kowalska, "view:V1")


def made(office: Office, bot: Running, customer: int, origin: str) -> bytes:
    asked = Asked("account_statement", customer, date(2026, 11, 23), "en", {})
    with bot.turns.turn(HOME, "U0PIOTR") as turn:
        document = requests.request(turn, asked, origin)
    office.calm()
    with bot.turns.turn(HOME) as turn:
        return files.content(turn, f"document:{document.id}")


def drops(
    office: Office, who: str, content: bytes, channel: str = "@zaplecze", text: str = ""
) -> list[Seen]:
    """What is answered in the file's thread."""
    return office[who].uploads(channel, "pismo.pdf", content, text).again().thread


def test_document_of_ours_is_genuine_to_who_asked_for_it(office: Office, pdf: bytes) -> None:
    (answer,) = drops(office, "piotr", pdf)
    assert "*Zestawienie należności* ZD-000001 – dokument autentyczny" in answer


def test_finance_hears_of_it_and_it_is_not_read_as_an_invoice(office: Office, pdf: bytes) -> None:
    (answer,) = drops(office, "marek", pdf)
    assert "ZD-000001 – dokument autentyczny" in answer


def test_document_in_a_channel_that_its_customer_reads_is_examined(
    office: Office, pdf: bytes
) -> None:
    mention = f"<@{office.world.app.bot_user_id}>"
    (answer,) = drops(office, "piotr", pdf, "#ext-kowalska", mention)
    assert "ZD-000001 – dokument autentyczny" in answer


def test_altered_document_is_named(office: Office, pdf: bytes) -> None:
    (answer,) = drops(office, "marek", pdf.replace(b"%%EOF", b"%%EOF\n% changed"))
    assert "🚨 To nie jest *Zestawienie należności* ZD-000001" in answer


def test_older_document_names_the_newer_one_where_something_changed(
    office: Office, bot: Running, kowalska: int, pdf: bytes
) -> None:
    made(office, bot, kowalska, "view:V2")
    assert "dokument autentyczny" in drops(office, "piotr", pdf)[0]
    with bot.turns.turn(HOME) as turn:
        customers.change(turn, kowalska, address="ul. Nowa 1\n90-002 Łódź")
    made(office, bot, kowalska, "view:V3")
    assert "jest nowszy: ZD-000003" in drops(office, "piotr", pdf)[0]


def test_with_a_mention_it_is_answered_in_the_thread(office: Office, pdf: bytes) -> None:
    mention = f"<@{office.world.app.bot_user_id}>"
    assert any(
        "ZD-000001" in seen for seen in drops(office, "marek", pdf, "#bo-accounting", mention)
    )


def test_whom_it_does_not_concern_learns_neither_number_nor_verdict(
    office: Office, pdf: bytes
) -> None:
    answers = "".join(map(str, drops(office, "tomasz", pdf)))
    assert "tylko z osobami, których dotyczy" in answers
    assert "ZD-000001" not in answers
    assert "autentyczny" not in answers


def test_document_of_ours_is_answered_once_unless_something_is_asked_with_it(
    office: Office, pdf: bytes
) -> None:
    before = len(office.anna.dm)
    answers = drops(office, "anna", pdf)
    assert (len(answers), len(office.anna.dm)) == (1, before + 1)
    mention = f"<@{office.world.app.bot_user_id}>"
    assert len(drops(office, "tomasz", pdf, "#general", mention)) == 1
    assert (office.tomasz.notes("#general"), office.tomasz.dm) == ([], [])
    drops(office, "anna", pdf, text="The sum is wrong, please look at it")
    assert "Złóż zgłoszenie" in office.anna.dm[-1].buttons


def test_foreign_pdf_without_a_word_is_offered_a_ticket(office: Office, pdf: bytes) -> None:
    foreign = b"%PDF-1.7\n% of somebody else"
    drops(office, "anna", foreign)
    assert office.anna.clicks("Złóż zgłoszenie", on=office.anna.dm[-1]).has_modal
    office.anna.closes(everything=True)
    drops(office, "piotr", foreign, "#sales", f"<@{office.world.app.bot_user_id}>")
    assert office.piotr.clicks("Złóż zgłoszenie", on=office.piotr.dm[-1]).has_modal


def test_foreign_pdf_goes_its_way_and_may_be_kept(office: Office, pdf: bytes) -> None:
    foreign = b"%PDF-1.7\n% of somebody else"
    assert drops(office, "anna", foreign) == []
    assert "Do archiwum" in office.anna.dm[-1].buttons
    (answer,) = drops(office, "marek", foreign)  # it is read as an invoice
    assert "autentyczny" not in answer
    assert "Do archiwum" in office.marek.dm[-1].buttons


def test_pdf_that_takes_its_reader_in_is_like_any_other(office: Office) -> None:
    chain = b"".join(b"%d 0 obj\n%d 0 R\nendobj\n" % (n, n + 1) for n in range(1, 3000))
    drops(
        office,
        "anna",
        b"%PDF-1.4\n" + chain + b"trailer<</Root 1 0 R/Info 1 0 R>>\nstartxref\n99999999\n%%EOF",
    )
    assert "Złóż zgłoszenie" in office.anna.dm[-1].buttons


def test_large_pdf_that_hides_its_table_is_not_looked_through() -> None:
    many = b"".join(b"%d 0 obj<<>>endobj\n" % n for n in range(400_000))
    begun = time.process_time()
    assert code_in(b"%PDF-1.4\n" + many + b"startxref\n11\n%%EOF") == ""
    assert time.process_time() - begun < 2


def test_code_typed_from_paper_is_known_to_who_may_see_the_document(
    office: Office, bot: Running, pdf: bytes
) -> None:
    code = code_in(pdf)
    office.piotr.types(f"/document verify {code.lower()}", "#general")
    assert (
        f"Kod {code} należy do dokumentu *Zestawienie należności* ZD-000001"
        in office.piotr.notes("#general")[-1]
    )
    office.tomasz.types(f"/document verify {code}", "#general")
    office.marek.types("/document ABCD-EFGH-2345", "#general")
    hidden, unknown = office.tomasz.notes("#general")[-1], office.marek.notes("#general")[-1]
    assert str(hidden).replace(code, "…") == str(unknown).replace("ABCD-EFGH-2345", "…")
