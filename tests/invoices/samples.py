"""Small invoices of every format, written for the tests, and what makes a PDF or a workbook of
them.
"""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from pypdf import PdfWriter

from bot.kit.tables.layout import Layout
from handlers.invoices.formats.document import InvoiceDocument
from handlers.invoices.service.document_reader import Read, read_bytes

FILES = Path(__file__).with_name("files")


def content(name: str) -> bytes:
    return (FILES / name).read_bytes()


def reads(
    data: bytes | str, name: str = "invoice.xml", mapping: Layout | None = None
) -> list[Read]:
    return list(read_bytes(data.encode() if isinstance(data, str) else data, name, mapping))


def one(
    data: bytes | str, name: str = "invoice.xml", mapping: Layout | None = None
) -> InvoiceDocument:
    """The one document in the file."""
    (read,) = reads(data, name, mapping)
    assert read.document, read.problem
    return read.document


def refusal(data: bytes | str, name: str = "invoice.xml") -> str:
    """The one sentence that says why the file is not read."""
    (read,) = reads(data, name)
    assert read.problem
    return str(read.problem)


def amounts(document: InvoiceDocument, *fields: str) -> list[str | None]:
    """Amounts of a document as plain text, without zeros at the end: ``["1338", "-0.5", None]``."""
    found = [getattr(document, field) for field in fields]
    return [None if amount is None else f"{amount.normalize():f}" for amount in found]


def changed(name: str, *changes: tuple[str, str]) -> str:
    """A sample with some of its text replaced; what is replaced must be there."""
    text = content(name).decode()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def pdf_with(attachments: Sequence[tuple[str, bytes]], password: str | None = None) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=200, height=200)
    for name, data in attachments:
        writer.add_attachment(name, data)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def workbook_with(*sheets: Sequence[Sequence[object]]) -> bytes:
    book = Workbook()
    for number, rows in enumerate(sheets):
        sheet = book.active if number == 0 else book.create_sheet()
        assert sheet is not None
        for row in rows:
            sheet.append(list(row))
    written = BytesIO()
    book.save(written)
    return written.getvalue()
