"""The archive in Slack: a file is dropped and kept, found by its words, given out, confirmed, taken
back; nobody else learns that it is there.
"""

from pathlib import Path

import pytest

from bot.slack import HOME
from handlers.documents.service import delivery
from handlers.documents.service.readers import NoSuchDocument
from storage.documents import receipts
from tests.documents.test_archive_commands import pdf
from tests.documents.test_conversation import kowalska, rules
from tests.documents.test_examining import drops
from tests.driver import Colleague, Office, Seen
from tests.running import Running
from tests.tickets.desk import asks, draft

__all__ = ["kowalska", "rules"]
LEASE = pdf("Umowa najmu lokalu w Krakowie", "Kaucja zwrotna")


def offers(office: Office, who: str, name: str, content: bytes) -> list[Seen]:
    """Drops a file; where it may be kept then."""
    before = len(office[who].dm)
    office[who].uploads("@zaplecze", name, content)
    return [seen for seen in office[who].dm[before:] if seen.has("documents.keep")]


def keeps(office: Office, who: str, name: str, content: bytes, **facts: object) -> Seen:
    """Drops a file and keeps it; what is said then."""
    person = office[who]
    (offer,) = offers(office, who, name, content)
    person.clicks("documents.keep", on=offer).fills(**{"kind": "contract", **facts}).submits()
    return person.dm[-1]


def found(office: Office, who: str, words: str) -> Seen:
    office[who].types(f"/document find {words}")
    return office[who].notes("#general")[-1]


def fetched(person: Colleague, hit: Seen) -> tuple[Seen, Seen]:
    """The file that comes, and what stands below it."""
    person.clicks("documents.get", on=hit)
    file = person.dm[-1]
    return file, file.thread[-1]


def test_file_of_more_than_a_megabyte_is_given_out_whole(office: Office) -> None:
    scan = LEASE + bytes(1_200_000)
    keeps(office, "anna", "umowa.pdf", scan)
    file, _ = fetched(office.anna, found(office, "anna", "kaucja"))
    assert [each["size"] for each in file.files] == [len(scan)]


def test_dropped_file_is_kept_found_by_its_text_and_given_out(office: Office) -> None:
    kept = keeps(office, "anna", "umowa.pdf", LEASE, note="lokal na parterze")
    assert "ZD-000001" in kept
    assert "umowa.pdf" in kept
    for words in ("kaucje", "Kraków", "parter", "umowa ZD-000001", "szerződés"):
        assert "ZD-000001" in found(office, "anna", words)
    assert "ZD-000001" not in found(office, "anna", "kaucja rower")
    file, card = fetched(office.anna, found(office, "anna", "kaucja"))
    assert [each["name"] for each in file.files] == ["umowa.pdf"]
    office.anna.clicks("documents.received", on=card)
    assert "documents.received" not in [field.action_id for field in card.again().fields]


def test_newer_version_takes_the_older_ones_place_and_withdrawal_is_told(
    office: Office, bot: Running
) -> None:
    keeps(office, "anna", "umowa.pdf", LEASE)
    _, card = fetched(office.anna, found(office, "anna", "kaucja"))
    newer = keeps(office, "anna", "umowa.pdf", pdf("Umowa najmu, aneks"))
    assert "ZD-000002" in newer
    assert any("ZD-000002" in seen and "⚠️" in seen for seen in drops(office, "anna", LEASE))
    office.anna.clicks("documents.withdraw", on=card)
    assert "documents.withdraw" not in [field.action_id for field in card.again().fields]
    assert any("wycofano" in seen for seen in drops(office, "anna", LEASE))
    assert "ZD-000001" not in found(office, "anna", "kaucja")
    with bot.turns.turn(HOME) as turn:
        assert len(receipts.of_document(turn, 1)) == 1


def test_private_paper_is_seen_by_whom_it_is_about_and_its_department_alone(
    office: Office, bot: Running
) -> None:
    salary = pdf("Wynagrodzenie zasadnicze")
    keeps(office, "ewa", "pasek.pdf", salary, kind="payslip", person="U0TOMASZ")
    assert "ZD-000001" in found(office, "tomasz", "wynagrodzenie")
    assert "ZD-000001" in found(office, "zsofia", "wynagrodzenie")
    for other in ("anna", "marek", "piotr", "daniel"):
        assert "ZD-000001" not in found(office, other, "wynagrodzenie")
    told = drops(office, "marek", salary)
    assert not any("ZD-000001" in seen for seen in told)
    with bot.turns.turn(HOME, "U0MAREK") as turn, pytest.raises(NoSuchDocument):
        delivery.fetch(turn, 1)


def test_private_paper_wants_a_person(office: Office) -> None:
    (offer,) = offers(office, "ewa", "pasek.docx", b"PK")
    office.ewa.clicks("documents.keep", on=offer).fills(kind="payslip").submits()
    assert office.ewa.has_modal
    office.ewa.fills(person="U0TOMASZ").submits()
    assert not office.ewa.has_modal


