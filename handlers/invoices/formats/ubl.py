"""UBL 2.1 Invoice and CreditNote, as in Peppol, EN 16931 and XRechnung."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from bot.kit.invoice_content import Tax
from handlers.invoices.formats.document import (
    LOWERING,
    Corrected,
    Instalment,
    InvoiceDocument,
    Party,
)
from handlers.invoices.formats.parts.codes import kind_of, signed
from handlers.invoices.formats.parts.line_prices import compare
from handlers.invoices.formats.parts.node import Node, whole
from handlers.invoices.formats.parts.party_numbers import identified, represented
from handlers.invoices.formats.schemas import schema_findings
from handlers.invoices.formats.source import Source

_NAMESPACE = "urn:oasis:names:specification:ubl:schema:xsd:"
_FORMATS = {"Invoice": "ubl-invoice", "CreditNote": "ubl-creditnote"}


def recognises(source: Source) -> bool:
    namespace, name = source.element
    return name in _FORMATS and namespace.startswith(_NAMESPACE)


def read(source: Source) -> Iterator[InvoiceDocument]:
    """The one document of the file."""
    name = source.element[1]
    root, format_ = source.top, _FORMATS[name]
    totals = root.child("LegalMonetaryTotal")
    total, prepaid = totals.amount("TaxInclusiveAmount"), totals.amount("PrepaidAmount")
    rounding = totals.amount("PayableRoundingAmount")
    earlier = tuple(_earlier(root))
    kind = (
        "credit_note"
        if name == "CreditNote"
        else kind_of(root.text("InvoiceTypeCode"), total, earlier)
    )
    lines = list(root.children(f"{name}Line"))
    tax_total = tax_total_of(root)
    yield signed(
        InvoiceDocument(
            format=format_,
            kind=kind,
            number=root.text("ID"),
            issued_on=root.day("IssueDate"),
            currency=root.text("DocumentCurrencyCode"),
            total=total,
            to_pay=_to_pay(totals, total, prepaid, rounding),
            seller=represented(
                _party(root.child("AccountingSupplierParty", "Party")),
                _tax_id(root.child("TaxRepresentativeParty")),
            ),
            buyer=_party(root.child("AccountingCustomerParty", "Party")),
            instalments=tuple(_instalments(root)),
            prepaid=prepaid,
            accounts=tuple(dict.fromkeys(_accounts(root))),
            corrects=tuple(Corrected(number) for number in earlier) if kind in LOWERING else (),
            preceding=() if kind in LOWERING else earlier,
            net=totals.amount("TaxExclusiveAmount"),
            tax=tax_total.amount("TaxAmount"),
            rounding=rounding,
            taxes=tuple(_taxes(tax_total)),
            lines=len(lines),
            lines_net=_lines_net(lines, totals),
            noticed=(*root.noticed, *schema_findings(source.root, format_)),
        )
    )


def _to_pay(
    totals: Node, total: Decimal | None, prepaid: Decimal | None, rounding: Decimal | None
) -> Decimal | None:
    stated = totals.amount("PayableAmount")
    if stated is not None or total is None:
        return stated
    return total - (prepaid or 0) + (rounding or 0)


def _party(party: Node) -> Party:
    name = party.text("PartyLegalEntity", "RegistrationName") or party.text("PartyName", "Name")
    country = party.text("PostalAddress", "Country", "IdentificationCode")
    given = (
        *(node.child("ID") for node in party.children("PartyIdentification")),
        *(node.child("CompanyID") for node in party.children("PartyLegalEntity")),
        party.child("EndpointID"),
    )
    email = party.text("Contact", "ElectronicMail")
    return identified(name, _tax_id(party), country, given, email)


def _tax_id(party: Node) -> str | None:
    """The VAT number; where there is none, the number under which another tax is paid."""
    schemes = list(party.children("PartyTaxScheme"))
    schemes.sort(key=lambda scheme: scheme.text("TaxScheme", "ID") != "VAT")
    for scheme in schemes:
        if number := scheme.text("CompanyID"):
            return number.replace(" ", "")
    return None


def _instalments(root: Node) -> Iterator[Instalment]:
    """The parts with their amounts first: the due date of the whole is often that of
    one of them.
    """
    parts: list[Instalment] = []
    others: list[Instalment] = []
    for terms in root.children("PaymentTerms"):
        item = Instalment(_term(terms), terms.amount("Amount"), terms.text("Note"))
        (others if item.amount is None else parts).append(item)
    means = [Instalment(means.day("PaymentDueDate")) for means in root.children("PaymentMeans")]
    yield from parts
    seen = {part.due_on for part in parts}
    of_all = Instalment(root.day("DueDate"))
    for item in (of_all, *others, *means):
        if item.due_on and item.due_on not in seen:
            seen.add(item.due_on)
            yield item
    if of_all.due_on:
        return
    for item in others:
        if item.terms and not item.due_on:
            yield item


def _term(terms: Node) -> date | None:
    return terms.day("PaymentDueDate") or terms.day("InstallmentDueDate")


def _accounts(root: Node) -> Iterator[str]:
    for means in root.children("PaymentMeans"):
        account = means.text("PayeeFinancialAccount", "ID")
        if account:
            yield account.replace(" ", "")


def _earlier(root: Node) -> Iterator[str]:
    for reference in root.children("BillingReference"):
        for name in ("InvoiceDocumentReference", "CreditNoteDocumentReference"):
            number = reference.text(name, "ID")
            if number:
                yield number


def tax_total_of(root: Node) -> Node:
    """The summary in the document's currency; a second may stand in the currency of accounting.

    Where the currency is not told, the one with subtotals, as the other only restates the sum.
    """
    currency, totals = root.text("DocumentCurrencyCode"), list(root.children("TaxTotal"))
    totals.sort(key=lambda total: not total.child("TaxSubtotal"))
    totals.sort(
        key=lambda total: total.child("TaxAmount").attribute("currencyID") not in (currency, None)
    )
    return totals[0] if totals else Node(None, root.noticed)


def _taxes(tax_total: Node) -> Iterator[Tax]:
    for part in tax_total.children("TaxSubtotal"):
        category = part.child("TaxCategory")
        base, amount = part.amount("TaxableAmount"), part.amount("TaxAmount")
        yield Tax(category.amount("Percent"), base, amount, category.text("ID"))


def _line_net(line: Node) -> Decimal | None:
    stated = line.amount("LineExtensionAmount")
    quantity = (
        line.amount("InvoicedQuantity")
        if line.child("InvoicedQuantity")
        else line.amount("CreditedQuantity")
    )
    price, per = line.amount("Price", "PriceAmount"), line.amount("Price", "BaseQuantity")
    compare(line, line.text("ID"), quantity, price, stated, per=per, adjusted=charges(line))
    return stated


def charges(line: Node) -> Decimal:
    """The charges of a line less its discounts."""
    return sum(map(charged, line.children("AllowanceCharge")), Decimal(0))


def charged(change: Node) -> Decimal:
    """What is charged, or with a minus what is discounted."""
    amount = change.amount("Amount") or Decimal(0)
    return amount if change.is_true("ChargeIndicator") else -amount


def _lines_net(lines: list[Node], totals: Node) -> Decimal | None:
    net = whole(list(map(_line_net, lines)))
    if net is None:
        return None
    return (
        net
        - (totals.amount("AllowanceTotalAmount") or 0)
        + (totals.amount("ChargeTotalAmount") or 0)
    )
