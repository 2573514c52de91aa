"""``python -m tests.bench.invoice_formats``: how fast invoices are read and checked beside bare
parsing.
"""

import csv
import io
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from time import process_time

from lxml import etree

from handlers.invoices.service.document_reader import read_bytes
from tests.invoices.corpus import FOLDER
from tests.invoices.samples import FILES, content, pdf_with

_SECONDS = 2.0
_ROWS = 200_000
_HEADINGS = "number,issued_on,due_on,seller_name,seller_tax_id,buyer_name,buyer_tax_id,currency,net,tax,total,account"


def main() -> None:
    sys.stdout.write("| What | A second | Bare parsing, a second | Ratio |\n|---|---|---|---|\n")
    for kind, files in _kinds().items():
        read = _rate(files, lambda data, name: list(read_bytes(data, name)))
        bare = _rate(files, lambda data, _: etree.fromstring(data)) if kind != "pdf" else None
        _tell(f"{kind}, documents", read, bare)
    table = _table()
    read = _once(lambda: sum(1 for _ in read_bytes(table, "invoices.csv")), _ROWS)
    bare = _once(lambda: sum(1 for _ in csv.reader(io.StringIO(table.decode()))), _ROWS)
    _tell(f"csv, rows (of {_ROWS:,})", read, bare)


def _kinds() -> dict[str, list[tuple[bytes, str]]]:
    """The real files where they are here, else the project's own."""
    own = {"ubl": "ubl*.xml", "cii": "cii.xml", "ksef-fa3": "fa3*.xml", "nav": "nav*.xml"}
    kinds = {kind: _files(FILES.glob(pattern)) for kind, pattern in own.items()}
    kinds["pdf"] = [(pdf_with([("factur-x.xml", content("cii.xml"))]), "invoice.pdf")]
    if FOLDER.exists():
        folders = {
            "ubl": "ubl",
            "cii": "cii",
            "ksef-fa3": "ksef-fa3",
            "nav": "nav-osa/data",
            "pdf": "facturx-pdf",
        }
        kinds |= {
            kind: _files((FOLDER / folder).rglob("*.[xXpP]*")) for kind, folder in folders.items()
        }
    return kinds


def _files(paths: Iterable[Path]) -> list[tuple[bytes, str]]:
    return [(path.read_bytes(), path.name) for path in sorted(paths)]


def _rate(files: list[tuple[bytes, str]], read: Callable[[bytes, str], object]) -> float:
    for data, name in files:
        read(data, name)
    begun, count = process_time(), 0
    while process_time() - begun < _SECONDS:
        for data, name in files:
            read(data, name)
        count += len(files)
    return count / (process_time() - begun)


def _once(work: Callable[[], object], count: int) -> float:
    begun = process_time()
    work()
    return count / (process_time() - begun)


def _tell(what: str, read: float, bare: float | None) -> None:
    beside = f"{bare:,.0f} | {read / bare:.2f}" if bare else "|"
    sys.stdout.write(f"| {what} | {read:,.0f} | {beside} |\n")


def _table() -> bytes:
    rows = (
        f"FV/2026/{n % 12 + 1:02}/{n:07},2026-{n % 12 + 1:02}-{n % 28 + 1:02},2027-01-28,Kwiaciarnia,9999999999,"
        f"Customer {n % 5000},1111111111,PLN,{n}.00,{n * 23 // 100}.{n * 23 % 100:02},"
        f"{n + n * 23 // 100}.{n * 23 % 100:02},PL61109010140000071219812874"
        for n in range(_ROWS)
    )
    return "\n".join([_HEADINGS, *rows]).encode()


if __name__ == "__main__":
    main()
