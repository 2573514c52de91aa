"""Spoiled files by the thousand: each must be read or refused within five seconds and half a
gigabyte.

``python -m tests.invoices.fuzz --inputs 20000 --seed 1`` spoils the project's own samples, and the
real files where they are here. What fails is written into ``--keep`` and told; the same seed makes
the same files again.
"""

import argparse
import json
import random
import signal
import sys
import traceback
import zipfile
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from time import perf_counter
from types import FrameType

from openpyxl import Workbook, load_workbook

from bot.kit.errors import Problem
from bot.kit.tables import lists
from bot.kit.tables.lists import Record, Taken
from bot.kit.tables.vocabulary import Vocabulary
from handlers.invoices.columns import preview
from handlers.invoices.formats.contents import content_of
from handlers.invoices.formats.source import Source
from handlers.invoices.service.document_reader import read_bytes, to_json
from handlers.ledger.model.party_identity import fold_tax, home_of
from handlers.ledger.rates.book import RATES, rate_of
from handlers.ledger.service.customer_import import CUSTOMERS
from handlers.ledger.statements import reader
from handlers.ledger.statements.identity import identities
from handlers.people.model.personnel import HEADINGS, facts_of
from tests.invoices.bombs import held_megabytes, peak_megabytes
from tests.invoices.corpus import FOLDER
from tests.invoices.mutations import spoiled
from tests.invoices.samples import FILES, content, pdf_with, workbook_with
from tests.ledger.workbooks import as_workbook, written

MOST_SECONDS = 5
MOST_MEGABYTES = 512
_LARGEST_SAMPLE = 130_000
TABLES = (".csv", ".tsv", ".xlsx")
_ENDINGS = {".xml", ".pdf", ".csv", ".tsv", ".xlsx", ".zip", ".sta", ".txt", ".mt940"}
OWN_STATEMENTS = Path(__file__).parents[1] / "ledger/files"
_HEADED = (
    b'<StandardBusinessDocument xmlns="http://www.unece.org/cefact/namespaces/'
    b'StandardBusinessDocumentHeader"><StandardBusinessDocumentHeader/>%s'
    b"</StandardBusinessDocument>"
)
_ATTACHED = (
    b'<AttachedDocument xmlns="urn:oasis:names:specification:ubl:schema:xsd:AttachedDocument-2">'
    b"<Attachment><EmbeddedDocumentBinaryObject>%s</EmbeddedDocumentBinaryObject></Attachment>"
    b"</AttachedDocument>"
)
_MT940 = (
    b":20:1\n:25:PL86109010140000000712340001PLN\n:28C:1\n:60F:C260101PLN1.000,00\n"
    b":61:2601050105D-104,12NMSCNONREF//010F21\n:86:020+20TEL +48601222333+32KOWAL\n-\nMORE\n"
    b":61:2601060106EC140,NTRF50215//990\n:86:expected\n"
    b":61:2601060106C1 234,56NTRFFV/2026/01/0001-PRZEDPLATA//20260105ABC\n:86:FV\n:05:01\n"
    b":62F:C260106PLN2338,68\n-\n"
)
_LISTS: dict[str, list[list[object]]] = {
    "customers": [
        ["Kontrahenci"],
        ["Nazwa", "NIP", "Kraj", "Język", "Rachunki", "Rodzaj klienta"],
        ["Żubr Sp. z o.o.", "725-110-00-33", "PL", "pl", "PL61 1090|27114020", "firma"],
        ["Szél Kft.", "12892312-2-41", "HU", "hu", None, "fogyasztó"],
        ["RAZEM", None, None, None, None, None],
    ],
    "people": [
        ["person", "born on", "contract", "currency", "base pay", "pay", "deductions", "on trial"],
        [
            "U1",
            "13.01.1990",
            "umowa o pracę",
            "PLN",
            "9 400,00",
            "2026-08 9400 6700",
            "brak",
            "nie",
        ],
        ["U2", "1990-02-01", "zlecenie", "EUR", "1.200,50 €", None, "komornik: 1,50", None],
    ],
    "rates": [
        ["table", "from", "to", "rate", "source"],
        ["PL-business", "2027-01-01", "2027-06-30", "13,25", "M.P. 2026 poz. 1300"],
        ["NBP-EUR", "30.10.2026", None, "4.2531", "211/A/NBP/2026"],
    ],
}
"""Lists of ours; each is spoiled as text and as a workbook, and as often as many files are."""
_SHARE_OF_LISTS = 8


class TooSlow(BaseException):
    """A read that did not end in time; nothing on the way may catch it."""


