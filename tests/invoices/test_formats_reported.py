"""Invoice files written after what people reported of other programs, each as it is read."""

import json
import zipfile
from base64 import b64encode
from io import BytesIO
from pathlib import Path

import pytest

from bot.kit.files import archives
from bot.kit.folding import fold
from handlers.invoices.formats.contents import content_of
from handlers.invoices.formats.document import InvoiceDocument, Party
from handlers.invoices.model.checks import check
from handlers.invoices.service.document_booking import direction_of
from handlers.invoices.service.document_reader import Read, check_paths, read_bytes, read_path
from handlers.ledger.statements import reader
from tests.invoices.samples import content, pdf_with
from tests.ledger import test_statements_reported

READINGS: dict[str, list[dict[str, object]]] = json.loads(
    (Path(__file__).parent / "reported.json").read_text(encoding="utf-8")
)
OURS = frozenset({("7012340018", "PL")})
CII = content("cii.xml")


@pytest.fixture
def reported(data: Path) -> Path:
    return data / "reported" / "money"


def only(reads: list[Read]) -> InvoiceDocument:
    [read] = reads
    assert read.document, read.problem
    return read.document


def rules(document: InvoiceDocument) -> list[str]:
    return [finding.rule.id for finding in check(document)]


def zipped(files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return written.getvalue()


@pytest.mark.parametrize("name", READINGS)
def test_a_reported_file_is_read_as_it_was(name: str, reported: Path) -> None:
    assert [_frozen(one) for one in check_paths([reported / name])] == READINGS[name]


def test_every_reported_file_is_held_to_what_was_read(reported: Path) -> None:
    """As invoices, as statements, or as what stands beside them: catalogues, lists of customers."""
    held = {(reported / name).resolve() for name in READINGS | test_statements_reported.READINGS}
    files = {file.resolve() for file in reported.parent.rglob("*") if file.is_file()}
    beside = {"zaplecze.toml", "customer.csv", "odd-customers.csv"}
    assert {file.name for file in files - held} <= beside


def _frozen(read: dict[str, object]) -> dict[str, object]:
    facts = {key: fact for key, fact in read.items() if fact not in (None, [])}
    if "findings" in facts:
        facts["findings"] = [one["rule"] for one in read["findings"]]  # type: ignore[attr-defined]
    for side in {"seller", "buyer"} & facts.keys():
        facts[side] = read[side]["tax_id"]  # type: ignore[index]
    return {key: fact for key, fact in facts.items() if key not in ("path", "ksef_number")}


@pytest.mark.parametrize(
    ("name", "direction"),
    [
        ("buyer-endpoint-only", "payable"),
        ("buyer-legalid-only", "payable"),
        ("buyer-name-only", "payable"),
        ("legal-id-only", "payable"),
        ("plain", "payable"),
    ],
)
def test_we_are_known_by_whatever_number_or_name_is_told(
    name: str, direction: str, reported: Path
) -> None:
    document = only(list(read_path(reported / "ubl" / f"{name}.xml")))
    ours = fold("Latarnia Sp. z o.o.")
    assert direction_of(OURS, document.seller, document.buyer, ours) == direction


def test_another_number_is_ours_only_where_it_is_the_same() -> None:
    stranger, us = Party("A", "1", None, ("7012340024",)), Party("B", None, None, ("7012340018",))
    assert direction_of(OURS, us, stranger) == "receivable"
    assert direction_of(OURS, stranger, stranger, "latarnia") == "none"
    namesake = Party("Latarnia", "5260250274", "PL")
    assert direction_of(OURS, namesake, stranger, "latarnia") == "none"


@pytest.mark.parametrize("version", ["FA (2)", "FA (3)"])
@pytest.mark.parametrize(
    ("name", "to_pay"), [("rozliczenie-czesciowo", "700"), ("rozliczenie-zaplacono", "0")]
)
def test_what_is_to_pay_is_less_what_was_paid(
    version: str, name: str, to_pay: str, reported: Path
) -> None:
    data = (reported / "ksef" / f"{name}.xml").read_bytes().replace(b"FA (3)", version.encode())
    document = only(list(read_bytes(data, "a.xml")))
    assert str(document.to_pay).removesuffix(".00") == to_pay


def test_parts_above_what_is_asked_for_are_a_finding(reported: Path) -> None:
    data = (reported / "ksef" / "rozliczenie-czesciowo.xml").read_bytes()
    more = data.replace(b"ciowej>500.00<", b"ciowej>1500.00<")
    assert "paid.above" in rules(only(list(read_bytes(more, "a.xml"))))


@pytest.mark.parametrize(
    ("issued", "months", "due"),
    [("2026-01-31", 1, "2026-02-28"), ("2026-11-30", 3, "2027-02-28"), ("2026-12-15", 1, "2027")],
)
def test_a_term_in_months_ends_on_that_day_or_the_months_last(
    issued: str, months: int, due: str, reported: Path
) -> None:
    text = (reported / "ksef" / "opis-miesiac.xml").read_text(encoding="utf-8")
    text = text.replace(">2026-01-15</P_1>", f">{issued}</P_1>")
    text = text.replace("<Ilosc>1<", f"<Ilosc>{months}<")
    [day] = only(list(read_bytes(text.encode(), "a.xml"))).due_on
    assert day.isoformat().startswith(due)


def numbered(number: str) -> bytes:
    return CII.replace(b">R-77<", f">{number}<".encode())


def drawn(objects: list[bytes]) -> bytes:
    """A PDF of these objects, the first of them its catalogue."""
    body, places = b"%PDF-1.7\n", []
    for number, made in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, made)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n" % (len(objects) + 1)
    return body + head + table + tail + b"%d\n%%%%EOF\n" % len(body)


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (more, len(data), data)


