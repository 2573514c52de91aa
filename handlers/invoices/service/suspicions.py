"""What the ledger makes one suspect about a supplier's invoice: another account than before, the
same thing twice.
"""

from collections.abc import Mapping, Sequence

from bot.kit.money import Money
from bot.kit.words import N_
from handlers.invoices.formats.document import Finding, InvoiceDocument, Rule
from storage.invoices import booking, customers
from storage.invoices.booking import Alike
from storage.turn import Turn

ACCOUNT_CHANGED = Rule(
    "account.changed",
    "error",
    N_(
        "{supplier} was paid to {known} before; this invoice asks for {account}. Call them before "
        "you pay."
    ),
    "Invoice redirection fraud: a changed account is confirmed by another way than the invoice "
    "(Europol, EBF)",
)
LOOKS_DOUBLE = Rule(
    "invoice.looks_double",
    "warning",
    N_(
        "{supplier} sent {number} over {amount} of the same day too: it may be the same invoice "
        "twice."
    ),
    "Same supplier, day and amount under another number",
)

NEITHER_IS_US = Rule(
    "parties.not_us",
    "warning",
    N_(
        "Neither the seller ({seller}) nor the buyer ({buyer}) is us, so nobody is reminded of it. "
        "Check tax_numbers and name under [company]."
    ),
    "Our own tax numbers and name, as the catalogue has them",
)


def of_strangers(seller: str | None, buyer: str | None) -> Finding:
    """What is said of an invoice that is owed neither to us nor by us."""
    return Finding(NEITHER_IS_US, {"seller": seller or "–", "buyer": buyer or "–"})


def raised(
    turn: Turn, payables: Sequence[tuple[InvoiceDocument, int]]
) -> Mapping[int, list[Finding]]:
    """Findings by the id of the document object; ``payables`` are documents with their supplier's
    id.
    """
    if not payables:
        return {}
    suppliers = customers.some(turn, {supplier for _, supplier in payables})
    booked = booking.numbers_alike(
        turn, [alike for payable in payables if (alike := _alike(*payable))]
    )
    together = _together(payables)
    result: dict[int, list[Finding]] = {}
    learnt: dict[int, str] = {}
    for document, supplier in payables:
        name, accounts = suppliers[supplier].name, suppliers[supplier].accounts.splitlines()
        if not accounts and document.account:
            accounts = [learnt.setdefault(supplier, document.account)]
        alike = _alike(document, supplier)
        numbers = [*booked.get(alike, ()), *together[alike]] if alike else []
        others = [number for number in numbers if number != document.number]
        result[id(document)] = [*_account(document, name, accounts), *_double(alike, name, others)]
    customers.learn_accounts(turn, learnt)
    return result


def _together(payables: Sequence[tuple[InvoiceDocument, int]]) -> Mapping[Alike, list[str]]:
    """The numbers under which this very import brings what is alike."""
    numbers: dict[Alike, list[str]] = {}
    for document, supplier in payables:
        if alike := _alike(document, supplier):
            numbers.setdefault(alike, []).append(document.number or "")
    return numbers


def _alike(document: InvoiceDocument, supplier: int) -> Alike | None:
    """What the same invoice under another number would have too; None without a day."""
    if document.issued_on is None:
        return None
    amount = Money.of(document.total or 0, document.currency or "")
    return Alike(supplier, document.issued_on, amount.minor, amount.currency)


def _account(document: InvoiceDocument, name: str, existing: Sequence[str]) -> list[Finding]:
    """Of the accounts that a document names, the first is the one that is shown and paid to."""
    if not existing or not document.account or _bare(document.account) in map(_bare, existing):
        return []
    return [
        Finding(
            ACCOUNT_CHANGED,
            {"supplier": name, "known": ", ".join(existing), "account": document.account},
        )
    ]


def _double(alike: Alike | None, name: str, others: Sequence[str]) -> list[Finding]:
    if alike is None or not others:
        return []
    amount = Money(alike.total, alike.currency)
    return [Finding(LOOKS_DOUBLE, {"supplier": name, "number": others[0], "amount": amount})]


def _bare(account: str) -> str:
    """Without signs and the country's letters: a Polish NRB and its IBAN are one account."""
    digits = "".join(sign for sign in account.upper() if sign.isalnum())
    return digits[2:] if digits[:2] in ("PL", "HU") else digits
