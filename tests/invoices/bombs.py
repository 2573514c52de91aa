"""Files made to exhaust their reader: entities, depth, archives and PDFs that unfold to far more
than they weigh.

``python -m tests.invoices.bombs FOLDER`` reads each file there and prints how long it took and the
memory it needed.
"""

import gzip
import json
import sys
import zipfile
import zlib
from base64 import b64encode
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from time import process_time

from handlers.invoices.service.document_reader import check_paths
from tests.invoices.samples import content, pdf_with, workbook_with
from tests.raw_pdf import packed_stream, written_pdf

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
_UBL = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
_NAV = "http://schemas.nav.gov.hu/OSA/3.0/api"
_TABLE: list[list[object]] = [["Invoice no", "Total", "Currency"], ["F1", 1, "EUR"]]


def laughs() -> bytes:
    return f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><Invoice xmlns="{_UBL}"><ID>&l9;</ID></Invoice>'.encode()


def laughs_in_utf16() -> bytes:
    return laughs().decode().encode("utf-16")


def quadratic() -> bytes:
    return f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]><x>{"&a;" * 100_000}</x>'.encode()


def outside_file() -> bytes:
    declared = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    return f'{declared}<Invoice xmlns="{_UBL}"><ID>&f;</ID></Invoice>'.encode()


def outside_dtd() -> bytes:
    return f'<!DOCTYPE Invoice SYSTEM "http://127.0.0.1:9/x.dtd"><Invoice xmlns="{_UBL}"/>'.encode()


def deep() -> bytes:
    return b"<a>" * 200_000 + b"</a>" * 200_000


def many_elements() -> bytes:
    return b"<a>" + b"<b/>" * 8_000_000 + b"</a>"


def many_attributes() -> bytes:
    return b"<a " + b" ".join(b'a%d=""' % n for n in range(800_000)) + b"/>"


def one_long_text() -> bytes:
    return f'<Invoice xmlns="{_UBL}"><ID>'.encode() + b"9" * 45_000_000 + b"</ID></Invoice>"


def long_amount() -> bytes:
    digits = b"9" * 1_000_000
    return content("fa3.xml").replace(b"<P_15>1338<", b"<P_15>" + digits + b"<")


def packed_request() -> bytes:
    folded = b64encode(gzip.compress(bytes(60_000_000))).decode()
    carried = f"<invoiceOperation><invoiceData>{folded}</invoiceData></invoiceOperation>" * 60
    return f'<ManageInvoiceRequest xmlns="{_NAV}">{carried}</ManageInvoiceRequest>'.encode()


def _archive(parts: dict[str, bytes]) -> bytes:
    """A good workbook with these parts put in place of its own."""
    written = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(workbook_with(_TABLE))) as good,
        zipfile.ZipFile(written, "w", 8) as archive,
    ):
        for name in good.namelist():
            if name not in parts:
                archive.writestr(name, good.read(name))
        for name, data in parts.items():
            archive.writestr(name, data)
    return written.getvalue()


def _sheet(rows: str) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def workbook_of_blanks() -> bytes:
    return _archive({"xl/worksheets/sheet1.xml": bytes(130_000_000)})


def workbook_of_strings() -> bytes:
    return _archive({"xl/sharedStrings.xml": b"<sst>" + b"<si><t/></si>" * 3_000_000 + b"</sst>"})


def workbook_of_styles() -> bytes:
    return _archive({"xl/styles.xml": b"<styleSheet>" + b"<xf/>" * 3_000_000 + b"</styleSheet>"})


def workbook_with_entities() -> bytes:
    return _archive({"xl/worksheets/sheet1.xml": laughs()})


def workbook_with_a_row_beyond_all() -> bytes:
    return _archive(
        {
            "xl/worksheets/sheet1.xml": _sheet(
                '<row r="2000000000"><c r="A2000000000"><v>1</v></c></row>'
            )
        }
    )


def workbook_with_one_endless_cell() -> bytes:
    return _archive(
        {
            "xl/worksheets/sheet1.xml": _sheet(
                f'<row r="1"><c r="A1"><v>{"9" * 60_000_000}</v></c></row>'
            )
        }
    )


def workbook_of_many_parts() -> bytes:
    return _archive({f"xl/media/{n}.bin": b"x" for n in range(20_000)})


