"""The content of NAV's invoice data."""

from collections.abc import Iterator
from decimal import Decimal

from bot.kit.errors import Problem
from bot.kit.invoice_content import Content, Line, Method, Remark
from handlers.invoices.formats import nav
from handlers.invoices.formats.contents.parts import address, discount, joined, other, texts
from handlers.invoices.formats.document import InvoiceDocument
from handlers.invoices.formats.parts.node import Node
from handlers.invoices.formats.source import Source

FORMATS = ("nav",)

_METHODS: dict[str, Method] = {
    "TRANSFER": "transfer",
    "CASH": "cash",
    "CARD": "card",
    "VOUCHER": "voucher",
}
_REMARKS: tuple[tuple[str, Remark], ...] = (
    ("cashAccountingIndicator", "cash_method"),
    ("selfBillingIndicator", "self_billing"),
)


def read(source: Source, document: InvoiceDocument) -> Content:
    parts = nav.parts_of(_data_of(source, document))
    head = parts[0].child("invoiceHead")
    detail, agent = head.child("invoiceDetail"), head.child("fiscalRepresentativeInfo")
    place = agent.child("fiscalRepresentativeAddress")
    return Content(
        currency=document.currency or "",
        lines=tuple(map(_line, nav.lines_of(parts))),
        accounted=_accounted(parts, document.currency),
        sold_on=detail.day("invoiceDeliveryDate"),
        period=(detail.day("invoiceDeliveryPeriodStart"), detail.day("invoiceDeliveryPeriodEnd")),
        references=texts(
            detail.child("conventionalInvoiceInfo", "orderNumbers").children("orderNumber")
        ),
        remarks=tuple(remark for name, remark in _REMARKS if detail.is_true(name)),
        seller_address=_address(head.child("supplierInfo", "supplierAddress")),
        buyer_address=_address(head.child("customerInfo", "customerAddress")),
        others=other(
            "tax_representative", agent.text("fiscalRepresentativeName"), *_address(place)
        ),
        method=_METHODS.get(detail.text("paymentMethod") or ""),
        notes=(*_told(detail), *_exemptions(parts)),
    )


def _data_of(source: Source, document: InvoiceDocument) -> Node:
    """Of several invoices in a file the one of this number."""
    for item in nav.carried(source):
        if not isinstance(item, Problem) and item[0].text("invoiceNumber") == document.number:
            return item[0]
    return Node(None, [])


def _accounted(parts: list[Node], currency: str | None) -> tuple[Decimal, str] | None:
    """The VAT in forints."""
    in_forints = nav.sum_of(parts, "invoiceVatAmountHUF")
    return None if in_forints is None or currency == "HUF" else (in_forints, "HUF")


def _exemptions(parts: list[Node]) -> Iterator[str]:
    """Why no VAT is asked for, in the seller's words."""
    for part in parts:
        for rate in part.child("invoiceSummary", "summaryNormal").children("summaryByVatRate"):
            kind = rate.child("vatRate")
            for case in (kind.child("vatExemption"), kind.child("vatOutOfScope")):
                if words := joined(
                    case.text("case") and f"{case.text('case')}:", case.text("reason")
                ):
                    yield words


def _line(line: Node) -> Line:
    normal, simplified = line.child("lineAmountsNormal"), line.child("lineAmountsSimplified")
    rate = (normal or simplified).child("lineVatRate")
    unit, quantity, price = (
        line.text("unitOfMeasure"),
        line.amount("quantity"),
        line.amount("unitPrice"),
    )
    net, gross = (
        normal.amount("lineNetAmountData", "lineNetAmount"),
        simplified.amount("lineGrossAmountSimplified"),
    )
    less = line.amount("lineDiscountData", "discountValue")
    return Line(
        name=line.text("lineDescription"),
        quantity=quantity,
        unit=line.text("unitOfMeasureOwn") if unit == "OWN" else unit,
        unit_price=price,
        rate=nav.percent(rate),
        category=nav.category(rate),
        net=net,
        changed=discount(less, quantity, price, gross if net is None else net),
        gross=gross,
    )


def _told(detail: Node) -> Iterator[str]:
    for node in detail.children("additionalInvoiceData"):
        if words := joined(
            node.text("dataDescription") and f"{node.text('dataDescription')}:",
            node.text("dataValue"),
        ):
            yield words


def _address(node: Node) -> tuple[str, ...]:
    place = node.child("detailedAddress") or node.child("simpleAddress")
    street = map(place.text, ("streetName", "publicPlaceCategory", "number"))
    inside = map(place.text, ("building", "staircase", "floor", "door"))
    return address(
        place.text("additionalAddressDetail") or joined(*street, *inside),
        joined(place.text("postalCode"), place.text("city")),
    )
