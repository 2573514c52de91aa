"""Cross Industry Invoice (CII), as in Factur-X, ZUGFeRD 2, XRechnung and EN 16931; and ZUGFeRD 1.0,
its elder.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from bot.kit.invoice_content import Tax
from bot.kit.words import N_
from handlers.invoices.formats.document import (
    LOWERING,
    Corrected,
    Finding,
    Instalment,
    InvoiceDocument,
    Party,
    Rule,
)
from handlers.invoices.formats.parts.codes import kind_of, signed
from handlers.invoices.formats.parts.line_prices import compare
from handlers.invoices.formats.parts.node import Node, whole
from handlers.invoices.formats.parts.party_numbers import identified, represented
from handlers.invoices.formats.schemas import schema_findings
from handlers.invoices.formats.source import Source

PROFILE_UNKNOWN = Rule(
    "profile.unknown",
    "warning",
    N_("The invoice follows no known profile: it names “{profile}”."),
    "EN 16931 BR-01; profile identifiers of Factur-X 1.0 and ZUGFeRD 2",
)
_FORMATS = {"CrossIndustryInvoice": "cii", "CrossIndustryDocument": "zugferd1"}
_KNOWN_PROFILE = re.compile(
    r"urn:cen\.eu:en16931:2017(?:[#:](?:compliant|conformant)[#:].+)?"
    r"|urn:(?:factur-x\.eu|zugferd\.de):\w+:\w+"
)
_PROFILES = ("minimum", "basicwl", "basic", "extended")
# ZUGFeRD 1.0 calls the same things by other names.
DOCUMENT = ("ExchangedDocument", "HeaderExchangedDocument")
TRANSACTION = ("SupplyChainTradeTransaction", "SpecifiedSupplyChainTradeTransaction")
AGREEMENT = ("ApplicableHeaderTradeAgreement", "ApplicableSupplyChainTradeAgreement")
DELIVERY = ("ApplicableHeaderTradeDelivery", "ApplicableSupplyChainTradeDelivery")
SETTLEMENT = ("ApplicableHeaderTradeSettlement", "ApplicableSupplyChainTradeSettlement")
SUMMATION = (
    "SpecifiedTradeSettlementHeaderMonetarySummation",
    "SpecifiedTradeSettlementMonetarySummation",
)
_PERCENT = ("RateApplicablePercent", "ApplicablePercent")
LINE_AGREEMENT = ("SpecifiedLineTradeAgreement", "SpecifiedSupplyChainTradeAgreement")
LINE_DELIVERY = ("SpecifiedLineTradeDelivery", "SpecifiedSupplyChainTradeDelivery")
LINE_SETTLEMENT = ("SpecifiedLineTradeSettlement", "SpecifiedSupplyChainTradeSettlement")
LINE_SUMMATION = (
    "SpecifiedTradeSettlementLineMonetarySummation",
    "SpecifiedTradeSettlementMonetarySummation",
)


def recognises(source: Source) -> bool:
    namespace, name = source.element
    return name in _FORMATS and "CrossIndustry" in namespace


def read(source: Source) -> Iterator[InvoiceDocument]:
    """The one document of the file."""
    root, format_ = source.top, _FORMATS[source.element[1]]
    header = either(root, DOCUMENT)
    transaction = either(root, TRANSACTION)
    agreement, settlement = either(transaction, AGREEMENT), either(transaction, SETTLEMENT)
    sums = either(settlement, SUMMATION)
    currency = settlement.text("InvoiceCurrencyCode")
    total, prepaid = sums.amount("GrandTotalAmount"), sums.amount("TotalPrepaidAmount")
    earlier = tuple(_earlier(settlement))
    kind = kind_of(header.text("TypeCode"), total, earlier)
    lines = list(transaction.children("IncludedSupplyChainTradeLineItem"))
    yield signed(
        InvoiceDocument(
            format=format_,
            kind=kind,
            number=header.text("ID"),
            issued_on=day(header.child("IssueDateTime")),
            currency=currency,
            total=total,
            to_pay=_to_pay(sums, total, prepaid),
            seller=represented(
                _party(agreement.child("SellerTradeParty")),
                _tax_id(agreement.child("SellerTaxRepresentativeTradeParty")),
            ),
            buyer=_party(agreement.child("BuyerTradeParty")),
            instalments=tuple(_instalments(settlement)),
            prepaid=prepaid,
            accounts=tuple(dict.fromkeys(_accounts(settlement))),
            corrects=tuple(Corrected(number) for number in earlier) if kind in LOWERING else (),
            preceding=() if kind in LOWERING else earlier,
            net=sums.amount("TaxBasisTotalAmount"),
            tax=_tax_total(sums, currency),
            rounding=sums.amount("RoundingAmount"),
            taxes=tuple(_taxes(settlement)),
            lines=len(lines),
            lines_net=_lines_net(lines, sums),
            noticed=(*root.noticed, *_conformance(root, source, format_)),
        )
    )


def _conformance(root: Node, source: Source, format_: str) -> Iterator[Finding]:
    """Against the schema of the profile that the file claims; XRechnung and the like have that of
    EN 16931.
    """
    if format_ == "zugferd1":
        yield from schema_findings(source.root, format_)
        return
    claimed = (
        root.text("ExchangedDocumentContext", "GuidelineSpecifiedDocumentContextParameter", "ID")
        or ""
    )
    if not _KNOWN_PROFILE.fullmatch(claimed):
        yield Finding(PROFILE_UNKNOWN, {"profile": claimed})
    profile = next((p for p in _PROFILES if p in claimed.lower()), "en16931")
    yield from schema_findings(source.root, f"cii-{profile}")


def either(node: Node, names: tuple[str, str]) -> Node:
    """The child that is there, under its name here or its elder one."""
    return node.child(names[0]) or node.child(names[1])


def day(moment: Node) -> date | None:
    """A day inside its wrapper: ``DateTimeString`` with format 102, or ``DateTime``."""
    return next((written.day() for written in moment.children()), None)


def _to_pay(sums: Node, total: Decimal | None, prepaid: Decimal | None) -> Decimal | None:
    stated = sums.amount("DuePayableAmount")
    if stated is not None or total is None:
        return stated
    return total - (prepaid or 0)


def _party(party: Node) -> Party:
    name = party.text("Name") or party.text("SpecifiedLegalOrganization", "TradingBusinessName")
    country = party.text("PostalTradeAddress", "CountryID")
    given = (
        *party.children("ID"),
        *party.children("GlobalID"),
        party.child("SpecifiedLegalOrganization", "ID"),
        party.child("URIUniversalCommunication", "URIID"),
    )
    contact = party.child("DefinedTradeContact", "EmailURIUniversalCommunication")
    return identified(name, _tax_id(party), country, given, contact.text("URIID"))


def _tax_id(party: Node) -> str | None:
    """The VAT number (scheme VA); where there is none, the number at the local tax office (FC)."""
    numbers = [
        registration.child("ID") for registration in party.children("SpecifiedTaxRegistration")
    ]
    numbers.sort(key=lambda number: number.attribute("schemeID") != "VA")
    written = next((text for number in numbers if (text := number.text())), None)
    return written.replace(" ", "") if written else None


def _instalments(settlement: Node) -> Iterator[Instalment]:
    for terms in settlement.children("SpecifiedTradePaymentTerms"):
        due_on = day(terms.child("DueDateDateTime"))
        note = terms.text("Description")
        if due_on or note:
            yield Instalment(due_on, terms.amount("PartialPaymentAmount"), note)


def _accounts(settlement: Node) -> Iterator[str]:
    for means in settlement.children("SpecifiedTradeSettlementPaymentMeans"):
        account = means.child("PayeePartyCreditorFinancialAccount")
        number = account.text("IBANID") or account.text("ProprietaryID")
        if number:
            yield number.replace(" ", "")


def _earlier(settlement: Node) -> Iterator[str]:
    for reference in settlement.children("InvoiceReferencedDocument"):
        number = reference.text("IssuerAssignedID") or reference.text("ID")
        if number:
            yield number


def _tax_total(sums: Node, currency: str | None) -> Decimal | None:
    """Of the tax totals the one in the invoice's currency; a second may stand in the currency of
    accounting.
    """
    totals = list(sums.children("TaxTotalAmount"))
    totals.sort(key=lambda total: total.attribute("currencyID") not in (currency, None))
    return totals[0].amount() if totals else None


def _taxes(settlement: Node) -> Iterator[Tax]:
    for tax in settlement.children("ApplicableTradeTax"):
        base, amount = tax.amount("BasisAmount"), tax.amount("CalculatedAmount")
        yield Tax(percent(tax), base, amount, tax.text("CategoryCode"))


def percent(tax: Node) -> Decimal | None:
    """The rate of a tax."""
    return either(tax, _PERCENT).amount()


def _line_net(line: Node) -> Decimal | None:
    settlement = either(line, LINE_SETTLEMENT)
    stated = either(settlement, LINE_SUMMATION).amount("LineTotalAmount")
    price = either(line, LINE_AGREEMENT).child("NetPriceProductTradePrice")
    quantity = either(line, LINE_DELIVERY).amount("BilledQuantity")
    number, per = (
        line.text("AssociatedDocumentLineDocument", "LineID"),
        price.amount("BasisQuantity"),
    )
    compare(
        line,
        number,
        quantity,
        price.amount("ChargeAmount"),
        stated,
        per=per,
        adjusted=charges(settlement),
    )
    return stated


def charges(settlement: Node) -> Decimal:
    """The charges of a line less its discounts."""
    return sum(map(charged, settlement.children("SpecifiedTradeAllowanceCharge")), Decimal(0))


def charged(change: Node) -> Decimal:
    """What is charged, or with a minus what is discounted."""
    amount = change.amount("ActualAmount") or Decimal(0)
    return amount if change.is_true("ChargeIndicator", "Indicator") else -amount


def _lines_net(lines: list[Node], sums: Node) -> Decimal | None:
    """Nothing where lines stand below lines (profile EXTENDED): which of them count is not said by
    their sums.
    """
    if any(line.child("AssociatedDocumentLineDocument", "ParentLineID") for line in lines):
        return None
    net = whole([_line_net(line) for line in lines])
    if net is None:
        return None
    return (
        net - (sums.amount("AllowanceTotalAmount") or 0) + (sums.amount("ChargeTotalAmount") or 0)
    )
