"""Checks of a document when it comes in (VAT totals, sums, numbers, days, accounts).

What does not add up or is not valid is said, and never loses the file.
"""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from babel.numbers import get_currency_precision

from bot.kit.money import PAID_WHOLE, Money
from bot.kit.words import N_
from handlers.invoices.formats.document import LOWERING, Finding, InvoiceDocument, Party, Rule
from handlers.invoices.model.check_digits import is_account, is_country, is_currency, is_tax_number

_VAT_DIRECTIVE = "Directive 2006/112/EC, art. 226"
NUMBER_MISSING = Rule(
    "number.missing",
    "error",
    N_("The invoice has no number."),
    f"{_VAT_DIRECTIVE}(2); EN 16931 BR-02",
)
DATE_MISSING = Rule(
    "issued_on.missing",
    "error",
    N_("The invoice has no date of issue."),
    f"{_VAT_DIRECTIVE}(1); EN 16931 BR-03",
)
TOTAL_MISSING = Rule(
    "total.missing", "error", N_("The invoice has no total amount."), "EN 16931 BR-14; FA(3) P_15"
)
CURRENCY_MISSING = Rule(
    "currency.missing", "error", N_("The invoice names no currency."), "EN 16931 BR-05"
)
CURRENCY_UNKNOWN = Rule(
    "currency.unknown",
    "error",
    N_("There is no currency {currency}."),
    "ISO 4217; EN 16931 BR-CL-04",
)
SELLER_MISSING = Rule(
    "seller.tax_id.missing",
    "warning",
    N_(
        "The seller has neither a tax number nor another identifier: when the invoice comes again "
        "it is recognised by the seller's name alone."
    ),
    f"{_VAT_DIRECTIVE}(3); EN 16931 BR-CO-26",
)
SELLER_NAME_MISSING = Rule(
    "seller.name.missing",
    "warning",
    N_("The seller's name is missing."),
    f"{_VAT_DIRECTIVE}(5); EN 16931 BR-06",
)
TAX_NUMBER_INVALID = Rule(
    "tax_id.invalid",
    "warning",
    N_("The tax number {tax_id} of {party} is not valid: its length or check digit is wrong."),
    "Check digits of NIP, adószám and EU VAT numbers (python-stdnum)",
)
COUNTRY_UNKNOWN = Rule(
    "country.unknown",
    "warning",
    N_("There is no country {country} ({party})."),
    "ISO 3166-1; EN 16931 BR-CL-14",
)
ACCOUNT_INVALID = Rule(
    "account.invalid",
    "warning",
    N_("The bank account {account} is not valid: its length or check digits are wrong."),
    "ISO 13616 (IBAN); NRB in Poland; GIRO numbers in Hungary",
)
DUE_BEFORE_ISSUE = Rule(
    "due_on.before_issue",
    "warning",
    N_("The due date {due_on} is before the date of issue {issued_on}."),
    "Plausibility: a term cannot end before the invoice is issued",
)
DUE_MISSING = Rule(
    "due_on.missing",
    "note",
    N_("The invoice tells neither a due date nor terms of payment."),
    "EN 16931 BR-CO-25",
)
GROSS = Rule(
    "total.gross",
    "warning",
    N_("Net {net} and tax {tax} do not add up to the total {total}."),
    "EN 16931 BR-CO-15; Polish VAT Act, art. 106e(1)(15)",
)
TAX_SUM = Rule(
    "total.tax",
    "warning",
    N_("The tax by rate adds up to {sum}, not to {tax}."),
    "EN 16931 BR-CO-14",
)
LINES = Rule(
    "total.lines",
    "warning",
    N_("The lines with discounts and charges add up to {sum}, not to the net total {net}."),
    "EN 16931 BR-CO-13",
)
TAX_RATE = Rule(
    "tax.rate",
    "warning",
    N_("{rate} % of {base} is {expected}, but the tax is given as {tax}."),
    "EN 16931 BR-CO-17; Polish VAT Act, art. 106e(1)(14)",
)
PAYABLE = Rule(
    "total.to_pay",
    "warning",
    N_("The total {total} less {prepaid} paid before is {expected}, but {to_pay} is asked for."),
    "EN 16931 BR-CO-16",
)
PAID_ABOVE = Rule(
    "paid.above",
    "warning",
    N_("{paid} is told as paid in parts, which is more than the {asked} that is asked for."),
    "FA(3) schema, ZaplataCzesciowa and DoZaplaty",
)
CORRECTED_MISSING = Rule(
    "corrects.missing",
    "note",
    N_("The document corrects or credits an invoice but does not say which."),
    f"{_VAT_DIRECTIVE.replace('226', '219')}; Polish VAT Act, art. 106j(2)",
)
REPLACES = Rule(
    "corrects.replaces",
    "warning",
    N_(
        "It corrects {numbers} and is read as taking its place, not as an amount on top. Check "
        "that it is the whole."
    ),
    "EN 16931 BT-3, code 384: whether a corrected invoice tells the whole or the difference is "
    "not laid down",
)

