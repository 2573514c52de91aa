"""How to pay: our accounts, what to write into the transfer, and for euro a code that a bank's app
reads.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from stdnum.eu import vat

from bot.kit.money import Money
from bot.kit.pdf import Block, Details, Gap, Heading, Scan, Together
from bot.kit.pdf.pay_code import REMITTANCE, can_be_coded, modules
from bot.kit.words import N_, Phrase, Words
from handlers.documents.kinds.parts.fields import Gap as Missing
from handlers.documents.kinds.parts.figures import total
from handlers.documents.kinds.parts.parties import Account, Company, account_rows
from handlers.ledger.statements.accounts import account_key, is_iban

_SHOWN = 3  # numbers of invoices that the line of the reference names
# Where a transfer in euro needs no BIC (EPC069-12, version 002): the European Economic Area.
_EEA = {state.upper() for state in vat.MEMBER_STATES} | {"IS", "LI", "NO"}


@dataclass(frozen=True)
class Reference:
    """What a transfer says that it is for."""

    numbers: Sequence[str]
    """Of the invoices, or of a note."""
    agreed: str = ""
    """A reference that was given instead."""

    def shown(self, words: Words) -> str:
        """As the letter says it."""
        if self.agreed:
            return self.agreed
        numbers = list(dict.fromkeys(self.numbers))
        return words.list(numbers) if len(numbers) <= _SHOWN else words.say("the invoice numbers")

    def coded(self) -> str:
        """As a transfer carries it: as many numbers as have room, and how many more there are."""
        if self.agreed:
            return self.agreed
        numbers = list(dict.fromkeys(self.numbers))
        for count in range(len(numbers), 0, -1):
            more = f" + {len(numbers) - count}" if count < len(numbers) else ""
            text = ", ".join(numbers[:count]) + more
            if len(text) <= REMITTANCE:
                return text
        return numbers[0]


def accounts_missing(creditor: object, currencies: Iterable[str]) -> Iterator[Missing]:
    """Whoever is asked to pay reads where to: there must be an account for each currency. That
    there is none at all is a gap of the creditor itself.
    """
    if not isinstance(creditor, Company) or not creditor.accounts:
        return
    existing = {account.currency for account in creditor.accounts}
    for currency in currencies:
        if currency not in existing:
            name = Phrase(N_("Account for {currency}"), currency=currency)
            yield Missing(f"creditor.accounts.{currency}", name)


def how_to_pay(
    creditor: Company, owed: Iterable[Money], reference: Reference, words: Words
) -> tuple[Block, ...]:
    """Our accounts for what is owed, and what to write into the transfer; nothing where there is no
    account for any of it.
    """
    amounts = list(owed)
    currencies = tuple(sorted({money.currency for money in amounts}))
    rows = account_rows(creditor.accounts, currencies, words)
    if not rows:
        return ()
    request = (words.say("Transfer reference"), reference.shown(words))
    code = _code(creditor, amounts, reference, words)
    heading = Heading(words.say("How to pay"))
    return (Together((heading, Details((*rows, request)), *code, Gap(4))),)


def _code(
    creditor: Company, owed: Sequence[Money], reference: Reference, words: Words
) -> tuple[Block, ...]:
    """A code for what is owed in euro, where our account for it is one that a code may hold."""
    amount = total((money for money in owed if money.currency == "EUR"), "EUR")
    account = next((a for a in creditor.accounts if a.currency == "EUR"), None)
    number = _iban(account) if account else ""
    bic = _bic(number)
    if not number or bic is None or not can_be_coded(amount.amount):
        return ()
    rows = modules(creditor.name, number, amount.amount, reference.coded(), bic)
    lines = (
        words.say(
            "To pay {amount}, scan this code in your bank's app.", amount=words.money(amount)
        ),
        words.say("It holds the account, the amount and the reference of a SEPA transfer."),
    )
    return (Scan(rows, lines),)


def _iban(account: Account) -> str:
    """The account as an IBAN; '' where it is none."""
    number = account_key(account.number) or ""
    return number if is_iban(number) else ""


def _bic(number: str) -> str | None:
    """Of a bank outside the EEA alone; None where one is needed and the bank is not known."""
    if number[:2] in _EEA:
        return ""
    from schwifty import IBAN  # a quarter of a second for a list of banks

    bic = IBAN(number).bic if number else None
    return str(bic) if bic else None
