"""Checks of a document when it comes in: what does not add up or is not valid is said, and never loses the file."""

from handlers.invoices.formats.document import Finding, InvoiceDocument


def check(document: InvoiceDocument) -> tuple[Finding, ...]:
    return document.noticed
