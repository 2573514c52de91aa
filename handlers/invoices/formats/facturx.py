"""Factur-X and ZUGFeRD: a PDF for people that carries the invoice as XML for machines."""

from collections.abc import Iterator

from bot.kit.errors import Problem
from handlers.invoices.formats import cii, ubl
from handlers.invoices.formats.document import InvoiceDocument
from handlers.invoices.formats.source import Source

MAX_ATTACHMENTS = 50


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


def recognises(source: Source) -> bool:
    return source.shape == "pdf"


def read(source: Source) -> Iterator[InvoiceDocument]:
    """The document in the first attached XML that is an invoice; raises the problems of this module
    and of the XML.
    """
    problem: Problem = PdfWithoutInvoice(name=source.name)
    for attachment in _attachments(source):
        try:
            reader = next((r for r in (cii, ubl) if r.recognises(attachment)), None)
            if reader:
                yield from (_in_pdf(document) for document in reader.read(attachment))
                return
        except Problem as unreadable:
            problem = unreadable
    raise problem


def _in_pdf(document: InvoiceDocument) -> InvoiceDocument:
    return document if document.format == "zugferd1" else document._replace(format="factur-x")


def _attachments(source: Source) -> list[Source]:
    """The attached files that begin like XML."""
    from pypdf.errors import FileNotDecryptedError

    from bot.kit.foreign_pdf import BROKEN, ENDLESS, MAX_BYTES

    if source.size > MAX_BYTES:
        raise PdfTooLarge(name=source.name)
    try:
        return list(_xml_files(source.content))
    except FileNotDecryptedError as locked:
        raise PdfLocked(name=source.name) from locked
    except ENDLESS as endless:
        raise PdfTooLarge(name=source.name) from endless
    except BROKEN as broken:
        raise PdfBroken(name=source.name) from broken


def _xml_files(content: bytes) -> Iterator[Source]:
    from bot.kit.foreign_pdf import opened

    with opened(content) as reader:
        for count, attached in enumerate(reader.attachment_list):
            if count >= MAX_ATTACHMENTS:
                return
            file = Source.of(attached.content, attached.name)
            if file.shape == "xml":
                yield file
