"""The content of NAV's invoice data."""

from collections.abc import Iterator

from bot.kit.errors import Problem
from bot.kit.invoice_content import Content, Line, Method
from handlers.invoices.formats import nav
from handlers.invoices.formats.contents.parts import address, joined
from handlers.invoices.formats.document import InvoiceDocument
from handlers.invoices.formats.node import Node
from handlers.invoices.formats.source import Source

_METHODS: dict[str, Method] = {"TRANSFER": "transfer", "CASH": "cash", "CARD": "card", "VOUCHER": "voucher"}


def read(source: Source, document: InvoiceDocument) -> Content:
    data = (one[0] for one in nav.carried(source) if not isinstance(one, Problem))
    parts = nav.parts_of(next((one for one in data if one.text("invoiceNumber") == document.number), Node(None, [])))
    head = parts[0].child("invoiceHead")
    detail = head.child("invoiceDetail")
    return Content(
        currency=document.currency or "",
        taxes=document.taxes,
        lines=tuple(_line(line) for part in parts for line in part.child("invoiceLines").children("line")),
        sold_on=detail.day("invoiceDeliveryDate"),
        seller_address=_address(head.child("supplierInfo", "supplierAddress")),
        buyer_address=_address(head.child("customerInfo", "customerAddress")),
        method=_METHODS.get(detail.text("paymentMethod") or ""),
        notes=tuple(_told(detail)),
    )


def _line(line: Node) -> Line:
    normal, simplified = line.child("lineAmountsNormal"), line.child("lineAmountsSimplified")
    rate = (normal or simplified).child("lineVatRate")
    unit = line.text("unitOfMeasure")
    return Line(
        name=line.text("lineDescription"),
        quantity=line.amount("quantity"),
        unit=line.text("unitOfMeasureOwn") if unit == "OWN" else unit,
        unit_price=line.amount("unitPrice"),
        rate=nav.percent(rate),
        category=nav.category(rate),
        net=normal.amount("lineNetAmountData", "lineNetAmount"),
        gross=simplified.amount("lineGrossAmountSimplified"),
    )


def _told(detail: Node) -> Iterator[str]:
    for told in detail.children("additionalInvoiceData"):
        if words := joined(told.text("dataDescription") and f"{told.text('dataDescription')}:", told.text("dataValue")):
            yield words


def _address(node: Node) -> tuple[str, ...]:
    told = node.child("detailedAddress") or node.child("simpleAddress")
    street = (told.text(name) for name in ("streetName", "publicPlaceCategory", "number"))
    inside = (told.text(name) for name in ("building", "staircase", "floor", "door"))
    return address(
        told.text("additionalAddressDetail") or joined(*street, *inside),
        joined(told.text("postalCode"), told.text("city")),
    )
