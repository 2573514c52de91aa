"""Contents: what an invoice's file says beyond the ledger, read when it is to be shown."""

import sys
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache

from bot.kit import plugins
from bot.kit.errors import Problem
from bot.kit.invoice_content import Content, Line
from handlers.invoices.formats import registry
from handlers.invoices.formats.document import InvoiceDocument
from handlers.invoices.formats.envelopes import unwrapped
from handlers.invoices.formats.parts.node import whole
from handlers.invoices.formats.source import Source


@cache
def _readers() -> Mapping[str, Callable[[Source, InvoiceDocument], Content]]:
    """By the format's name: every module of this folder with ``read`` and the ``FORMATS`` that it
    reads.
    """
    modules = plugins.modules_with(sys.modules[__name__], "read", "FORMATS")
    return {name: module.read for module in modules for name in module.FORMATS}


def content_of(file: bytes, number: str) -> Content | None:
    """What the invoice of this number says in a file; nothing where it is not there, or a PDF shows
    it itself.
    """
    source = unwrapped(Source.of(file, number))
    if source.shape != "xml":
        return None
    read = (
        item
        for item in registry.read(source)
        if not isinstance(item, Problem) and item.number == number
    )
    document = next(read, None)
    return _complete(_readers()[document.format](source, document), document) if document else None


def _complete(content: Content, document: InvoiceDocument) -> Content:
    """With what is read of every format alike, and the sign of what is credited: negative, as the
    total is.
    """
    whole_of_it = content._replace(
        taxes=document.taxes,
        accounts=document.accounts,
        earlier=document.preceding,
        rounding=document.rounding,
        terms=content.terms
        or tuple(instalment.terms for instalment in document.instalments if instalment.terms),
    )
    net = whole([line.net for line in content.lines])
    if (
        document.kind in ("credit_note", "cancellation")
        and net
        and document.total
        and net * document.total < 0
    ):
        return _turned(whole_of_it)
    return whole_of_it


def _turned(content: Content) -> Content:
    vat = content.accounted
    return content._replace(
        lines=tuple(map(_turned_line, content.lines)), accounted=vat and (-vat[0], vat[1])
    )


def _turned_line(line: Line) -> Line:
    return line._replace(
        quantity=_negative(line.quantity),
        net=_negative(line.net),
        gross=_negative(line.gross),
        changed=_negative(line.changed),
    )


def _negative(amount: Decimal | None) -> Decimal | None:
    return -amount if amount else amount
