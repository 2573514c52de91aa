"""The content of UBL."""

from collections.abc import Iterator
from decimal import Decimal

from bot.kit.invoice_content import Content, Line, Role
from handlers.invoices.formats import ubl
from handlers.invoices.formats.contents.parts import (
    accounted,
    address,
    joined,
    method,
    named,
    notes,
    other,
    price_of_one,
    texts,
)
from handlers.invoices.formats.document import InvoiceDocument
from handlers.invoices.formats.parts.node import Node
from handlers.invoices.formats.source import Source

FORMATS = ("ubl-invoice", "ubl-creditnote")


def read(source: Source, document: InvoiceDocument) -> Content:
    root = source.top
    means = next(root.children("PaymentMeans"), Node(None, []))
    return Content(
        currency=document.currency or "",
        lines=(
            *(_line(line, root.name) for line in root.children(f"{root.name}Line")),
            *map(_change, root.children("AllowanceCharge")),
        ),
        accounted=_accounted(root, document.currency),
        sold_on=root.day("Delivery", "ActualDeliveryDate"),
        period=(root.day("InvoicePeriod", "StartDate"), root.day("InvoicePeriod", "EndDate")),
        terms=texts(root.children("PaymentTerms"), "Note"),
        references=texts([root.child("OrderReference", "ID"), root.child("BuyerReference")]),
        seller_address=_address(root.child("AccountingSupplierParty", "Party", "PostalAddress")),
        buyer_address=_address(root.child("AccountingCustomerParty", "Party", "PostalAddress")),
        others=tuple(_others(root)),
        method=method(means.text("PaymentMeansCode")),
        notes=notes((*texts(root.children("Note")), *_exemptions(root))),
        has_attachments=any(
            node.child("Attachment") for node in root.children("AdditionalDocumentReference")
        ),
    )


def _line(line: Node, of: str) -> Line:
    counted = line.child("CreditedQuantity" if of == "CreditNote" else "InvoicedQuantity")
    quantity, net, item = counted.amount(), line.amount("LineExtensionAmount"), line.child("Item")
    price, tax = line.child("Price"), item.child("ClassifiedTaxCategory")
    return Line(
        name=named(item.text("Name"), item.text("Description")),
        quantity=quantity,
        unit=counted.attribute("unitCode"),
        unit_price=price_of_one(
            quantity, price.amount("PriceAmount"), price.amount("BaseQuantity"), net
        ),
        rate=tax.amount("Percent"),
        category=tax.text("ID"),
        net=net,
        changed=ubl.charges(line) or None,
    )


def _others(root: Node) -> Iterator[tuple[Role, str]]:
    payee, agent, delivery = (
        root.child("PayeeParty"),
        root.child("TaxRepresentativeParty"),
        root.child("Delivery"),
    )
    yield from other("payee", payee.text("PartyName", "Name"))
    number = agent.text("PartyTaxScheme", "CompanyID")
    yield from other(
        "tax_representative",
        agent.text("PartyName", "Name"),
        *_address(agent.child("PostalAddress")),
        number,
    )
    place = _address(delivery.child("DeliveryLocation", "Address"))
    yield from other("recipient", delivery.text("DeliveryParty", "PartyName", "Name"), *place)


def _exemptions(root: Node) -> Iterator[str]:
    """Why no VAT is asked for, in the seller's words."""
    for total in root.children("TaxTotal"):
        categories = (part.child("TaxCategory") for part in total.children("TaxSubtotal"))
        yield from texts(categories, "TaxExemptionReason")


def _accounted(root: Node, currency: str | None) -> tuple[Decimal, str] | None:
    totals = (total.child("TaxAmount") for total in root.children("TaxTotal"))
    return accounted(totals, root.text("TaxCurrencyCode"), currency)


def _change(node: Node) -> Line:
    """A discount on the whole invoice, or a charge."""
    tax = node.child("TaxCategory")
    reason = node.text("AllowanceChargeReason")
    return Line(
        reason, rate=tax.amount("Percent"), category=tax.text("ID"), net=ubl.charged(node) or None
    )


def _address(node: Node) -> tuple[str, ...]:
    return address(
        node.text("StreetName"),
        node.text("AdditionalStreetName"),
        *texts(node.children("AddressLine"), "Line"),
        joined(node.text("PostalZone"), node.text("CityName")),
    )
