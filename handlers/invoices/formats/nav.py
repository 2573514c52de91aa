"""NAV Online Számla 3.0: invoice data of the Hungarian tax authority, bare or inside its requests
and answers.
"""

import binascii
import zlib
from base64 import b64decode
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from bot.kit import xml
from bot.kit.errors import Problem
from bot.kit.invoice_content import Tax
from handlers.invoices.formats.document import (
    Corrected,
    Finding,
    Instalment,
    InvoiceDocument,
    Kind,
    Party,
)
from handlers.invoices.formats.parts.node import Node, amounts, whole
from handlers.invoices.formats.schemas import schema_findings
from handlers.invoices.formats.source import Source

_NAMESPACE = "http://schemas.nav.gov.hu/OSA/"
_CARRIERS = {"ManageInvoiceRequest", "QueryInvoiceDataResponse"}
# NAV takes at most 100 invoices in a request.
_MOST_CARRIED = 100
_MAX_UNFOLDED = 50_000_000
_GZIP = zlib.MAX_WBITS | 16


class NavContentBroken(Problem):
    sentence = "The invoice data inside {name} (number {index}) cannot be unpacked: it is damaged."


class NavContentTooLarge(Problem):
    sentence = "The invoice data inside {name} unfold too far to be read safely. Split the request."


class NavWithoutInvoice(Problem):
    sentence = (
        "The file {name} is a message to or from NAV ({element}) that asks or tells about invoices "
        "but holds none."
    )


def recognises(source: Source) -> bool:
    return source.element[0].startswith(_NAMESPACE)


def read(source: Source) -> Iterator[InvoiceDocument | Problem]:
    """The document of bare invoice data, or each one that a request or an answer carries packed in
    it.
    """
    for item in carried(source):
        yield item if isinstance(item, Problem) else _document(*item)


def carried(source: Source) -> Iterator[tuple[Node, str | None] | Problem]:
    """The invoice data in a file, each with the operation of the request that sent it."""
    name = source.element[1]
    if name == "InvoiceData":
        yield source.top, None
        return
    packed = list(source.root.iter("{*}invoiceData"))[:_MOST_CARRIED] if name in _CARRIERS else []
    if not packed:
        raise NavWithoutInvoice(name=source.name, element=name)
    left = _MAX_UNFOLDED
    for index, element in enumerate(packed, start=1):
        try:
            content = _unpacked(element.text or "", left, source.name, index)
            left -= len(content)
            yield (
                Node(xml.parse(content), []),
                Node(element.getparent(), []).text("invoiceOperation"),
            )
        except NavContentTooLarge as endless:
            yield endless
            return
        except Problem as problem:
            yield problem


def _unpacked(text: str, most: int, name: str, index: int) -> bytes:
    """Base64, often gzipped within; at most ``most`` bytes are unfolded."""
    try:
        content = b64decode(text)
        if not content.startswith(b"\x1f\x8b"):
            return content
        gunzip = zlib.decompressobj(_GZIP)
        unfolded = gunzip.decompress(content, max(most, 1))
    except (binascii.Error, ValueError, zlib.error) as broken:
        raise NavContentBroken(name=name, index=index) from broken
    if gunzip.unconsumed_tail:
        raise NavContentTooLarge(name=name)
    if not gunzip.eof:
        raise NavContentBroken(name=name, index=index)
    return unfolded


def _document(root: Node, operation: str | None) -> InvoiceDocument:
    """One document, also where a batch modifies several invoices: each part is then one original's
    share.
    """
    parts = parts_of(root)
    first = parts[0]
    head = first.child("invoiceHead")
    detail = head.child("invoiceDetail")
    totals = list(map(_total, parts))
    total = whole(totals)
    corrects = tuple(_corrects(parts, totals))
    account = head.text("supplierInfo", "supplierBankAccountNumber")
    lines = lines_of(parts)
    advances = tuple(_advances(lines))
    return InvoiceDocument(
        format="nav",
        kind=_kind(bool(corrects), operation, lines, advances),
        number=root.text("invoiceNumber"),
        issued_on=root.day("invoiceIssueDate"),
        currency=detail.text("currencyCode"),
        total=total,
        to_pay=total,
        seller=_supplier(head.child("supplierInfo")),
        buyer=_customer(head.child("customerInfo")),
        instalments=tuple(_instalments(parts, totals)),
        accounts=(account.replace(" ", ""),) if account else (),
        corrects=corrects,
        preceding=advances,
        net=sum_of(parts, "invoiceNetAmount"),
        tax=sum_of(parts, "invoiceVatAmount"),
        taxes=tuple(chain.from_iterable(map(_taxes, parts))),
        lines=len(lines),
        lines_net=whole(amounts(lines, "lineAmountsNormal", "lineNetAmountData", "lineNetAmount")),
        noticed=(*root.noticed, *_conformance(root)),
    )


