"""UBL, CII, Factur-X and ZUGFeRD: kinds and signs, terms, parties, and the PDF around them."""

from datetime import date
from decimal import Decimal

import pytest

from handlers.invoices.formats.document import Corrected, Instalment, InvoiceDocument, Party
from tests.invoices.samples import amounts, changed, content, one, pdf_with, reads, refusal


@pytest.mark.parametrize(
    "name", ["ubl_invoice.xml", "ubl_credit_note.xml", "cii.xml", "zugferd1.xml"]
)
def test_samples_break_no_rule_and_keep_to_the_official_schemas(name: str) -> None:
    (read,) = reads(content(name))
    assert not read.findings


def test_ubl_invoice_is_read_whole() -> None:
    document = one(content("ubl_invoice.xml"))
    assert (document.format, document.kind, document.number) == (
        "ubl-invoice",
        "invoice",
        "2026-117",
    )
    assert (document.issued_on, document.due_on) == (date(2026, 10, 5), [date(2026, 11, 4)])
    assert amounts(document, "total", "prepaid", "to_pay") == ["1200", "300", "900"]
    assert document.seller == Party("Holz & Söhne GmbH", "ATU12345675", "AT")
    assert document.buyer == Party("Hotel pod Żubrem", "PL1111111111", "PL")
    assert document.account == "AT611904300234573201"
    assert (document.corrects, document.preceding) == ((), ("2026-099",))


def test_ubl_credit_note_is_negative_and_names_what_it_credits() -> None:
    document = one(content("ubl_credit_note.xml"))
    assert (document.format, document.kind) == ("ubl-creditnote", "credit_note")
    assert amounts(document, "total", "to_pay", "net", "tax") == ["-1200", "-1200", "-1000", "-200"]
    assert document.corrects == (Corrected("2026-117"),)
    assert document.due_on == []
    assert document.instalments == (Instalment(None, None, "30 days net"),)


@pytest.mark.parametrize(
    ("code", "kind", "total"),
    [
        ("380", "invoice", 1200),
        ("381", "credit_note", -1200),
        ("384", "replacement", 1200),
        ("386", "advance", 1200),
        ("389", "invoice", 1200),
        ("325", "proforma", 1200),
        ("877", "final", 1200),
        ("999", "invoice", 1200),
    ],
)
def test_kind_and_sign_follow_the_type_code(code: str, kind: str, total: int) -> None:
    document = one(changed("ubl_invoice.xml", (">380<", f">{code}<")))
    assert document.kind == kind
    assert document.total == total


@pytest.mark.parametrize("code", ["384", "471", "472", "473"])
def test_corrected_invoice_is_the_difference_where_it_is_negative_and_the_whole_where_it_is_not(
    code: str,
) -> None:
    whole = ("ubl_invoice.xml", (">380<", f">{code}<"))
    document = one(changed(*whole))
    assert (document.kind, document.corrects, document.preceding) == (
        "replacement",
        (Corrected("2026-099"),),
        (),
    )
    (read,) = reads(changed(*whole))
    assert [
        finding.facts for finding in read.findings if finding.rule.id == "corrects.replaces"
    ] == [{"numbers": "2026-099"}]
    difference = one(changed(*whole, (">1200.00<", ">-1200.00<"), (">900.00<", ">-900.00<")))
    assert (difference.kind, difference.corrects) == ("correction", document.corrects)
    assert difference.total == -1200


def test_corrected_invoice_of_cii_is_read_alike() -> None:
    assert (
        one(changed("cii.xml", ("<ram:TypeCode>380<", "<ram:TypeCode>384<"))).kind == "replacement"
    )


def test_credit_note_written_negative_stays_negative_with_a_note() -> None:
    (read,) = reads(changed("ubl_credit_note.xml", (">1200.00<", ">-1200.00<")))
    assert read.document
    assert read.document.total == -1200
    assert "credit_note.sign" in {finding.rule.id for finding in read.findings}


def test_negative_invoice_that_names_an_earlier_one_corrects_it() -> None:
    document = one(
        changed("ubl_invoice.xml", (">1200.00<", ">-1200.00<"), (">900.00<", ">-900.00<"))
    )
    assert document.kind == "correction"
    assert document.total == -1200
    assert document.corrects == (Corrected("2026-099"),)