@dataclass
class Told:
    """What became of the inputs."""

    outcomes: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    slowest: float = 0
    slowest_input: int = 0


def samples() -> list[tuple[str, bytes]]:
    """The project's own small files of every format, and the real ones that are not large."""
    own = [(file.name, file.read_bytes()) for file in sorted(FILES.iterdir())]
    own.append(("invoice.pdf", pdf_with([("factur-x.xml", content("cii.xml"))])))
    own.append(
        (
            "invoices.xlsx",
            workbook_with([["Invoice no", "Total", "Due date"], ["F1", 12.5, "2026-11-02"]]),
        )
    )
    own.append(("formulas.xlsx", _workbook_of_formulas()))
    own += enveloped() + _lists() * _SHARE_OF_LISTS + _movements()
    own += [(file.name, file.read_bytes()) for file in sorted(OWN_STATEMENTS.iterdir())]
    folders = (FOLDER, FOLDER.parent / "reported")
    real = [file for folder in folders for file in sorted(folder.rglob("*")) if _is_sample(file)]
    return own + [(file.name, file.read_bytes()) for file in real]


def _movements() -> list[tuple[str, bytes]]:
    """Banks' movements as workbooks, some of their rows and columns hidden."""
    made = []
    for bank in ("mbank", "otp", "pko"):
        book = load_workbook(BytesIO(as_workbook((OWN_STATEMENTS / f"{bank}.csv").read_text())))
        book.worksheets[0].row_dimensions[3].hidden = True
        book.worksheets[0].column_dimensions["B"].hidden = True
        made.append((f"{bank}.xlsx", written(book)))
    return made


def _is_sample(file: Path) -> bool:
    return (
        file.suffix.lower() in _ENDINGS
        and "schemas" not in file.parts
        and file.stat().st_size < _LARGEST_SAMPLE
    )


def enveloped() -> list[tuple[str, bytes]]:
    """An invoice in each of the envelopes, and invoices and a statement in an archive."""
    cii, ubl = content("cii.xml"), content("ubl_invoice.xml")
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("cii.xml", "fa3.xml", "nav.xml", "faktury.csv"):
            archive.writestr(name, content(name))
    statements = BytesIO()
    with zipfile.ZipFile(statements, "w") as archive:
        archive.writestr("a.sta", _MT940)
    headed = ubl[ubl.index(b"<Invoice") :] if b"<Invoice" in ubl else cii
    return [
        ("headed.xml", _HEADED % headed),
        ("packed.xml", _HEADED % (b"<BinaryContent>%s</BinaryContent>" % b64encode(cii))),
        ("attached.xml", _ATTACHED % b64encode(cii)),
        ("invoices.zip", packed.getvalue()),
        ("statements.zip", statements.getvalue()),
        ("turned.sta", _MT940),
    ]


def inputs(count: int, seed: int) -> Iterator[tuple[int, str, bytes]]:
    """Number, name and bytes; every number's input is the same for one seed and one set
    of samples.
    """
    known = samples()
    texts = [data for name, data in known if not name.endswith((".pdf", ".xlsx"))]
    for number in range(count):
        by = random.Random(f"{seed}-{number}")
        name, data = by.choice(known)
        yield number, name, spoiled(by, data, texts)


def run(count: int, seed: int, keep: Path | None = None, first: int = 0) -> Told:
    told = Told()
    with in_time(), in_memory(told):
        for number, name, data in inputs(count, seed):
            if number < first:
                continue
            fault = attempt(told, number, lambda: outcomes(name, data))  # noqa: B023 - called at once
            if fault:
                told.failures.append(f"input {number} ({name}):\n{fault}")
                if keep:
                    (keep / f"{seed}-{number}-{name}").write_bytes(data)
            _show(number, count)
    return told


def attempt(told: Told, number: int, read: Callable[[], Iterable[str]]) -> str:
    """Read one input, :func:`in_time`, and note what became of it; the trace of what it raised, or
    nothing.
    """
    fault, begun = "", perf_counter()
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, MOST_SECONDS)
        told.outcomes.update(read())
    except (Exception, TooSlow):
        fault = traceback.format_exc(limit=-6)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    seconds = perf_counter() - begun
    if seconds > told.slowest:
        told.slowest, told.slowest_input = seconds, number
    return fault


@contextmanager
def in_time() -> Iterator[None]:
    """Where :func:`attempt` gives up what takes too long."""
    before = signal.signal(signal.SIGVTALRM, _give_up)
    yield
    signal.signal(signal.SIGVTALRM, before)


