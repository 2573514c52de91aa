"""Factur-X and ZUGFeRD: a PDF for people that carries the invoice as XML for machines."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.kit.errors import Problem
from bot.kit.words import N_
from handlers.invoices.formats import cii, ksef_fa, ubl
from handlers.invoices.formats.document import Finding, InvoiceDocument, Rule
from handlers.invoices.formats.source import Source

if TYPE_CHECKING:
    from handlers.invoices.formats.parts.attachments import Attached

_READERS = (cii, ubl, ksef_fa)
_IN_PDF = frozenset({"cii", "ubl-invoice", "ubl-creditnote"})


class PdfBroken(Problem):
    sentence = "The PDF {name} cannot be opened: it is damaged or cut off. Get the file again."


class PdfLocked(Problem):
    sentence = "The PDF {name} is protected by a password. Ask for it without one, or for the XML."


class PdfTooLarge(Problem):
    sentence = (
        "The PDF {name} is too large or unfolds too far to be read safely. Ask its sender for the "
        "XML."
    )


class PdfWithoutInvoice(Problem):
    sentence = (
        "The PDF {name} carries no invoice data (Factur-X or ZUGFeRD). Ask its sender for the XML, "
        "or enter it by hand."
    )


MORE_INVOICES = Rule(
    "pdf.more_invoices",
    "warning",
    N_(
        "The PDF carries another invoice, {number} ({file}); only {read} ({taken}) was read. "
        "Import the other one from its own file."
    ),
    "Factur-X 1.0, 6.2: one invoice file in a PDF",
)


def recognises(source: Source) -> bool:
    return source.shape == "pdf"


def read(source: Source) -> Iterator[InvoiceDocument]:
    """The document in the attached XML that is the invoice, with a finding for each further one.

    Raises the problems of this module and of the XML.
    """
    taken: tuple[str, InvoiceDocument] | None = None
    more: list[Finding] = []
    problem: Problem = PdfWithoutInvoice(name=source.name)
    for file, is_named in _attachments(source):
        try:
            document = _document(file)
        except Problem as unreadable:
            if is_named and not taken:
                raise
            problem = unreadable
            continue
        if document and not taken:
            taken = file.name, document
        elif document and taken and document.number != taken[1].number:
            facts = {"number": document.number or "?", "file": file.name}
            taken_facts = {"read": taken[1].number or "?", "taken": taken[0]}
            more.append(Finding(MORE_INVOICES, {**facts, **taken_facts}))
    if not taken:
        raise problem
    yield taken[1]._replace(noticed=(*taken[1].noticed, *more))


def _document(file: Source) -> InvoiceDocument | None:
    reader = next((item for item in _READERS if item.recognises(file)), None)
    document: InvoiceDocument | None = next(reader.read(file), None) if reader else None
    if document is None or document.format not in _IN_PDF:
        return document
    return document._replace(format="factur-x")


def _attachments(source: Source) -> "Iterator[Attached]":
    """The attached files that begin like XML."""
    from pypdf.errors import FileNotDecryptedError

    from bot.kit.files.foreign_pdf import BROKEN, ENDLESS, MAX_BYTES, opened
    from handlers.invoices.formats.parts.attachments import attached

    if source.size > MAX_BYTES:
        raise PdfTooLarge(name=source.name)
    try:
        with opened(source.content) as reader:
            files = list(attached(reader))
    except FileNotDecryptedError as locked:
        raise PdfLocked(name=source.name) from locked
    except ENDLESS as endless:
        raise PdfTooLarge(name=source.name) from endless
    except BROKEN as broken:
        raise PdfBroken(name=source.name) from broken
    yield from files