def _conformance(root: Node) -> list[Finding]:
    return [] if root.element is None else schema_findings(root.element, "nav")


def parts_of(root: Node) -> list[Node]:
    """The one invoice of the data, or each of a batch."""
    main = root.child("invoiceMain")
    return [batch.child("invoice") for batch in main.children("batchInvoice")] or [
        main.child("invoice")
    ]


def lines_of(parts: list[Node]) -> list[Node]:
    """The lines of all parts."""
    lines: list[Node] = []
    for part in parts:
        lines += part.child("invoiceLines").children("line")
    return lines


def _kind(
    corrects: bool, operation: str | None, lines: list[Node], advances: tuple[str, ...]
) -> Kind:
    """The data do not tell a storno from a modification; only the operation of the request that
    sent them does.
    """
    if operation == "STORNO":
        return "cancellation"
    if corrects or operation == "MODIFY":
        return "correction"
    if advances:
        return "final"
    is_advance = bool(lines) and all(
        line.is_true("advanceData", "advanceIndicator") for line in lines
    )
    return "advance" if is_advance else "invoice"


def _total(part: Node) -> Decimal | None:
    """Gross in the invoice's currency; where the summary leaves it out, net and tax."""
    summary = part.child("invoiceSummary")
    gross = summary.amount("summaryGrossData", "invoiceGrossAmount")
    if gross is not None:
        return gross
    simplified = amounts(summary.children("summarySimplified"), "vatContentGrossAmount")
    if simplified:
        return whole(simplified)
    normal = summary.child("summaryNormal")
    return whole([normal.amount("invoiceNetAmount"), normal.amount("invoiceVatAmount")])


def sum_of(parts: list[Node], name: str) -> Decimal | None:
    """An amount of the summary, of all parts together."""
    return whole(amounts(parts, "invoiceSummary", "summaryNormal", name))


def _corrects(parts: list[Node], totals: list[Decimal | None]) -> Iterator[Corrected]:
    for part, total in zip(parts, totals, strict=True):
        if number := part.text("invoiceReference", "originalInvoiceNumber"):
            yield Corrected(number, amount=total)


def _advances(lines: list[Node]) -> Iterator[str]:
    for line in lines:
        if number := line.text("advanceData", "advancePaymentData", "advanceOriginalInvoice"):
            yield number


def _instalments(parts: list[Node], totals: list[Decimal | None]) -> Iterator[Instalment]:
    for part, total in zip(parts, totals, strict=True):
        due_on = part.day("invoiceHead", "invoiceDetail", "paymentDate")
        if due_on:
            yield Instalment(due_on, total if len(parts) > 1 else None)


def _supplier(info: Node) -> Party:
    tax_id = info.text("supplierTaxNumber", "taxpayerId")
    return Party(info.text("supplierName"), tax_id, _country(info.child("supplierAddress")) or "HU")


def _customer(info: Node) -> Party:
    vat = info.child("customerVatData")
    domestic = vat.text("customerTaxNumber", "taxpayerId")
    tax_id = domestic or vat.text("communityVatNumber") or vat.text("thirdStateTaxId")
    country = _country(info.child("customerAddress")) or ("HU" if domestic else None)
    return Party(info.text("customerName"), tax_id, country)


def _country(address: Node) -> str | None:
    return address.text("detailedAddress", "countryCode") or address.text(
        "simpleAddress", "countryCode"
    )


def _taxes(part: Node) -> Iterator[Tax]:
    for rate in part.child("invoiceSummary", "summaryNormal").children("summaryByVatRate"):
        kind = rate.child("vatRate")
        base, amount = (
            rate.amount("vatRateNetData", "vatRateNetAmount"),
            rate.amount("vatRateVatData", "vatRateVatAmount"),
        )
        yield Tax(percent(kind), base, amount, category(kind))


def percent(rate: Node) -> Decimal | None:
    """A rate in percent; NAV writes the fraction."""
    fraction = (
        rate.amount("vatPercentage") if rate.child("vatPercentage") else rate.amount("vatContent")
    )
    return None if fraction is None else fraction * 100


def category(rate: Node) -> str | None:
    """Why there is no rate: NAV's case, ``FAD`` for the domestic reverse charge, the
    margin scheme.
    """
    if rate.is_true("vatDomesticReverseCharge"):
        return "FAD"
    return (
        rate.text("vatExemption", "case")
        or rate.text("vatOutOfScope", "case")
        or rate.text("marginSchemeIndicator")
    )