@contextmanager
def in_memory(told: Told) -> Iterator[None]:
    """A failure is noted where more than half a gigabyte is needed beyond what is held before."""
    most = max(peak_megabytes(), held_megabytes() + MOST_MEGABYTES)
    yield
    if peak_megabytes() > most:
        told.failures.append(f"{peak_megabytes()} MB were used")


def outcomes(name: str, data: bytes) -> list[str]:
    told = f"statement: {_of_statement(data)}"
    shown = _as_shown(name, data)
    return [*_of_invoices(name, data), told, *shown, *_of_lists(name, data)]


def _of_statement(data: bytes) -> str:
    try:
        statements = reader.read(data)
    except Problem as problem:
        return type(problem).__name__
    for statement in statements:
        json.dumps(reader.as_json(statement))
    list(identities(statements))
    return "read"


def _of_invoices(name: str, data: bytes) -> list[str]:
    reads = list(read_bytes(data, name))
    for read in reads:
        json.dumps(to_json(read))
        if read.original and read.document and read.document.number:
            content_of(read.original, read.document.number)
    told = ["read" if read.document else type(read.problem).__name__ for read in reads]
    return told or ["nothing told"]


def _as_shown(name: str, data: bytes) -> list[str]:
    """What the columns of a table that is dropped in Slack are shown as."""
    if not name.endswith(TABLES):
        return []
    try:
        return [f"shown: {layout.kind}" for layout in preview.guesses(Source.of(data, name))]
    except Problem as problem:
        return [f"shown: {type(problem).__name__}"]


def _of_lists(name: str, data: bytes) -> list[str]:
    """What customers, people and rates make of a table."""
    if not name.endswith(TABLES):
        return []
    return [f"{of.kind}: {_of_list(name, data, of, save)}" for of, save in _SAVED]


def _of_list(
    name: str, data: bytes, vocabulary: Vocabulary, save: Callable[[Record], object]
) -> str:
    def saved(record: Record) -> Taken:
        json.dumps(save(record), default=str)
        return "added"

    try:
        done = lists.take(name, data, vocabulary, saved)
    except Problem as problem:
        return type(problem).__name__
    return "read" if done.added else "no row taken"


def _customer(record: Record) -> object:
    row = record.texts()
    home = home_of(row.get("tax_id"), row.get("country"))
    return row, home, fold_tax(row.get("tax_id", ""), home or None)


_SAVED = ((CUSTOMERS, _customer), (HEADINGS, facts_of), (RATES, rate_of))


def _lists() -> list[tuple[str, bytes]]:
    return [
        made
        for name, rows in _LISTS.items()
        for made in ((f"{name}.csv", _as_csv(rows)), (f"{name}.xlsx", workbook_with(rows)))
    ]


def _as_csv(rows: list[list[object]]) -> bytes:
    return "".join(";".join(str(cell or "") for cell in row) + "\n" for row in rows).encode()


def _workbook_of_formulas() -> bytes:
    book, made = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    for cells in (
        ["Numer", "Nabywca", "Brutto"],
        ["F/1", "Kowal", "=1+1"],
        ["F/2", None, "3,00 zł"],
    ):
        sheet.append(cells)
    sheet.merge_cells("B2:B3")
    book.copy_worksheet(sheet)
    book.save(made)
    return made.getvalue()


def _give_up(_number: int, _frame: FrameType | None) -> None:
    raise TooSlow


def _show(number: int, count: int) -> None:
    if sys.stderr.isatty() and number % 500 == 0:
        sys.stderr.write(f"\r{number:,} of {count:,} inputs, {peak_megabytes()} MB")
        sys.stderr.flush()


def main() -> None:
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--inputs", type=int, default=20_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--first", type=int, default=0, help="begin with this input")
    asked.add_argument("--keep", type=Path, help="folder for the inputs that fail")
    given = asked.parse_args()
    begun = perf_counter()
    told = run(given.inputs, given.seed, given.keep, given.first)
    seconds = perf_counter() - begun
    sys.exit(tell(told, f"{given.inputs:,} inputs of seed {given.seed} in {seconds:,.0f} s"))


def tell(told: Told, what: str) -> int:
    """Print what became of the inputs; the exit code."""
    bounds = (
        f"at most {peak_megabytes()} MB, slowest {told.slowest:.2f} s (input {told.slowest_input})"
    )
    sys.stdout.write(f"{what}, {bounds}, {len(told.failures)} failures\n")
    sys.stdout.write(
        "".join(f"  {count:>9,} {outcome}\n" for outcome, count in told.outcomes.most_common())
    )
    sys.stdout.write("\n".join(told.failures[:20]))
    sys.stdout.flush()
    return 1 if told.failures else 0


if __name__ == "__main__":
    main()
