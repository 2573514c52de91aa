"""Who paid: which customers an entry's account, name and tax numbers point to."""

from dataclasses import dataclass
from enum import Enum

from handlers.ledger.model.matching.index import Index
from handlers.ledger.model.matching.titles import Title
from handlers.ledger.model.matching.values import Direction, MatchingItem, Reason
from handlers.ledger.statements.accounts import account_key
from handlers.ledger.statements.values import Entry

_SHORTEST_TAX_ID = 8


class Standing(Enum):
    """How an item's customer stands to the payer."""

    SAME = "the payer is this customer"
    OTHER = "the payer is another customer that we know"
    UNKNOWN = "nothing is known of the payer"


@dataclass(frozen=True, slots=True)
class Payer:
    by_account: frozenset[str]
    by_name: frozenset[str]
    numbers: frozenset[str]
    payee_tax_id: str | None
    silent: bool
    """The entry says nothing of who paid."""

    def standing(self, item: MatchingItem) -> tuple[Standing, Reason | None]:
        if item.customer_id in self.by_account:
            return Standing.SAME, Reason.ACCOUNT
        if self._tax_id_stands_there(item):
            return Standing.SAME, Reason.TAX_ID
        if item.customer_id in self.by_name:
            # A namesake whose account belongs to somebody else is not certain.
            return (Standing.UNKNOWN, None) if self.by_account else (Standing.SAME, Reason.NAME)
        if self.by_account or self.by_name:
            return Standing.OTHER, Reason.OTHER_PAYER
        return Standing.UNKNOWN, None

    def _tax_id_stands_there(self, item: MatchingItem) -> bool:
        digits = item.tax_digits
        if len(digits) < _SHORTEST_TAX_ID:
            return False
        # In a split payment IDC is the tax number of the invoice's issuer: the supplier, or
        # ourselves.
        issuer = item.direction is Direction.PAYABLE and self.payee_tax_id == digits
        return issuer or digits in self.numbers

    @property
    def customers(self) -> frozenset[str]:
        """Whom the entry comes from, as far as it says: the account's owner before a namesake."""
        return self.by_account or self.by_name


def payer(entry: Entry, title: Title, index: Index) -> Payer:
    accounts = list(
        filter(None, map(account_key, (entry.counterparty_account, entry.virtual_account)))
    )
    owners: set[str] = set()
    for account in accounts:
        owners |= index.with_account.get(account, set())
    return Payer(
        by_account=frozenset(owners),
        by_name=index.names.of(entry.counterparty),
        numbers=frozenset(
            digits.raw for digits in title.digits if len(digits.raw) >= _SHORTEST_TAX_ID
        ),
        payee_tax_id=title.tax_id,
        silent=not accounts and not entry.counterparty,
    )
