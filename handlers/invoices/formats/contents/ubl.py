"""The content of UBL."""

from bot.kit.invoice_content import Content, Line
from handlers.invoices.formats.contents.parts import address, joined, method, notes, price_of_one, texts
from handlers.invoices.formats.document import InvoiceDocument
from handlers.invoices.formats.node import Node
from handlers.invoices.formats.source import Source


def read(source: Source, document: InvoiceDocument) -> Content:
    root = source.top
    means = next(root.children("PaymentMeans"), Node(None, []))
    return Content(
        currency=document.currency or "",
        taxes=document.taxes,
        lines=(
            *(_line(line, root.name) for line in root.children(f"{root.name}Line")),
            *map(_change, root.children("AllowanceCharge")),
        ),
        sold_on=root.day("Delivery", "ActualDeliveryDate"),
        seller_address=_address(root.child("AccountingSupplierParty", "Party", "PostalAddress")),
        buyer_address=_address(root.child("AccountingCustomerParty", "Party", "PostalAddress")),
        method=method(means.text("PaymentMeansCode")),
        notes=notes(texts(root.children("Note"))),
    )


def _line(line: Node, of: str) -> Line:
    counted = line.child("CreditedQuantity" if of == "CreditNote" else "InvoicedQuantity")
    quantity, net, item = counted.amount(), line.amount("LineExtensionAmount"), line.child("Item")
    price, tax = line.child("Price"), item.child("ClassifiedTaxCategory")
    return Line(
        name=item.text("Name") or item.text("Description"),
        quantity=quantity,
        unit=counted.attribute("unitCode"),
        unit_price=price_of_one(quantity, price.amount("PriceAmount"), price.amount("BaseQuantity"), net),
        rate=tax.amount("Percent"),
        category=tax.text("ID"),
        net=net,
    )


def _change(node: Node) -> Line:
    """A discount on the whole invoice, or a charge."""
    amount, tax = node.amount("Amount"), node.child("TaxCategory")
    net = amount if node.text("ChargeIndicator") == "true" or not amount else -amount
    return Line(node.text("AllowanceChargeReason"), rate=tax.amount("Percent"), category=tax.text("ID"), net=net)


def _address(node: Node) -> tuple[str, ...]:
    return address(
        node.text("StreetName"),
        node.text("AdditionalStreetName"),
        *texts(node.children("AddressLine"), "Line"),
        joined(node.text("PostalZone"), node.text("CityName")),
    )