DECIMALS = Rule(
    "amount.decimals",
    "warning",
    N_("{written} {currency} has more decimals than this currency has; {amount} is booked."),
    "ISO 4217: minor units",
)

_EN_16931 = {"ubl-invoice", "ubl-creditnote", "cii", "factur-x", "zugferd1"}
_CENT = Decimal("0.01")


def check(document: InvoiceDocument) -> tuple[Finding, ...]:
    """What the reader noticed, and every rule that the document breaks."""
    return (
        *document.noticed,
        *_identity(document),
        *_parties(document.seller, document.buyer),
        *_payment(document),
        *_decimals(document),
        *_amounts(document),
    )


def _identity(document: InvoiceDocument) -> Iterator[Finding]:
    if not document.number:
        yield Finding(NUMBER_MISSING)
    if document.issued_on is None:
        yield Finding(DATE_MISSING)
    if document.total is None:
        yield Finding(TOTAL_MISSING)
    yield from _currency(document.currency)
    if document.kind in LOWERING and not document.corrects:
        yield Finding(CORRECTED_MISSING)
    elif document.kind == "replacement":
        yield Finding(REPLACES, {"numbers": ", ".join(document.corrected_numbers)})


@lru_cache(1_000)
def _currency(code: str | None) -> tuple[Finding, ...]:
    if not code:
        return (Finding(CURRENCY_MISSING),)
    return () if is_currency(code) else (Finding(CURRENCY_UNKNOWN, {"currency": code}),)


@lru_cache(10_000)
def _parties(seller: Party, buyer: Party) -> tuple[Finding, ...]:
    """The same two meet again and again."""
    return (*_seller(seller), *_party(seller), *_party(buyer))


def _seller(seller: Party) -> Iterator[Finding]:
    if not seller.tax_id and not seller.others:
        yield Finding(SELLER_MISSING)
    if not seller.name:
        yield Finding(SELLER_NAME_MISSING)


def _party(party: Party) -> Iterator[Finding]:
    named = party.name or party.tax_id
    if party.tax_id and is_tax_number(party.tax_id, party.country) is False:
        yield Finding(TAX_NUMBER_INVALID, {"tax_id": party.tax_id, "party": named})
    if party.country and not is_country(party.country):
        yield Finding(COUNTRY_UNKNOWN, {"country": party.country, "party": named})


def _payment(document: InvoiceDocument) -> Iterator[Finding]:
    for account in document.accounts:
        if is_account(account, document.seller.country) is False:
            yield Finding(ACCOUNT_INVALID, {"account": account})
    issued_on = document.issued_on
    # An advance is invoiced after it was paid, and repeats the day on which it was due.
    if issued_on and document.kind != "advance":
        for day in document.due_on:
            if day < issued_on:
                yield Finding(DUE_BEFORE_ISSUE, {"due_on": day, "issued_on": issued_on})
    if not document.instalments and (document.to_pay or 0) > 0 and _has_a_due_day(document):
        yield Finding(DUE_MISSING)


def _has_a_due_day(document: InvoiceDocument) -> bool:
    """Whether such a document tells when it is due."""
    is_asking = document.kind not in LOWERING or document.kind == "replacement"
    # The profile MINIMUM has neither lines nor taxes, and no place for a due date either.
    is_minimum = document.format in _EN_16931 and not document.lines and not document.taxes
    return is_asking and not is_minimum


