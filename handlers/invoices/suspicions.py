"""What the ledger makes one suspect about a supplier's invoice: another account than before, the same thing twice."""

from collections.abc import Mapping, Sequence

from bot.kit.money import Money
from bot.kit.words import N_
from handlers.invoices.formats.document import Finding, InvoiceDocument, Rule
from storage import customers, invoice_booking
from storage.turn import Turn

ACCOUNT_CHANGED = Rule(
    "account.changed",
    "error",
    N_("{supplier} was paid to {known} before; this invoice asks for {account}. Call them before you pay."),
    "Invoice redirection fraud: a changed account is confirmed by another way than the invoice (Europol, EBF)",
)
LOOKS_DOUBLE = Rule(
    "invoice.looks_double",
    "warning",
    N_("{supplier} sent {number} over {amount} of the same day too: it may be the same invoice twice."),
    "Same supplier, day and amount under another number",
)


def raised(turn: Turn, payables: Sequence[tuple[InvoiceDocument, int]]) -> Mapping[int, list[Finding]]:
    """Findings by the id of the document object; ``payables`` are documents with their supplier's id."""
    if not payables:
        return {}
    suppliers = customers.some(turn, {supplier for _, supplier in payables})
    alike = invoice_booking.of_same_day(turn, {(supplier, d.issued_on) for d, supplier in payables if d.issued_on})
    found: dict[int, list[Finding]] = {}
    for document, supplier in payables:
        name, accounts = suppliers[supplier].name, suppliers[supplier].accounts.split()
        found[id(document)] = [*_account(document, name, accounts), *_double(document, supplier, name, alike)]
        if not accounts and document.account:
            suppliers[supplier] = customers.learn_account(turn, suppliers[supplier], document.account)
    return found


def _account(document: InvoiceDocument, name: str, known: Sequence[str]) -> list[Finding]:
    if not known or not document.account or any(_bare(account) in map(_bare, known) for account in document.accounts):
        return []
    return [Finding(ACCOUNT_CHANGED, {"supplier": name, "known": ", ".join(known), "account": document.account})]


def _double(
    document: InvoiceDocument, supplier: int, name: str, alike: Sequence[invoice_booking.Alike]
) -> list[Finding]:
    amount = Money.of(document.total or 0, document.currency or "")
    same = [
        one
        for one in alike
        if (one.customer, one.issued_on, one.total, one.currency)
        == (supplier, document.issued_on, amount.minor, amount.currency)
        and one.number != document.number
    ]
    return [Finding(LOOKS_DOUBLE, {"supplier": name, "number": one.number, "amount": amount}) for one in same[:1]]


def _bare(account: str) -> str:
    """Without signs and the country's letters: a Polish NRB and its IBAN are one account."""
    digits = "".join(sign for sign in account.upper() if sign.isalnum())
    return digits[2:] if digits[:2] in ("PL", "HU") else digits
