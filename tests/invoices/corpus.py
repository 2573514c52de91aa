"""The real files of ``../shared/data/invoices`` beside what an independent reader found: compared,
and counted by kind.

``python -m tests.invoices.corpus`` writes the table of formats into ``docs/invoices.md``.
"""

import csv
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from handlers.invoices.formats.document import InvoiceDocument
from handlers.invoices.service.document_reader import Read, read_path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT.parent / "shared" / "data" / "invoices"
PAGE = ROOT / "docs" / "invoices.md"
_BEGIN, _END = "<!-- formats: begin -->", "<!-- formats: end -->"
_STATEMENTS = ("camt053", "mt940")

NO_INVOICES = {
    "nav-osa/api/queryInvoiceCheck.xml": (
        "asks NAV whether an invoice exists; the number is the question's"
    ),
    "nav-osa/api/queryInvoiceData.xml": "asks NAV for an invoice; the number is the question's",
}
"""Files to which EXPECTED.csv gives a number though they hold no invoice, and why."""


@dataclass(frozen=True)
class Compared:
    """One file: what was read, and how it differs from what was expected (nothing where they
    agree).
    """

    folder: str
    file: str
    expected: dict[str, str]
    reads: tuple[Read, ...]

    @property
    def path(self) -> str:
        return f"{self.folder}/{self.file}"

    @property
    def is_invoice(self) -> bool:
        return bool(self.expected["number"]) and self.path not in NO_INVOICES

    @property
    def differences(self) -> list[str]:
        document = self.reads[0].document if len(self.reads) == 1 else None
        if document is None:
            return [str(read.problem) for read in self.reads] or ["nothing was read"]
        return list(
            _differences(self.expected, document, gross=self.folder.startswith(("ksef", "nav")))
        )


def compared() -> list[Compared]:
    """Every file of EXPECTED.csv that is no bank statement."""
    with (FOLDER / "EXPECTED.csv").open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream) if not row["folder"].startswith(_STATEMENTS)]
    return [
        Compared(r["folder"], r["file"], r, tuple(read_path(FOLDER / r["folder"] / r["file"])))
        for r in rows
    ]


def _differences(
    expected: dict[str, str], document: InvoiceDocument, *, gross: bool
) -> Iterator[str]:
    """What is filled in must be equal; ``payable`` is the total of KSeF and NAV and the amount due
    of the rest.
    """
    payable = _decimal(expected["payable"])
    if payable is not None and document.kind == "credit_note":
        payable = -abs(payable)
    facts: list[tuple[str, object, object]] = [
        ("number", expected["number"], document.number),
        ("issued_on", expected["issue"], document.issued_on and document.issued_on.isoformat()),
        ("currency", expected["currency"], document.currency),
        ("payable", payable, document.total if gross else document.to_pay),
        ("prepaid", _decimal(expected["prepaid"]), document.prepaid),
        ("to_pay", _decimal(expected["to_pay"]), document.to_pay),
        ("seller", expected["seller"], document.seller.name),
        ("buyer", expected["buyer"], document.buyer.name),
        ("seller_tax", expected["seller_tax"], _digits(document.seller.tax_id)),
        ("buyer_tax", expected["buyer_tax"], _digits(document.buyer.tax_id)),
        (
            "marked_paid",
            {"1": True, "partial": False}.get(expected["paid_flag"], ""),
            document.marked_paid,
        ),
        (
            "corrects",
            expected["corrects"],
            ";".join(corrected.number for corrected in document.corrects),
        ),
    ]
    for name, wanted, found in facts:
        if wanted not in ("", None) and wanted != found:
            yield f"{name}: {found} instead of {wanted}"
    days = {day.isoformat() for day in document.due_on}
    if missing := set(filter(None, expected["due"].split(";"))) - days:
        yield f"due_on: {sorted(days)} lacks {sorted(missing)}"
    accounts = re.findall(r"[A-Z0-9]+", expected["pay_account"].replace(" ", ""))
    if accounts and document.account not in accounts:
        yield f"account: {document.account} is none of {accounts}"


def _decimal(text: str) -> Decimal | None:
    return Decimal(text.replace(",", ".")) if text else None


def _digits(text: str | None) -> str:
    return re.sub(r"[^0-9]", "", text or "")


def table() -> str:
    """By kind: how many files hold an invoice, how many are read and equal, how many have findings
    of note.
    """
    by_folder: dict[str, list[Compared]] = {}
    for one in compared():
        by_folder.setdefault(one.folder, []).append(one)
    lines = [
        "| Folder | Formats read | Invoices | Equal in every fact | With a warning or error | "
        "Files without one |",
        "|---|---|---|---|---|---|",
    ]
    lines += [_line(folder, ones) for folder, ones in sorted(by_folder.items())]
    every = [one for ones in by_folder.values() for one in ones]
    return "\n".join([*lines, _line("**all**", every)])


def _line(folder: str, ones: list[Compared]) -> str:
    known = [one for one in ones if one.is_invoice]
    documents = [read for one in ones for read in one.reads if read.document]
    formats = sorted({read.document.format for read in documents if read.document})
    warned = [read for read in documents if any(f.rule.severity != "note" for f in read.findings)]
    without = sum(not any(read.document for read in one.reads) for one in ones)
    shown = ", ".join(formats) if folder != "**all**" else ""
    equal = sum(not one.differences for one in known)
    return (
        f"| {folder} | {shown} | {len(documents)} | {equal} of {len(known)} | {len(warned)} | "
        f"{without} |"
    )


def main(write: Callable[[str], int] = sys.stdout.write) -> None:
    if not (FOLDER / "EXPECTED.csv").exists():
        sys.exit(f"The real files are not here: {FOLDER} is missing.")
    made = table()
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    PAGE.write_text(f"{before}{_BEGIN}\n{made}\n{_END}{after}", encoding="utf-8")
    write(made + "\n")


if __name__ == "__main__":
    main()
