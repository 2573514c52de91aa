"""The content of CII, and of ZUGFeRD 1.0 under its other names."""

from bot.kit.invoice_content import Content, Line, Role
from handlers.invoices.formats import cii
from handlers.invoices.formats.cii import either
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

FORMATS = ("cii", "zugferd1")


def read(source: Source, document: InvoiceDocument) -> Content:
    root = source.top
    transaction = either(root, cii.TRANSACTION)
    agreement, settlement = either(transaction, cii.AGREEMENT), either(transaction, cii.SETTLEMENT)
    delivered = either(transaction, cii.DELIVERY).child(
        "ActualDeliverySupplyChainEvent", "OccurrenceDateTime"
    )
    period = settlement.child("BillingSpecifiedPeriod")
    return Content(
        currency=document.currency or "",
        lines=(
            *map(_line, transaction.children("IncludedSupplyChainTradeLineItem")),
            *map(_change, settlement.children("SpecifiedTradeAllowanceCharge")),
        ),
        accounted=accounted(
            either(settlement, cii.SUMMATION).children("TaxTotalAmount"),
            settlement.text("TaxCurrencyCode"),
            document.currency,
        ),
        sold_on=cii.day(delivered),
        period=(cii.day(period.child("StartDateTime")), cii.day(period.child("EndDateTime"))),
        references=_references(agreement),
        seller_address=_address(agreement.child("SellerTradeParty", "PostalTradeAddress")),
        buyer_address=_address(agreement.child("BuyerTradeParty", "PostalTradeAddress")),
        others=(
            *other("payee", settlement.text("PayeeTradeParty", "Name")),
            *_other("tax_representative", agreement.child("SellerTaxRepresentativeTradeParty")),
            *_other("recipient", either(transaction, cii.DELIVERY).child("ShipToTradeParty")),
        ),
        method=method(settlement.text("SpecifiedTradeSettlementPaymentMeans", "TypeCode")),
        notes=notes(
            (
                *texts(either(root, cii.DOCUMENT).children("IncludedNote"), "Content"),
                *texts(settlement.children("ApplicableTradeTax"), "ExemptionReason"),
            )
        ),
        has_attachments=any(
            node.child("AttachmentBinaryObject")
            for node in agreement.children("AdditionalReferencedDocument")
        ),
    )


def _other(role: Role, party: Node) -> tuple[tuple[Role, str], ...]:
    number = party.text("SpecifiedTaxRegistration", "ID")
    return other(role, party.text("Name"), *_address(party.child("PostalTradeAddress")), number)


def _references(agreement: Node) -> tuple[str, ...]:
    """Of the order, and of whoever ordered."""
    order = agreement.child("BuyerOrderReferencedDocument")
    return texts(
        [order.child("IssuerAssignedID") or order.child("ID"), agreement.child("BuyerReference")]
    )


def _line(line: Node) -> Line:
    settlement, product = either(line, cii.LINE_SETTLEMENT), line.child("SpecifiedTradeProduct")
    counted, tax = (
        either(line, cii.LINE_DELIVERY).child("BilledQuantity"),
        settlement.child("ApplicableTradeTax"),
    )
    price = either(line, cii.LINE_AGREEMENT).child("NetPriceProductTradePrice")
    quantity, net = (
        counted.amount(),
        either(settlement, cii.LINE_SUMMATION).amount("LineTotalAmount"),
    )
    return Line(
        name=named(product.text("Name"), product.text("Description")),
        quantity=quantity,
        unit=counted.attribute("unitCode"),
        unit_price=price_of_one(
            quantity, price.amount("ChargeAmount"), price.amount("BasisQuantity"), net
        ),
        rate=cii.percent(tax),
        category=tax.text("CategoryCode"),
        net=net,
        changed=cii.charges(settlement) or None,
    )


def _change(node: Node) -> Line:
    """A discount on the whole invoice, or a charge."""
    tax = node.child("CategoryTradeTax")
    return Line(
        node.text("Reason"),
        rate=cii.percent(tax),
        category=tax.text("CategoryCode"),
        net=cii.charged(node) or None,
    )


def _address(node: Node) -> tuple[str, ...]:
    streets = (node.text(name) for name in ("LineOne", "LineTwo", "LineThree"))
    return address(*streets, joined(node.text("PostcodeCode"), node.text("CityName")))
