"""Reading paths: folders are walked, each file answers with its documents or one sentence, in the
promised form.
"""

import json
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from handlers.invoices.formats.document import InvoiceDocument, Party
from handlers.invoices.service.document_reader import (
    check_paths,
    document_json,
    read_bytes,
    read_path,
)
from tests.invoices.samples import FILES, content, refusal

KEYS = [
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
]


def test_answer_has_the_promised_keys_and_forms() -> None:
    (answer,) = check_paths([FILES / "ubl_invoice.xml"])
    assert list(answer)[: len(KEYS)] == KEYS
    assert json.loads(json.dumps(answer)) == answer
    assert answer["total"] == "1200.00"
    assert answer["issued_on"] == "2026-10-05"
    assert answer["due_on"] == ["2026-11-04"]
    assert answer["seller"] == {
        "name": "Holz & Söhne GmbH",
        "tax_id": "ATU12345675",
        "country": "AT",
    }
    assert answer["findings"] == []


def test_finding_tells_rule_severity_and_message() -> None:
    (answer,) = check_paths([FILES / "fa_rr.xml"])
    message = "The invoice tells neither a due date nor terms of payment."
    assert answer["findings"] == [
        {"rule": "due_on.missing", "severity": "note", "message": message}
    ]


def test_absent_facts_are_null() -> None:
    empty = InvoiceDocument("csv", "invoice", None, None, None, None, None, Party(), Party())
    told = document_json(empty)
    assert (
        told["number"]
        is told["issued_on"]
        is told["currency"]
        is told["total"]
        is told["account"]
        is None
    )
    assert told["due_on"] == told["corrects"] == []


def test_folder_is_walked_in_the_order_of_names_without_hidden_files(tmp_path: Path) -> None:
    below = tmp_path / "b" / "c"
    below.mkdir(parents=True)
    (below / "1.xml").write_bytes(content("cii.xml"))
    (tmp_path / "a.xml").write_bytes(content("fa3.xml"))
    (tmp_path / ".hidden.xml").write_bytes(content("fa3.xml"))
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.xml").write_bytes(content("fa3.xml"))
    assert [Path(read.path).name for read in read_path(tmp_path)] == ["a.xml", "1.xml"]


def test_unread_files_do_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "1.xml").write_text("<broken")
    (tmp_path / "2.xml").write_bytes(content("fa3.xml"))
    (tmp_path / "3.bin").write_bytes(bytes(range(256)))
    answers = list(check_paths([tmp_path, tmp_path / "missing.xml"]))
    assert ["error" in answer for answer in answers] == [True, False, True, True]
    assert (
        answers[3]["error"] == "The file missing.xml cannot be opened: No such file or directory."
    )


def test_link_to_itself_is_no_way_without_end(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    (tmp_path / "1.xml").write_bytes(content("fa3.xml"))
    assert [Path(read.path).name for read in read_path(tmp_path) if read.document] == ["1.xml"]


def test_a_file_is_what_its_bytes_say_whatever_its_name() -> None:
    (read,) = read_bytes(content("cii.xml"), "invoice.pdf")
    assert read.document
    assert read.document.format == "cii"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "windows-1250", "iso-8859-2"]
)
def test_declared_encodings_are_read(encoding: str) -> None:
    declared = encoding.removesuffix("-sig").removesuffix("-le")
    text = content("fa3.xml").decode().replace('encoding="UTF-8"', f'encoding="{declared}"')
    (read,) = read_bytes(text.encode(encoding), "x.xml")
    assert read.document
    assert read.document.seller.name == "Kwiaciarnia Fiołek sp. z o.o."
    assert not read.findings


@pytest.mark.parametrize("encoding", ["windows-1250", "iso-8859-2"])
@pytest.mark.parametrize("declaration", [' encoding="UTF-8"', ""])
def test_encoding_that_is_not_the_declared_one_is_found_out(
    encoding: str, declaration: str
) -> None:
    text = content("fa3.xml").decode().replace(' encoding="UTF-8"', declaration)
    (read,) = read_bytes(text.encode(encoding), "x.xml")
    assert read.document
    assert read.document.seller.name == "Kwiaciarnia Fiołek sp. z o.o."
    assert [finding.rule.id for finding in read.findings] == ["encoding"]


def test_each_kind_of_other_file_gets_its_sentence() -> None:
    assert refusal(b"  \n", "x.xml") == "The file x.xml is empty."
    assert "first element is html" in refusal("<html><body/></html>", "page.html")
    assert "old Office file" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old.xls")
    assert "no invoice in a format" in refusal(b"\x89PNG\r\n\x1a\n\0\0", "picture.png")
    assert "damaged or cut off" in refusal(b"PK\x03\x04archive", "files.zip")


def test_file_of_libreoffice_is_one_sentence_alone_and_in_an_archive() -> None:
    sheet = packed(
        mimetype="application/vnd.oasis.opendocument.spreadsheet", content="<content/>", meta="<m/>"
    )
    told = "is an OpenDocument file. Save it as XLSX or CSV."
    assert refusal(sheet, "faktury.ods") == f"The file faktury.ods {told}"
    assert refusal(sheet, "faktury.xlsx") == f"The file faktury.xlsx {told}"
    invoice, refused = read_bytes(packed(a=content("fa3.xml"), b=sheet), "all.zip")
    assert invoice.document
    assert str(refused.problem) == f"The file b {told}"


def packed(**files: str | bytes) -> bytes:
    archive = BytesIO()
    with ZipFile(archive, "w") as writing:
        for name, data in files.items():
            writing.writestr(name, data)
    return archive.getvalue()