def carrying(catalogue: bytes, page: bytes, *others: bytes) -> bytes:
    """A PDF whose file is object 4 and its content object 5."""
    named = b"<</Type/Filespec/F(a.xml)/EF<</F 5 0 R>>>>"
    pages, first = b"<</Type/Pages/Count 1/Kids[3 0 R]>>", b"<</Type/Page/Parent 2 0 R%s>>" % page
    top = b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue
    return drawn([top, pages, first, named, stream(CII), *others])


@pytest.mark.parametrize(
    ("catalogue", "page"),
    [
        (b"/AF[4 0 R]", b""),
        (b"/AF 4 0 R", b""),
        (b"", b"/AF[4 0 R]"),
        (b"", b"/Annots[<</Type/Annot/Subtype/FileAttachment/FS 4 0 R>>]"),
        (b"/Names<</EmbeddedFiles<</Kids[<</Kids[<</Names[(a) 4 0 R]>>]>>]>>>>", b"/AF[4 0 R]"),
    ],
)
def test_an_invoice_is_read_wherever_a_pdf_may_carry_it(catalogue: bytes, page: bytes) -> None:
    assert only(list(read_bytes(carrying(catalogue, page), "a.pdf"))).number == "R-77"


def test_a_tree_of_files_that_runs_in_circles_ends() -> None:
    looped = carrying(b"/Names<</EmbeddedFiles 6 0 R>>", b"", b"<</Kids[6 0 R 6 0 R 6 0 R]>>")
    [read] = read_bytes(looped, "a.pdf")
    assert "carries no invoice data" in str(read.problem)


def test_the_name_in_the_metadata_decides_which_file_is_the_invoice() -> None:
    xmp = stream(b"<x><fx:DocumentFileName>b.xml</fx:DocumentFileName></x>", b"/Type/Metadata")
    files = b"/Names<</EmbeddedFiles<</Names[(factur-x.xml) 4 0 R(b.xml) 7 0 R]>>>>"
    other = b"<</Type/Filespec/F(b.xml)/EF<</F 8 0 R>>>>"
    pdf = carrying(files + b"/Metadata 6 0 R", b"", xmp, other, stream(numbered("R-78")))
    document = only(list(read_bytes(pdf, "a.pdf")))
    assert document.number == "R-78"
    [finding] = document.noticed
    assert "R-77" in finding.message


def test_the_relationship_decides_where_no_name_does() -> None:
    files = b"/Names<</EmbeddedFiles<</Names[(a.xml) 4 0 R(b.xml) 6 0 R]>>>>"
    other = b"<</Type/Filespec/F(b.xml)/AFRelationship/Alternative/EF<</F 7 0 R>>>>"
    document = only(
        list(read_bytes(carrying(files, b"", other, stream(numbered("R-78"))), "a.pdf"))
    )
    assert document.number == "R-78"


def test_another_invoice_is_not_read_in_place_of_a_damaged_one() -> None:
    [read] = read_bytes(pdf_with([("a.xml", CII), ("factur-x.xml", CII[:-20])]), "a.pdf")
    assert "not well-formed" in str(read.problem)


def test_the_same_invoice_in_two_forms_is_one() -> None:
    pdf = pdf_with([("factur-x.xml", CII), ("copy.xml", CII)])
    assert only(list(read_bytes(pdf, "a.pdf"))).noticed == ()


HEADED = (
    b'<StandardBusinessDocument xmlns="http://www.unece.org/cefact/namespaces/'
    b'StandardBusinessDocumentHeader"><StandardBusinessDocumentHeader/>%s'
    b"</StandardBusinessDocument>"
)
ATTACHED = (
    b'<AttachedDocument xmlns="urn:oasis:names:specification:ubl:schema:xsd:AttachedDocument-2">'
    b"<Attachment><EmbeddedDocumentBinaryObject>%s</EmbeddedDocumentBinaryObject></Attachment>"
    b"</AttachedDocument>"
)