def with_terms(*terms: tuple[int, str], due_on: str = "") -> InvoiceDocument:
    written = "".join(
        f'<cac:PaymentTerms><cbc:Amount currencyID="EUR">{amount}</cbc:Amount>'
        f"<cbc:PaymentDueDate>{day}</cbc:PaymentDueDate></cac:PaymentTerms>"
        for amount, day in terms
    )
    return one(
        changed(
            "ubl_invoice.xml",
            ("<cac:PaymentTerms><cbc:Note>30 days net</cbc:Note></cac:PaymentTerms>", written),
            (
                "<cbc:DueDate>2026-11-04</cbc:DueDate>",
                due_on and f"<cbc:DueDate>{due_on}</cbc:DueDate>",
            ),
        )
    )


@pytest.mark.parametrize("due_on", ["", "2026-11-01", "2026-12-01"])
def test_instalments_of_ubl_have_their_amounts(due_on: str) -> None:
    document = with_terms((400, "2026-12-01"), (500, "2026-11-01"), due_on=due_on)
    assert document.instalments == (
        Instalment(date(2026, 12, 1), Decimal(400)),
        Instalment(date(2026, 11, 1), Decimal(500)),
    )


def test_payable_that_is_left_out_is_counted() -> None:
    payable = '<cbc:PayableAmount currencyID="EUR">900.00</cbc:PayableAmount>'
    assert one(changed("ubl_invoice.xml", (payable, ""))).to_pay == 900


def test_cii_is_read_whole() -> None:
    document = one(content("cii.xml"))
    assert (document.format, document.number, document.issued_on) == (
        "cii",
        "R-77",
        date(2026, 9, 1),
    )
    assert amounts(document, "total", "prepaid", "to_pay") == ["238", "38", "200"]
    assert document.instalments == (Instalment(date(2026, 9, 15), None, "14 Tage"),)
    assert document.seller == Party("Gartenbau Müller", "DE136695976", "DE")
    assert document.account == "DE89370400440532013000"


def test_tax_in_the_invoices_own_currency_is_taken() -> None:
    assert one(content("cii.xml")).tax == 38


def test_zugferd_1_is_read() -> None:
    document = one(content("zugferd1.xml"))
    assert (document.format, document.number) == ("zugferd1", "R-12")
    assert document.total == 119
    assert document.due_on == [date(2014, 3, 31)]


@pytest.mark.parametrize(
    ("file", "attached", "format_"),
    [
        ("cii.xml", "factur-x.xml", "factur-x"),
        ("cii.xml", "zugferd-invoice.xml", "factur-x"),
        ("zugferd1.xml", "ZUGFeRD-invoice.xml", "zugferd1"),
        ("ubl_invoice.xml", "invoice.xml", "factur-x"),
    ],
)
def test_invoice_inside_a_pdf_is_read(file: str, attached: str, format_: str) -> None:
    pdf = pdf_with([("notes.txt", b"notes"), ("data.xml", b"<other/>"), (attached, content(file))])
    document = one(pdf, "invoice.pdf")
    assert (document.format, document.number) == (format_, one(content(file)).number)


def test_byte_order_mark_before_the_xml_is_passed_over() -> None:
    assert (
        one(
            pdf_with([("factur-x.xml", b"\xef\xbb\xbf" + content("cii.xml"))]), "invoice.pdf"
        ).number
        == "R-77"
    )


def test_pdf_without_invoice_is_told_from_one_whose_invoice_is_broken() -> None:
    assert "carries no invoice data" in refusal(pdf_with([("notes.txt", b"notes")]), "letter.pdf")
    assert "not well-formed" in refusal(
        pdf_with([("factur-x.xml", b"<Invoice><ID>")]), "invoice.pdf"
    )


def test_pdf_with_a_password_is_refused_in_a_sentence() -> None:
    assert "password" in refusal(
        pdf_with([("factur-x.xml", content("cii.xml"))], password="secret"), "invoice.pdf"
    )


def test_pdf_that_is_cut_off_is_refused_in_a_sentence() -> None:
    assert "damaged" in refusal(
        pdf_with([("factur-x.xml", content("cii.xml"))])[:400], "invoice.pdf"
    )


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (("urn:cen.eu:en16931:2017", "urn:somebody:else"), "profile.unknown"),
        ((">2</ram:BilledQuantity>", ">3</ram:BilledQuantity>"), "line.price"),
        (("<ram:TypeCode>380</ram:TypeCode>", ""), "schema"),
    ],
)
def test_what_is_wrong_in_cii_is_found(change: tuple[str, str], rule: str) -> None:
    (read,) = reads(changed("cii.xml", change))
    assert rule in {finding.rule.id for finding in read.findings}
