"""What the ledger makes one suspect about a supplier's invoice: another account than before, the
same thing twice.
"""

from collections.abc import Iterator, Mapping, Sequence

from bot.kit.money import Money
from bot.kit.words import N_
from handlers.invoices.formats.document import Finding, InvoiceDocument, Rule
from handlers.invoices.model.findings import Kept, kept
from handlers.invoices.service import replacements
from storage.invoices import customers, search
from storage.invoices.invoices import Invoice
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
WRITTEN_ALIKE = Rule(
    "invoice.written_alike",
    "warning",
    N_(
        "{number} is booked too, over the same amount of the same day: it may be the same invoice "
        "twice."
    ),
    "Same seller, day and amount; numbers that differ in signs and zeros alone",
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
    result: dict[int, list[Finding]] = {}
    learnt: dict[int, str] = {}
    for document, supplier in payables:
        name, accounts = suppliers[supplier].name, suppliers[supplier].accounts.splitlines()
        if not accounts and document.account:
            accounts = [learnt.setdefault(supplier, document.account)]
        result[id(document)] = _account(document, name, accounts)
    customers.learn_accounts(turn, learnt)
    return result


def findings_of(turn: Turn, invoice: Invoice) -> list[Kept]:
    """What was found when the invoice came, and before that what follows from others, whichever of
    them came first.
    """
    follows = [*replacements.findings_of(turn, invoice), *_doubles(turn, invoice)]
    came_with = [each for each in invoice.findings if each["rule"] != LOOKS_DOUBLE.id]
    return [*map(kept, follows), *came_with]


def _doubles(turn: Turn, invoice: Invoice) -> Iterator[Finding]:
    if invoice.issued_on is None:  # two without a day are not of the same day
        return
    is_from_supplier = invoice.direction == "payable" and invoice.customer is not None
    if is_from_supplier and (number := search.double_of_supplier(turn, invoice)):
        amount = Money(invoice.total, invoice.currency)
        facts = {"supplier": invoice.customer_name, "number": number, "amount": amount}
        yield Finding(LOOKS_DOUBLE, facts)
    elif number := search.double_written_alike(turn, invoice):
        yield Finding(WRITTEN_ALIKE, {"number": number})


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


def _bare(account: str) -> str:
    """Without signs and the country's letters: a Polish NRB and its IBAN are one account."""
    digits = "".join(sign for sign in account.upper() if sign.isalnum())
    return digits[2:] if digits[:2] in ("PL", "HU") else digits