def test_envelopes_within_envelopes_are_opened() -> None:
    data = HEADED % (b"<BinaryContent>%s</BinaryContent>" % b64encode(ATTACHED % b64encode(CII)))
    document = only(list(read_bytes(data, "a.xml")))
    assert (document.format, document.number) == ("cii", "R-77")
    found = content_of(data, "R-77")
    assert found is not None
    assert found.lines


@pytest.mark.parametrize("inside", [b"", b"<BinaryContent>!</BinaryContent>", b"<Letter/>"])
def test_an_envelope_without_an_invoice_is_refused(inside: bytes) -> None:
    [read] = read_bytes(HEADED % inside, "a.xml")
    assert "is no invoice that can be read" in str(read.problem)


def test_each_file_of_an_archive_is_read_and_kept() -> None:
    files = {"a.xml": CII, "x/b.xml": numbered("R-78"), "c.txt": b"?", "__MACOSX/a.xml": b"x"}
    reads = list(read_bytes(zipped(files), "a.zip"))
    assert [read.document and read.document.number for read in reads] == ["R-77", "R-78", None]
    assert [read.original for read in reads] == [CII, numbered("R-78"), None]
    assert [read.path for read in reads] == ["a.zip/a.xml", "a.zip/x/b.xml", "a.zip/c.txt"]


def test_statements_of_an_archive_are_read(reported: Path) -> None:
    names = ("mt940/rc-rd.sta", "camt/batch.xml")
    files = {name: (reported / name).read_bytes() for name in names}
    assert [one.format for one in reader.read(zipped(files))] == ["mt940", "camt.053"]


def nameless(archive: bytes) -> bytes:
    """Its last file, whose name is one sign, has none in the list at its end."""
    place = archive.rfind(b"b", 0, archive.rfind(b"PK\x05\x06"))
    return archive[:place] + b"\0" + archive[place + 1 :]


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (zipped({"a.xml": CII})[:-30], "damaged or cut off"),
        (nameless(zipped({"a.xml": CII, "b": b"x"})), "damaged or cut off"),
        (zipped({"b.zip": zipped({"a.xml": CII})}), "another archive"),
        (zipped({f"{n}.xml": b"" for n in range(archives.MAX_FILES + 1)}), "too much"),
        (zipped({"a.xml": b" " * (archives.MAX_UNFOLDED + 1)}), "too much"),
    ],
)
def test_an_archive_is_opened_within_bounds(data: bytes, refusal: str) -> None:
    *_, read = read_bytes(data, "a.zip")
    assert refusal in str(read.problem)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ((b">urn:cen.eu:en16931:2017<", b">urn:cen.eu:en16931:2017:compliant:x:1p0:basic<"), ""),
        ((b">urn:cen.eu:en16931:2017<", b">urn:cen.eu:nothing<"), "profile.unknown"),
    ],
)
def test_a_profile_is_known_with_colons_too(change: tuple[bytes, bytes], rule: str) -> None:
    document = only(list(read_bytes(CII.replace(*change), "a.xml")))
    assert ("profile.unknown" in rules(document)) is bool(rule)


def test_an_advance_is_invoiced_after_it_was_due() -> None:
    late = CII.replace(b">380<", b">386<")
    document = only(list(read_bytes(late, "a.xml")))
    issued = document.issued_on
    assert issued
    early = document.instalments[0]._replace(due_on=issued.replace(year=issued.year - 1))
    assert "due_on.before_issue" not in rules(document._replace(instalments=(early,)))
    invoice = document._replace(instalments=(early,), kind="invoice")
    assert "due_on.before_issue" in rules(invoice)


@pytest.mark.parametrize(
    ("account", "is_finding"),
    [("021000021123456", False), ("1234567890123456789012345", True), ("1" * 26, True)],
)
def test_an_account_abroad_is_not_held_to_the_polish_form(account: str, is_finding: bool) -> None:
    document = only(list(read_bytes(content("fa3.xml"), "a.xml")))._replace(accounts=(account,))
    assert ("account.invalid" in rules(document)) is is_finding


def test_the_rate_is_the_one_in_the_lines(data: Path) -> None:
    [wrong] = (data / "invoices").rglob("21-wrong-tax-calculation.xml")
    document = only(list(read_path(wrong)))
    messages = [one.message for one in check(document) if one.rule.id == "tax.rate"]
    assert messages == ["23 % of 1000.00 PLN is 230.00 PLN, but the tax is given as 150.00 PLN."]
