"""NAV Online Számla: bare invoice data, batches that modify several invoices, and what requests
carry.
"""

import gzip
from base64 import b64encode
from datetime import date

import pytest

from handlers.invoices.formats.document import Corrected, Instalment, Party
from tests.invoices.samples import amounts, changed, content, one, reads, refusal

API = "http://schemas.nav.gov.hu/OSA/3.0/api"


def request(*operations: tuple[str, bytes]) -> str:
    """A ``manageInvoice`` request that carries these."""
    carried = "".join(
        f"<invoiceOperation><index>{index}</index><invoiceOperation>{operation}</invoiceOperation>"
        f"<invoiceData>{b64encode(data).decode()}</invoiceData></invoiceOperation>"
        for index, (operation, data) in enumerate(operations, start=1)
    )
    return (
        "<ManageInvoiceRequest "
        f'xmlns="{API}"><invoiceOperations>{carried}</invoiceOperations></ManageInvoiceRequest>'
    )


def test_invoice_data_are_read_whole() -> None:
    document = one(content("nav.xml"))
    assert (document.format, document.kind, document.number) == ("nav", "invoice", "VB-2026/15")
    assert (document.issued_on, document.due_on) == (date(2026, 10, 1), [date(2026, 10, 9)])
    assert document.currency == "HUF"
    assert amounts(document, "net", "tax", "total") == ["8704", "2350", "11054"]
    assert document.seller == Party("Őszirózsa Virágbolt Kft.", "12892312", "HU")
    assert document.buyer == Party("Hotel pod Żubrem", "PL1111111111", "PL")
    assert document.account == "11773016-11111018-00000000"


def test_forints_rounded_to_whole_ones_are_no_mistake() -> None:
    (read,) = reads(content("nav.xml"))
    assert not read.findings


def test_batch_is_one_document_that_corrects_several_by_their_shares() -> None:
    document = one(content("nav_batch.xml"))
    assert (document.kind, document.number) == ("correction", "VBM-2026/2")
    assert document.total == -11054
    assert [f"{c.number} {c.amount}" for c in document.corrects] == [
        "VB-2026/15 -11054",
        "VB-2026/16 0",
    ]
    assert [instalment.due_on for instalment in document.instalments] == [
        date(2026, 11, 9),
        date(2026, 11, 16),
    ]


def test_gross_total_that_is_left_out_is_net_and_tax() -> None:
    gross = "<invoiceGrossAmount>11054</invoiceGrossAmount>"
    assert one(changed("nav.xml", (gross, ""))).total == 11054


def test_simplified_summary_is_gross_already() -> None:
    summary = changed("nav.xml").partition("<invoiceSummary>")[2].partition("</invoiceSummary>")[0]
    simplified = (
        "<summarySimplified><vatContentGrossAmount>500</vatContentGrossAmount></summarySimplified>"
        * 2
    )
    assert one(changed("nav.xml", (summary, simplified))).total == 1000


@pytest.mark.parametrize(
    ("operation", "kind"),
    [("CREATE", "invoice"), ("MODIFY", "correction"), ("STORNO", "cancellation")],
)
def test_only_the_request_tells_a_storno_from_a_modification(operation: str, kind: str) -> None:
    assert one(request((operation, content("nav.xml")))).kind == kind


def test_every_invoice_of_a_request_is_read_packed_or_not() -> None:
    packed = gzip.compress(content("nav_batch.xml"))
    found = reads(request(("CREATE", content("nav.xml")), ("MODIFY", packed)))
    assert [read.document.number for read in found if read.document] == ["VB-2026/15", "VBM-2026/2"]


def test_one_damaged_invoice_does_not_lose_the_others() -> None:
    broken, whole = reads(request(("CREATE", b"\x1f\x8bnonsense"), ("CREATE", content("nav.xml"))))
    assert "cannot be unpacked" in str(broken.problem)
    assert whole.document


def test_question_to_nav_is_no_invoice() -> None:
    asked = (
        "<QueryInvoiceDataRequest "
        f'xmlns="{API}"><invoiceNumber>1</invoiceNumber></QueryInvoiceDataRequest>'
    )
    assert "QueryInvoiceDataRequest" in refusal(asked)


def test_advance_and_final_invoices_are_told_by_their_lines() -> None:
    advance = "<advanceData><advanceIndicator>true</advanceIndicator></advanceData>"
    assert one(changed("nav.xml", ("<lineNumber>1</lineNumber>", advance))).kind == "advance"
    settled = "<advancePaymentData><advanceOriginalInvoice>E-1</advanceOriginalInvoice></advancePaymentData>"
    final = advance.replace("</advanceData>", f"{settled}</advanceData>")
    document = one(changed("nav.xml", ("<lineNumber>1</lineNumber>", final)))
    assert (document.kind, document.preceding) == ("final", ("E-1",))


def test_shares_and_instalments_are_values() -> None:
    document = one(content("nav_batch.xml"))
    assert document.corrects[0] == Corrected("VB-2026/15", None, document.total)
    assert document.instalments[0] == Instalment(date(2026, 11, 9), document.total)