def workbook_that_lies() -> bytes:
    """The archive's directory says that the sheet has ten bytes."""
    whole = bytearray(_archive({"xl/worksheets/sheet1.xml": bytes(20_000_000)}))
    size = (20_000_000).to_bytes(4, "little")
    while (place := whole.find(size)) >= 0:
        whole[place : place + 4] = (10).to_bytes(4, "little")
    return bytes(whole)


def pdf_of_many_files() -> bytes:
    return pdf_with([(f"{n}.xml", b"<a/>") for n in range(3_000)])


_NAMES = "<< /Type /Catalog /Names << /EmbeddedFiles {tree} >> >>"
_FILE = "<< /Type /Filespec /F (x.xml) /EF << /F 4 0 R >> >>"


def pdf_whose_names_are_their_own_children() -> bytes:
    return written_pdf(_NAMES.format(tree="2 0 R"), "<< /Kids [2 0 R 2 0 R] >>")


def pdf_that_points_at_itself() -> bytes:
    return written_pdf(_NAMES.format(tree="<< /Names [(x.xml) 2 0 R] >>"), "2 0 R")


def pdf_folded_many_times() -> bytes:
    data = bytes(100_000_000)
    for _ in range(2):
        data = zlib.compress(data, 9)
    filters = "[/FlateDecode /FlateDecode]"
    return written_pdf(
        _NAMES.format(tree="<< /Names [(x.xml) 3 0 R] >>"),
        "<< >>",
        _FILE,
        packed_stream(data, filters),
    )


def pdf_of_runs() -> bytes:
    runs = b"\x81a" * 2_000_000 + b"\x80"
    return written_pdf(
        _NAMES.format(tree="<< /Names [(x.xml) 3 0 R] >>"),
        "<< >>",
        _FILE,
        packed_stream(runs, "/RunLengthDecode"),
    )


def pdf_nested_deep() -> bytes:
    return written_pdf("[" * 100_000 + "]" * 100_000)


def pdf_whose_tables_go_in_a_circle() -> bytes:
    whole = written_pdf("<< /Type /Catalog >>", trailer="/Root 1 0 R /Prev 00000")
    return whole.replace(b"/Prev 00000", b"/Prev %05d" % whole.find(b"xref\n"))


def pdf_of_noise() -> bytes:
    return b"%PDF-1.7\n" + b"1 0 obj << /A 1 0 R >> endobj trailer " * 650_000


def pdf_that_says_it_is_endless() -> bytes:
    stream = "<< /Length 99999999999 /Filter /FlateDecode >>\nstream\nx\nendstream"
    return written_pdf(_NAMES.format(tree="<< /Names [(x.xml) 3 0 R] >>"), "<< >>", _FILE, stream)


def csv_of_one_line() -> bytes:
    return b"number;total;currency\n" + b"9" * 60_000_000


def csv_of_many_columns() -> bytes:
    return b"number;total;currency\n" + (b";" * 500_000 + b"\n") * 20


def csv_of_many_headings() -> bytes:
    return ";".join(["invoice number total"] * 4_000).encode() + b"\n"


def csv_of_quotes() -> bytes:
    return b'number;total;currency\n"' + b'""' * 20_000_000


_ENDINGS = {"workbook": ".xlsx", "pdf": ".pdf", "csv": ".csv"}
BOMBS: dict[str, Callable[[], bytes]] = {
    name: made
    for name, made in list(globals().items())
    if callable(made) and getattr(made, "__module__", "") == __name__ and not name.startswith("_")
}
"""Every function above, by its name."""


def lay(folder: Path) -> None:
    """Writes every bomb into ``folder``."""
    for bomb, made in BOMBS.items():
        (folder / f"{bomb}{_ENDINGS.get(bomb.partition('_')[0], '.xml')}").write_bytes(made())


def peak_megabytes() -> int:
    """The most memory that this process has held, as Linux counts it since the program began."""
    return _megabytes("VmHWM")


def held_megabytes() -> int:
    """The memory that this process holds now."""
    return _megabytes("VmRSS")


def _megabytes(what: str) -> int:
    counted = Path("/proc/self/status").read_text().partition(f"{what}:")[2]
    return int(counted.split()[0]) // 1024


def main() -> None:
    """Reads every file of the folder named on the command line; memory is the most that was used
    until then.
    """
    for file in sorted(Path(sys.argv[1]).iterdir()):
        begun = process_time()
        answers = list(check_paths([file]))
        seconds = round(process_time() - begun, 2)
        told = {
            "bomb": file.stem,
            "seconds": seconds,
            "megabytes": peak_megabytes(),
            "answers": answers,
        }
        sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
