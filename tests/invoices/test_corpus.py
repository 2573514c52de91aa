"""Every real invoice is read as an independent reader read it; wrong ones get findings, broken ones
a sentence.
"""

from collections import defaultdict

import pytest

from handlers.invoices.service.document_reader import check_paths, read_path
from tests.invoices import findings
from tests.invoices.corpus import FOLDER, NO_INVOICES, Compared, compared

pytestmark = pytest.mark.skipif(
    not FOLDER.exists(), reason="the real files (../shared/data/invoices) are not here"
)

KEYS = {
    "path",
    "format",
    "number",
    "kind",
    "issued_on",
    "due_on",
    "currency",
    "total",
    "to_pay",
    "prepaid",
    "marked_paid",
    "seller",
    "buyer",
    "account",
    "corrects",
    "findings",
}
READ_THOUGH_NOT_EXPECTED = {
    "facturx-pdf/zugferd-corpus/ZUGFeRD_1p0_COMFORT_Rabatte.pdf": ("zugferd1", "471102", "165.14"),
    "facturx-pdf/zugferd-corpus/ZUGFeRD_1p0_EXTENDED_Warenrechnung.pdf": (
        "zugferd1",
        "R87654321012345",
        "518.99",
    ),
    "ksef-fa3/ksef-fa-rr/FA_RR_1_Przyklad_1.xml": ("ksef-fa-rr", "5105600952", "24600.00"),
}
"""What the independent reader could not read: ZUGFeRD 1.0 and FA_RR, as their files say."""


@pytest.fixture(scope="module")
def files() -> list[Compared]:
    return compared()


def test_every_invoice_is_read_with_equal_values(files: list[Compared]) -> None:
    wrong = {one.path: one.differences for one in files if one.is_invoice and one.differences}
    assert not wrong


def test_each_folder_has_the_invoices_that_were_counted(files: list[Compared]) -> None:
    counts: dict[str, int] = defaultdict(int)
    for one in files:
        counts[one.folder.partition("/")[0]] += one.is_invoice
    assert dict(counts) == {
        "cii": 44,
        "facturx-pdf": 35,
        "ksef-fa2": 16,
        "ksef-fa3": 40,
        "ksef-fa3-invalid": 14,
        "ksef-upo": 0,
        "nav-osa": 18,
        "ubl": 45,
    }


def test_what_the_independent_reader_could_not_read_is_read(files: list[Compared]) -> None:
    documents = {
        one.path: one.reads[0].document for one in files if one.path in READ_THOUGH_NOT_EXPECTED
    }
    found = {path: (d.format, d.number, str(d.to_pay)) for path, d in documents.items() if d}
    assert found == READ_THOUGH_NOT_EXPECTED


def test_wrong_invoices_get_findings(files: list[Compared]) -> None:
    wrong = [one for one in files if "invalid" in one.folder and one.reads[0].document]
    silent = [one.path for one in wrong if not one.reads[0].findings]
    assert len(wrong) == 23
    # Only its profile is written in a way of its own, which is known.
    assert [path.rpartition("__")[2] for path in silent] == ["Avoir_FR_type380_BASIC.pdf"]


def test_broken_and_foreign_files_get_one_sentence(files: list[Compared]) -> None:
    unread = {one.path: one.reads for one in files if not one.reads[0].document}
    assert NO_INVOICES.keys() <= unread.keys()
    assert "ksef-fa3-invalid/ksefuj/16-invalid-xml-characters.xml" in unread
    assert all(len(reads) == 1 and str(reads[0].problem).endswith(".") for reads in unread.values())


def test_invoices_inside_a_request_to_nav_are_read() -> None:
    reads = list(read_path(FOLDER / "nav-osa" / "api" / "manageInvoice.xml"))
    assert [read.document.number for read in reads if read.document] == [
        "03280155079294312882",
        "81933169915867584256",
        "08185237810576020670",
    ]


def test_whole_folder_is_walked_without_a_crash_and_in_the_promised_form() -> None:
    answers = list(check_paths([FOLDER]))
    documents = [answer for answer in answers if "error" not in answer]
    assert len(documents) > 215
    assert all(answer.keys() >= KEYS for answer in documents)
    assert all(answer.keys() == {"path", "error"} for answer in answers if "error" in answer)


def test_every_rule_that_is_found_is_judged_as_often_as_it_is_found() -> None:
    assert findings.judged() == dict(findings.counted())