def test_customers_paper_is_for_who_sees_the_customer(office: Office, kowalska: int) -> None:
    keeps(office, "marek", "umowa.pdf", LEASE, customer="Kowalska")
    assert "ZD-000001" in found(office, "marek", "Kowalska kaucja")
    assert "ZD-000001" in found(office, "piotr", "kaucja")
    assert "ZD-000001" not in found(office, "anna", "kaucja")
    _, card = fetched(office.piotr, found(office, "piotr", "kaucja"))
    assert "documents.withdraw" not in [field.action_id for field in card.fields]
    office.piotr.clicks("documents.posted", on=card)
    assert "ZD-000001" in office.piotr.toast or "ZD-000001" in office.piotr.dm[-1]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Machines were inspected by the insurers", "insurer machine"),
        ("A bérleti díjakat a lakásokban fizetik", "lakás díj"),
    ],
)
def test_words_of_a_paper_are_found_in_another_form(
    office: Office, written: str, asked: str
) -> None:
    keeps(office, "anna", "paper.pdf", pdf(written))
    assert "ZD-000001" in found(office, "anna", asked)
    assert "ZD-000001" not in found(office, "anna", "xylophone")


def test_file_that_is_gone_or_changed_on_disk_is_said(office: Office, tmp_path: Path) -> None:
    keeps(office, "anna", "umowa.pdf", LEASE)
    (kept,) = (p for p in (tmp_path / "archive").rglob("*") if p.is_file())
    kept.write_bytes(LEASE.replace(b"%%EOF", b"%%EOF "))
    office.anna.clicks("documents.get", on=found(office, "anna", "kaucja"))
    assert "zmieniony" in office.anna.dm[-1]
    kept.unlink()
    office.anna.clicks("documents.get", on=found(office, "anna", "kaucja"))
    assert "nie ma już" in office.anna.dm[-1]


def test_agent_uploads_files_by_a_form_and_archive_kinds_are_searched(office: Office) -> None:
    both = [draft(office, "pierwsza.txt", "ewa"), draft(office, "druga.txt", "ewa")]
    office.ewa.types("/document keep").fills(kind="contract", files=both).submits()
    assert any("ZD-000002" in seen for seen in office.ewa.dm)
    office.ewa.types("/document umowa druga")
    assert "druga.txt" in office.ewa.notes("#general")[-1]
    assert "pierwsza.txt" not in office.ewa.notes("#general")[-1]


def test_kept_kind_of_which_there_is_none_is_offered_as_a_ticket(office: Office) -> None:
    office.kata.types("/document bérjegyzék októberre").clicks("tickets.offer")
    assert office.kata.modal.value("subject") == "bérjegyzék októberre"


def test_a_tickets_transcript_leads_back_to_its_ticket(office: Office) -> None:
    asks(office, "anna", "Drukarka nie działa")
    office.anna.types("/document zapis zgłoszenia BO-1")
    if office.anna.has_modal:
        office.anna.submits()
    file = next(seen for seen in office.anna.dm if seen.files)
    (card,) = (seen for seen in file.thread if "Otwórz zgłoszenie" in seen)
    office.anna.clicks("Otwórz zgłoszenie", on=card)
    assert "Drukarka nie działa" in office.anna.modal


def offers_to_keep(office: Office, name: str, content: bytes) -> int:
    """How often keeping is offered for a file that finance drops."""
    return len(offers(office, "beata", name, content))


def test_what_finance_drops_is_kept_or_imported_by_its_content_whatever_its_name(
    office: Office,
) -> None:
    statement = b":20:1\n:25:PL41109010140000000042000001\n:28C:1\n:60F:C261101PLN0,00\n"
    booked = b":61:2611021102C1,00NTRFNONREF\n:86:x\n:62F:C261102PLN1,00\n-\n"
    assert offers_to_keep(office, "wyciag.txt", statement + booked) == 0
    assert offers_to_keep(office, "notatka.txt", b"Kaucja zwrotna, klucze u portiera.") == 1
    assert offers_to_keep(office, "mapa.xml", b"<kml><Placemark/></kml>") == 1
    assert (
        offers_to_keep(office, "faktury.csv", b"Numer;Data;Brutto;Waluta\nF/1;2026-11-02;1;PLN\n")
        == 0
    )
    assert offers_to_keep(office, "plan.docx", b"PK") == 1


def test_question_about_a_file_is_answered_once_it_is_kept(office: Office) -> None:
    (offer,) = offers(office, "tomasz", "umowa.pdf", LEASE)
    office.tomasz.clicks("documents.keep", on=offer).fills(kind="contract").submits()
    settled = offer.again()
    assert settled.buttons == []
    assert "umowa.pdf" in settled
    assert "w archiwum" in settled