def _decimals(document: InvoiceDocument) -> tuple[Finding, ...]:
    """The first amount that is written finer than its currency has coins."""
    coin, total, to_pay = _coin(document.currency), document.total, document.to_pay
    if coin and total and total % coin:
        return _too_fine(document.currency, total)
    if coin and to_pay and to_pay is not total and to_pay % coin:
        return _too_fine(document.currency, to_pay)
    return ()


def _too_fine(currency: str | None, amount: Decimal) -> tuple[Finding, ...]:
    booked = Money.of(amount, currency or "")
    facts = {"written": f"{amount:f}", "currency": currency, "amount": booked}
    return (Finding(DECIMALS, facts),)


@lru_cache(1_000)
def _coin(currency: str | None) -> Decimal | None:
    """The least that can be paid in it."""
    if currency is None or not is_currency(currency):
        return None
    digits: int = get_currency_precision(currency)
    return Decimal(1).scaleb(-digits)


def _amounts(document: InvoiceDocument) -> Iterator[Finding]:
    net, tax, total, unit = document.net, document.tax, document.total, _unit(document)
    if net is not None and total is not None:
        gross = net + (tax or 0)
        if gross != total and abs(gross - total) > unit:
            yield _of_money(GROSS, document, net=net, tax=tax or Decimal(0), total=total)
    lines = document.lines_net
    if net is not None and lines is not None and abs(lines - net) > unit * max(1, document.lines):
        yield _of_money(LINES, document, sum=lines, net=net)
    if document.taxes:
        yield from _taxes(document, unit)
    if document.prepaid and document.format not in _EN_16931:
        yield from _parts(document, document.prepaid, unit)
    # The profile MINIMUM has no lines and does not tell what was prepaid.
    if document.lines and document.format in _EN_16931:
        yield from _to_pay(document, unit)


def _parts(document: InvoiceDocument, paid: Decimal, unit: Decimal) -> Iterator[Finding]:
    """What was paid in parts is at most the whole; what is asked for is less than nothing else."""
    request = (document.to_pay or Decimal(0)) + paid
    if paid > unit and request >= 0 and paid - request > unit and not document.marked_paid:
        yield _of_money(PAID_ABOVE, document, paid=paid, asked=request)


def _taxes(document: InvoiceDocument, unit: Decimal) -> Iterator[Finding]:
    """The VAT totals: the rates' amounts add up to the tax, and each is its rate of its base.

    Tax may be rounded by line or by rate: a unit for each line, and at least five, is no mistake.
    """
    amounts = [tax.amount for tax in document.taxes if tax.amount is not None]
    if document.tax is not None and amounts and abs(sum(amounts) - document.tax) > unit:
        yield _of_money(TAX_SUM, document, sum=sum(amounts, Decimal(0)), tax=document.tax)
    for tax in document.taxes:
        if tax.rate is None or tax.base is None or tax.amount is None:
            continue
        expected = tax.base * tax.rate / 100
        if abs(expected - tax.amount) > unit * max(5, document.lines):
            rate = f"{tax.rate.normalize():f}"
            yield _of_money(
                TAX_RATE, document, base=tax.base, expected=expected, tax=tax.amount, rate=rate
            )


def _to_pay(document: InvoiceDocument, unit: Decimal) -> Iterator[Finding]:
    total, to_pay, prepaid = document.total, document.to_pay, document.prepaid or Decimal(0)
    if total is None or to_pay is None:
        return
    expected = total - prepaid + (document.rounding or 0)
    if abs(expected - to_pay) > unit:
        yield _of_money(
            PAYABLE, document, total=total, prepaid=prepaid, expected=expected, to_pay=to_pay
        )


def _unit(document: InvoiceDocument) -> Decimal:
    """The least that counts: forints are rounded to whole ones."""
    return Decimal(1) if document.currency in PAID_WHOLE else _CENT


def _of_money(
    rule: Rule, document: InvoiceDocument, *, rate: str | None = None, **amounts: Decimal
) -> Finding:
    currency = document.currency if document.currency and is_currency(document.currency) else "XXX"
    facts: dict[str, object] = {}
    for name, amount in amounts.items():
        facts[name] = Money.of(amount, currency)
    if rate is not None:
        facts["rate"] = rate
    return Finding(rule, facts)
