"""A file of the archive that is about a customer goes to them by e-mail."""

from pathlib import Path

from tests.documents.test_archive import LEASE, fetched, found, keeps
from tests.driver import Office
from tests.mail.conftest import ADDRESS
from tests.mail.server import Mailbox
from tests.mail.test_conversation import mails


def test_a_kept_contract_goes_to_its_customer_as_it_was_kept(
    office: Office, box: Mailbox, kowalska: int
) -> None:
    keeps(office, "marek", "umowa.pdf", LEASE, customer="Kowalska")
    _, card = fetched(office.marek, found(office, "marek", "kaucja"))
    office.marek.clicks("Wyślij e-mailem", on=card)
    assert not card.again().has("Wyślij e-mailem")
    (mail,) = mails(box)
    assert mail["To"] == ADDRESS
    assert mail["Reply-To"].addresses[0].addr_spec.startswith("marek")
    assert "Umowa lub aneks ZD-000001" in mail["Subject"]
    text, pdf = mail.iter_parts()
    assert "Szanowni Państwo" in text.get_content()
    assert (pdf.get_filename(), pdf.get_content_type()) == ("umowa.pdf", "application/pdf")
    assert pdf.get_content() == LEASE
    (told,) = [seen for seen in office.marek.dm if "Serwer poczty przyjął" in seen]
    assert "ZD-000001" in told  # several papers may be on their way


def test_who_only_reads_a_paper_sends_it_to_nobody(
    office: Office, box: Mailbox, kowalska: int
) -> None:
    keeps(office, "anna", "umowa.pdf", LEASE)
    _, card = fetched(office.anna, found(office, "anna", "kaucja"))
    assert "Wyślij e-mailem" not in card


def test_a_file_that_was_changed_on_disk_is_not_sent(
    office: Office, box: Mailbox, kowalska: int, tmp_path: Path
) -> None:
    keeps(office, "marek", "umowa.pdf", LEASE, customer="Kowalska")
    _, card = fetched(office.marek, found(office, "marek", "kaucja"))
    (kept,) = (p for p in (tmp_path / "archive").rglob("*") if p.is_file())
    kept.write_bytes(LEASE + b" ")
    office.marek.clicks("Wyślij e-mailem", on=card)
    assert box.taken == []
    assert any("not as it was kept" in seen for seen in office.marek.dm)
